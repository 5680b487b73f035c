package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.engine.DockerEngine;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.engine.EngineUnreachableException;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/** What an engine says, in the words of the policy. */
class DockerContainersTest {

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private DockerContainers containers;

    @BeforeEach
    void start() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
        containers = new DockerContainers(
                new DockerEngine(new HttpClient(Endpoint.parse(engine.host())), Timeouts.of(Duration.ofSeconds(10))),
                label -> !label.equals("idle"));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private Container listed() throws EngineException {
        List<Container> all = new ArrayList<>();
        assertThat(containers.list(Set.of(), all::add)).isEqualTo(1);
        return all.get(0);
    }

    @Test
    void aListingTellsExitCodeTimeSinceTheExitLabelsAndNetwork() throws EngineException {
        FakeContainer web = engine.add(
                "web",
                c -> c.exited(137, Duration.ofMinutes(5))
                        .label("team", "a")
                        .label("idle", "b")
                        .networkMode("backend"));

        assertThat(listed())
                .isEqualTo(new Container(
                        web.id(),
                        "web",
                        new Status(
                                ContainerState.EXITED,
                                Health.NONE,
                                OptionalInt.of(137),
                                "",
                                null,
                                null,
                                Duration.ofMinutes(4)),
                        new Setup(Map.of("team", "a"), "backend", "", false, "", null)));
    }

    @Test
    void aListingTellsHealth() throws EngineException {
        engine.add("web", c -> c.withHealth("unhealthy"));

        assertThat(listed().status())
                .isEqualTo(Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY));
    }

    @Test
    void whatIsAskedForByIdIsReadOnlyWhereTheAnswerIsNotTheSame() throws EngineException {
        FakeContainer web = engine.add("web", c -> c.exited(137));
        engine.add("api");
        List<Container> listed = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            assertThat(containers.list(Set.of(web.id()), listed::add)).isEqualTo(1);
        }
        web.running();
        containers.list(Set.of(web.id()), listed::add);

        assertThat(listed).extracting(Container::name).containsExactly("web", "web", "web");
        assertThat(listed.get(1)).isSameAs(listed.get(0));
        assertThat(listed).extracting(Container::state).endsWith(ContainerState.EXITED, ContainerState.RUNNING);
    }

    @Test
    void downIsWhatHasExitedOrWasOnlyCreated() throws EngineException {
        engine.add("up");
        engine.add("paused", FakeContainer::paused);
        engine.add("exited", c -> c.exited(137));
        engine.add("created", FakeContainer::created);
        List<Container> listed = new ArrayList<>();

        containers.listDown(listed::add);

        assertThat(listed).extracting(Container::name).containsExactlyInAnyOrder("exited", "created");
        assertThat(listed).allMatch(Container::isDown);
    }

    @Test
    void aLookTellsAllThereIs() throws EngineException {
        FakeContainer web = engine.add(
                "web",
                c -> c.exited(137)
                        .label("team", "a")
                        .networkMode("backend")
                        .restartPolicy("unless-stopped")
                        .autoRemove()
                        .stopSignal("SIGQUIT")
                        .stopTimeout(0));

        Container seen = containers.inspect(web.id()).orElseThrow();

        assertThat(seen.id()).isEqualTo(web.id());
        assertThat(seen.name()).isEqualTo("web");
        assertThat(seen.setup())
                .isEqualTo(new Setup(Map.of("team", "a"), "backend", "unless-stopped", true, "SIGQUIT", Duration.ZERO));
        assertThat(seen.status().exitCode()).hasValue(137);
        assertThat(Duration.between(seen.status().startedAt(), seen.status().finishedAt()))
                .isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aLookTellsWhyTheFirstStartFailed() throws EngineException {
        FakeContainer web = engine.add("web", c -> c.createdWithError("port is already allocated"));

        assertThat(containers.inspect(web.id()).orElseThrow().status())
                .returns(ContainerState.CREATED, Status::state)
                .returns("port is already allocated", Status::error)
                .returns(null, Status::startedAt)
                .returns(null, Status::finishedAt);
    }

    @Test
    void aLookTellsHealthAndTheProviderOfTheNetwork() throws EngineException {
        FakeContainer vpn = engine.add("vpn");
        FakeContainer web = engine.add("web", c -> c.inNetworkOf(vpn).withHealth("starting"));

        assertThat(containers.inspect(web.id()).orElseThrow())
                .returns(List.of(vpn.id()), container -> container.setup().providers())
                .returns(Health.STARTING, container -> container.status().health());
        assertThat(containers.inspect(vpn.id()).orElseThrow())
                .returns(List.of(), container -> container.setup().providers());
    }

    @Test
    void aLookAtWhatDoesNotExistFindsNothing() throws EngineException {
        assertThat(containers.inspect("0".repeat(64))).isEqualTo(Optional.empty());
    }

    @Test
    void aLookThatIsRefusedIsNotTakenForNothing() {
        engine.fault("*", Fault.proxyRefusal());

        assertThatExceptionOfType(EngineRefusedException.class).isThrownBy(() -> containers.inspect("0".repeat(64)));
    }

    @Test
    void aLookWithoutAnAnswerIsNotTakenForNothing() {
        engine.fault("*", Fault.closeWithoutAnswer());

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> containers.inspect("0".repeat(64)));
    }

    @Test
    void startsAndRestarts() throws EngineException {
        FakeContainer web = engine.add("web", c -> c.exited(1));

        containers.start(web.id());
        assertThat(web.startCount()).isEqualTo(1);
        containers.restart(web.id(), Duration.ofSeconds(3));

        assertThat(web.restarts()).hasSize(1);
        assertThat(engine.requests("POST", "/containers/*/restart"))
                .singleElement()
                .returns("3", request -> request.parameter("t"));
    }

    @Test
    void namesTheEngine() {
        engine.version("29.1.2", "1.52");

        assertThat(containers.describe()).isEqualTo("Docker 29.1.2 (API 1.52)");
    }

    @Test
    void saysWhyTheEngineHasNoName() {
        engine.fault("/version", Fault.status(403, "Forbidden"));
        assertThat(containers.describe())
                .isEqualTo("an engine that does not tell its version (" + engine.host()
                        + ": GET /version: 403 Forbidden)");

        engine.fault("/version", Fault.closeWithoutAnswer());
        assertThat(containers.describe()).startsWith("an engine that does not tell its version (");
    }
}
