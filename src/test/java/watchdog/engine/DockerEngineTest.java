package watchdog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.fake.FakeContainer;
import watchdog.fake.Fault;
import watchdog.fake.Request;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/** What is asked of an engine, and its answers in the words of the policy. */
class DockerEngineTest extends DockerEngineBench {

    // ---- what an engine tells ----

    private List<Container> listed() throws EngineException {
        List<Container> all = new ArrayList<>();
        assertThat(engine.list(all::add)).isEqualTo(all.size());
        return all;
    }

    @Test
    void listsContainersOfEveryState() throws EngineException {
        FakeContainer api = fake.add("api");
        FakeContainer web = fake.add(
                "web",
                c -> c.exited(137, Duration.ofMinutes(5))
                        .label("team", "a")
                        .label("idle", "b")
                        .aliases("proxy/backend")
                        .inNetworkOf(api));
        fake.add("job", c -> c.created());
        fake.add("db", c -> c.withHealth("unhealthy"));

        List<Container> listed = listed();

        assertThat(listed).extracting(Container::name).containsExactly("db", "job", "web", "api");
        assertThat(listed.get(0).status())
                .isEqualTo(Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY));
        assertThat(listed.get(1).state()).isEqualTo(ContainerState.CREATED);
        assertThat(listed.get(2))
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
                        new Setup(Map.of("team", "a"), List.of(api.id()), "", false, "", null, "busybox:local")));
        assertThat(onlyRequest()).isEqualTo("GET /containers/json?all=true");
    }

    @Test
    void listsNothingWhereThereIsNothing() throws EngineException {
        assertThat(listed()).isEmpty();
    }

    /** Those of the same name as an attribute of an event are, whatever is needed. */
    @Test
    void keepsTheLabelsThatAreNeededAndThoseThatMayHideWhatAnEventTells() throws EngineException {
        FakeContainer web =
                fake.add("web", c -> c.label("team", "a").label("idle", "b").label("exitCode", "0"));
        engine = new DockerEngine(new HttpClient(Endpoint.parse(fake.host())), Timeouts.of(DEADLINE), "team"::equals);

        Map<String, String> kept = Map.of("team", "a", "exitCode", "0");

        assertThat(listed()).extracting(container -> container.setup().labels()).containsExactly(kept);
        assertThat(engine.inspect(web.id()))
                .map(container -> container.setup().labels())
                .contains(kept);
    }

    @Test
    void listsAsDownWhatHasExitedOrWasOnlyCreated() throws EngineException {
        fake.add("up");
        fake.add("paused", FakeContainer::paused);
        fake.add("exited", c -> c.exited(137));
        fake.add("created", FakeContainer::created);
        List<Container> listed = new ArrayList<>();

        assertThat(engine.listDown(Set.of(), listed::add)).isEqualTo(2);

        assertThat(listed).extracting(Container::name).containsExactlyInAnyOrder("exited", "created");
        assertThat(listed).allMatch(Container::isDown);
    }

    @Test
    void listsAsDownOnlyThoseOfWhatIsAskedFor() throws EngineException {
        FakeContainer up = fake.add("up");
        FakeContainer exited = fake.add("exited", c -> c.exited(137));
        fake.add("created", FakeContainer::created);
        List<Container> listed = new ArrayList<>();

        engine.listDown(Set.of(up.id(), exited.id(), "0".repeat(64)), listed::add);

        assertThat(listed).extracting(Container::name).containsExactly("exited");
    }

    @Test
    void listsContainersForPeople() throws EngineException {
        FakeContainer db = fake.add("db", c -> c.withHealth("unhealthy").image("postgres:17"));
        List<ContainerSummary> listed = new ArrayList<>();

        engine.summaries(listed::add);

        assertThat(listed)
                .singleElement()
                .returns(db.id(), summary -> summary.container().id())
                .returns("postgres:17", ContainerSummary::image)
                .returns("Up 3 minutes (unhealthy)", ContainerSummary::status);
        assertThat(listed.get(0).imageId()).startsWith("sha256:").hasSize(71);
    }

    @Test
    void inspectsAContainer() throws EngineException {
        FakeContainer vpn = fake.add("vpn");
        FakeContainer web = fake.add(
                "web",
                c -> c.exited(137)
                        .label("team", "a")
                        .label("idle", "b")
                        .withHealth("unhealthy")
                        .restartPolicy("on-failure", 3)
                        .inPidNamespaceOf(vpn)
                        .autoRemove()
                        .stopSignal("SIGQUIT")
                        .stopTimeout(0));

        Container seen = engine.inspect(web.id()).orElseThrow();

        assertThat(seen.id()).isEqualTo(web.id());
        assertThat(seen.name()).isEqualTo("web");
        assertThat(seen.setup())
                .isEqualTo(new Setup(
                        Map.of("team", "a"),
                        List.of(vpn.id()),
                        "on-failure",
                        true,
                        "SIGQUIT",
                        Duration.ZERO,
                        "busybox:local"));
        assertThat(seen.state()).isEqualTo(ContainerState.EXITED);
        assertThat(seen.status().health()).isEqualTo(Health.UNHEALTHY);
        assertThat(seen.status().exitCode()).hasValue(137);
        assertThat(Duration.between(seen.status().startedAt(), seen.status().finishedAt()))
                .isEqualTo(Duration.ofMinutes(3));
        assertThat(onlyRequest()).isEqualTo("GET /containers/" + web.id() + "/json");
    }

    @Test
    void inspectsAContainerWhoseStartHasFailed() throws EngineException {
        FakeContainer web = fake.add("web", c -> c.createdWithError("port is already allocated"));
        assertThat(engine.inspect(web.id()).orElseThrow().status())
                .returns(ContainerState.CREATED, Status::state)
                .returns("port is already allocated", Status::error)
                .returns(null, Status::startedAt)
                .returns(null, Status::finishedAt);
    }

    @Test
    void inspectsAContainerByItsName() throws EngineException {
        FakeContainer web = fake.add("web_1.x-y");

        assertThat(engine.inspect("web_1.x-y")).map(Container::id).contains(web.id());
    }

    @Test
    void findsNothingByTheIdOfWhatDoesNotExist() throws EngineException {
        assertThat(engine.inspect("0".repeat(64))).isEmpty();
        assertThat(fake.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/web", "-web", "web/json", "web?size=1", "web\n", "../images/prune", "wéb", "a b"})
    void findsNothingByWhatIsNeitherIdNorNameAndDoesNotAskForIt(String name) throws EngineException {
        assertThat(engine.inspect(name)).isEmpty();
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void tellsHowLargeImagesAre() throws EngineException {
        fake.image("postgres:17", 438_123_456_789L);
        assertThat(engine.imageSizes().values()).containsExactlyInAnyOrder(1_982_277L, 438_123_456_789L);
        assertThat(engine.imageSizes().keySet()).allMatch(id -> id.matches("sha256:[0-9a-f]{64}"));
        assertThat(fake.requests("GET", "/images/json")).hasSize(2);
    }

    @Test
    void namesTheEngine() {
        fake.version("29.1.2", "1.52");
        assertThat(engine.describe()).isEqualTo("Docker 29.1.2 (API 1.52)");
        assertThat(onlyRequest()).isEqualTo("GET /version");
    }

    @Test
    void saysWhyTheEngineHasNoName() {
        fake.fault("/version", Fault.status(403, "Forbidden"));
        assertThat(engine.describe())
                .isEqualTo(
                        "an engine that does not tell its version (" + fake.host() + ": GET /version: 403 Forbidden)");

        fake.fault("/version", Fault.closeWithoutAnswer());
        assertThat(engine.describe()).startsWith("an engine that does not tell its version (");
    }

    @Test
    void understandsAnswersInChunks() throws EngineException {
        fake.fault("*", Fault.chunked(7));
        fake.addMany(20, "running");
        assertThat(listed()).hasSize(20);
        assertThat(engine.describe()).startsWith("Docker ");
    }

    // ---- what an engine does ----

    @Test
    void startsAContainer() throws EngineException {
        FakeContainer web = fake.add("web", c -> c.exited(1));
        assertThat(engine.start(web.id())).isTrue();
        assertThat(web.state()).isEqualTo("running");
        assertThat(onlyRequest()).isEqualTo("POST /containers/" + web.id() + "/start");
    }

    @Test
    void leavesAContainerAloneThatRuns() throws EngineException {
        FakeContainer web = fake.add("web");
        assertThat(engine.start(web.id())).isFalse();
        assertThat(web.startCount()).isZero();
        assertThat(fake.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"PT7S, 7", "PT0S, 0", "PT1M30S, 90", "PT1.9S, 1"})
    void restartsAContainerWithAStopTimeoutInSeconds(Duration stopTimeout, String seconds) throws EngineException {
        FakeContainer web = fake.add("web");
        engine.restart(web.id(), stopTimeout);
        assertThat(web.restarts()).hasSize(1);
        assertThat(onlyRequest()).isEqualTo("POST /containers/" + web.id() + "/restart?t=" + seconds);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesTimeForTheWorkOfAStart(boolean restart) throws EngineException {
        Duration silence = Duration.ofMillis(50);
        DockerEngine hasty =
                new DockerEngine(new HttpClient(Endpoint.parse(fake.host())), Timeouts.of(silence), label -> true);
        FakeContainer web = fake.add("web", c -> c.exited(1).startDelay(silence.multipliedBy(8)));
        if (restart) {
            hasty.restart(web.id(), Duration.ZERO);
        } else {
            hasty.start(web.id());
        }
        assertThat(web.state()).isEqualTo("running");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299, 304})
    void takesSuccessForSuccess(int status) throws EngineException {
        fake.fault("*", Fault.raw("HTTP/1.0 " + status + " OK\r\n\r\n"));
        engine.start("a".repeat(64));
        engine.restart("a".repeat(64), Duration.ZERO);
        assertThat(fake.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web",
                "0123456789ab",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
                "../../images/prune?x=89abcdef0123456789abcdef0123456789abcdef012",
            })
    void startsNothingByWhatIsNoId(String id) {
        String message = "not a container id: '" + id + "'";
        assertThatIllegalArgumentException().isThrownBy(() -> engine.start(id)).withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.restart(id, Duration.ZERO))
                .withMessage(message);
        assertThat(fake.requests()).isEmpty();
    }

    private String onlyRequest() {
        List<Request> requests = fake.requests();
        assertThat(requests).hasSize(1);
        Request request = requests.get(0);
        return request.method() + " " + request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    }
}
