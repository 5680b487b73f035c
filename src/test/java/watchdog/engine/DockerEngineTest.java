package watchdog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.fake.Request;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;

/** What is asked of an engine, and what becomes of its answers. */
class DockerEngineTest {

    private static final Timeouts PATIENT = Timeouts.of(Duration.ofSeconds(10));

    @TempDir
    private Path folder;

    private FakeEngine fake;
    private DockerEngine engine;

    @BeforeEach
    void start() {
        fake = FakeEngine.onUnixSocket(folder.resolve("engine.sock"));
        engine = new DockerEngine(new HttpClient(Endpoint.parse(fake.host())), PATIENT);
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    // ---- what an engine tells ----

    @Test
    void listsContainersOfEveryState() throws EngineException {
        FakeContainer api = fake.add("api");
        fake.add(
                "web",
                c -> c.exited(137).label("team", "a").aliases("proxy/backend").inNetworkOf(api));
        fake.add("job", c -> c.created());
        fake.add("db", c -> c.withHealth("unhealthy").image("postgres:17"));

        List<ContainerSummary> listed = new ArrayList<>();
        assertThat(engine.containers(listed::add)).isEqualTo(4);

        assertThat(listed).extracting(ContainerSummary::name).containsExactly("db", "job", "web", "api");
        assertThat(listed)
                .extracting(ContainerSummary::state)
                .containsExactly("running", "created", "exited", "running");
        assertThat(listed.get(0).status()).isEqualTo("Up 3 minutes (unhealthy)");
        assertThat(listed.get(0).image()).isEqualTo("postgres:17");
        ContainerSummary web = listed.get(2);
        assertThat(web.id()).isEqualTo(fake.container("web").id());
        assertThat(web.names()).containsExactly("/proxy/backend", "/web");
        assertThat(web.imageId()).startsWith("sha256:").hasSize(71);
        assertThat(web.status()).isEqualTo("Exited (137) 3 seconds ago");
        assertThat(web.labels()).isEqualTo(Map.of("team", "a"));
        assertThat(web.networkMode()).isEqualTo("container:" + api.id());
        assertThat(onlyRequest()).isEqualTo("GET /containers/json?all=true");
    }

    @Test
    void listsNothingWhereThereIsNothing() throws EngineException {
        assertThat(engine.containers(container -> assertThat(container).isNull()))
                .isZero();
    }

    @Test
    void inspectsAContainer() throws EngineException {
        FakeContainer web = fake.add(
                "web",
                c -> c.exited(137)
                        .label("team", "a")
                        .withHealth("unhealthy")
                        .restartPolicy("on-failure", 3)
                        .networkMode("backend")
                        .autoRemove()
                        .stopSignal("SIGQUIT")
                        .stopTimeout(30));

        ContainerDetails details = engine.inspect(web.id());

        assertThat(details.id()).isEqualTo(web.id());
        assertThat(details.name()).isEqualTo("web");
        assertThat(details.imageId()).startsWith("sha256:").hasSize(71);
        assertThat(details.host()).isEqualTo(new ContainerDetails.Host("on-failure", "backend", true));
        assertThat(details.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(details.stopTimeout()).isEqualTo(30);
        assertThat(details.labels()).isEqualTo(Map.of("team", "a"));
        assertThat(details.state().status()).isEqualTo("exited");
        assertThat(details.state().health()).isEqualTo("unhealthy");
        assertThat(details.state().exitCode()).isEqualTo(137);
        assertThat(Duration.between(details.state().startedAt(), details.state().finishedAt()))
                .isEqualTo(Duration.ofMinutes(3));
        assertThat(onlyRequest()).isEqualTo("GET /containers/" + web.id() + "/json");
    }

    @Test
    void inspectsAContainerWhoseStartHasFailed() throws EngineException {
        FakeContainer web = fake.add("web", c -> c.createdWithError("port is already allocated"));
        assertThat(engine.inspect(web.id()).state())
                .isEqualTo(new ContainerDetails.State("created", "", 128, "port is already allocated", null, null));
    }

    @Test
    void listsImages() throws EngineException {
        fake.image("postgres:17", 438_123_456_789L);
        assertThat(engine.images())
                .extracting(ImageSummary::size)
                .containsExactlyInAnyOrder(1_982_277L, 438_123_456_789L);
        assertThat(engine.images()).extracting(ImageSummary::id).allMatch(id -> id.matches("sha256:[0-9a-f]{64}"));
        assertThat(fake.requests("GET", "/images/json")).hasSize(2);
    }

    @Test
    void tellsTheVersion() throws EngineException {
        fake.version("29.1.2", "1.52");
        assertThat(engine.version()).isEqualTo(new EngineVersion("Docker", "29.1.2", "1.52"));
        assertThat(onlyRequest()).isEqualTo("GET /version");
    }

    @Test
    void understandsAnswersInChunks() throws EngineException {
        fake.fault("*", Fault.chunked(7));
        fake.addMany(20, "running");
        assertThat(engine.containers(container -> {})).isEqualTo(20);
        assertThat(engine.version().name()).isEqualTo("Docker");
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
        DockerEngine hasty = new DockerEngine(new HttpClient(Endpoint.parse(fake.host())), Timeouts.of(silence));
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

    @ParameterizedTest
    @ValueSource(strings = {"", "/web", "-web", "web/json", "web?size=1", "web\n", "../images/prune", "wéb", "a b"})
    void looksAtNothingByWhatIsNeitherIdNorName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.inspect(name))
                .withMessage("neither an id nor a name: '" + name + "'");
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void looksAtAContainerByItsName() throws EngineException {
        FakeContainer web = fake.add("web_1.x-y");

        assertThat(engine.inspect("web_1.x-y").id()).isEqualTo(web.id());
    }

    private String onlyRequest() {
        List<Request> requests = fake.requests();
        assertThat(requests).hasSize(1);
        Request request = requests.get(0);
        return request.method() + " " + request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    }
}
