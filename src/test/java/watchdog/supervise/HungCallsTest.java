package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.engine.DockerEngine;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.Backoff;
import watchdog.policy.NamePattern;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;

/** The loop on its own threads, beside an engine that does not answer for some containers, or not as it should. */
class HungCallsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Of the engine's answers, so that what hangs does so for much longer than other work waits for it. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int PLACES = 8;

    @TempDir
    private Path folder;

    private final Told told = new Told();
    private FakeEngine engine;
    private WatchLoop loop;
    private Thread thread;
    private int added;

    @BeforeEach
    void begin() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.stop(LIMIT);
        // Ends what hangs, as the end of the process would.
        engine.stop();
        loop.awaitStarts(LIMIT);
        thread.join(LIMIT.toMillis());
        assertThat(thread.isAlive()).as("the loop has ended").isFalse();
        engine.close();
    }

    private FakeContainer add(String name) {
        added++;
        return engine.add(name);
    }

    private void watch(boolean dependents) {
        Rules byDefault = Rules.DEFAULT;
        Rules rules = new Rules(
                byDefault.mode(),
                byDefault.restartOn(),
                Duration.ofMillis(300),
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10)),
                byDefault.resetAfter(),
                byDefault.crashLoop(),
                0,
                dependents,
                "");
        DockerEngine docker =
                new DockerEngine(new HttpClient(Endpoint.parse(engine.host())), Timeouts.of(SILENCE), label -> true);
        WatchList all = new WatchList(List.of(NamePattern.parse("*")), List.of(), List.of());
        loop = new WatchLoop(docker, all, rules, StopMemory.NONE, told, PLACES, Heartbeat.NONE);
        thread = new Thread(this::run, "loop");
        thread.start();
        engine.awaitEventStreams(1, LIMIT);
        within(LIMIT, "watching", () -> told.count("found") > 0 && isInspected());
    }

    private boolean isInspected() {
        Set<String> inspected = engine.requests().stream()
                .filter(request -> request.is("GET", "/containers/*/json"))
                .map(Object::toString)
                .collect(Collectors.toSet());
        return inspected.size() >= added;
    }

    private void run() {
        try {
            loop.run(Duration.ofMillis(200), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<FakeContainer> some(int count, Consumer<FakeContainer> each) {
        List<FakeContainer> some = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            some.add(add("hangs-" + n));
        }
        some.forEach(each);
        return some;
    }

    @Test
    void startsThatHangGiveUpTheirPlacesAndAreNamed() {
        FakeContainer web = add("web");
        List<FakeContainer> hanging = some(PLACES, container -> {});
        watch(false);
        hanging.forEach(container -> engine.fault("/containers/" + container.id() + "/start", Fault.hang()));
        hanging.forEach(container -> container.crash(1));
        within(
                LIMIT,
                "all hang",
                () -> engine.requests("POST", "/containers/*/start").size() == PLACES);
        long begin = System.nanoTime();

        web.crash(1);
        web.awaitStarts(1, LIMIT);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE.multipliedBy(5));
        within(LIMIT, "all are named", () -> told.count("hung hangs-") == PLACES);
        assertThat(told.facts()).contains("hung hangs-0 (" + hanging.get(0).id().substring(0, 12) + "): start");
    }

    @Test
    void inspectsThatHangDelayNoStart() {
        FakeContainer web = add("web");
        List<FakeContainer> hanging = some(PLACES + 2, container -> {});
        watch(false);
        hanging.forEach(container -> engine.fault("/containers/" + container.id() + "/json", Fault.hang()));
        // Of what is stopped it is asked when it finished.
        hanging.forEach(FakeContainer::operatorStops);
        within(LIMIT, "some hang", () -> told.count("hung hangs-") >= 1);

        web.crash(1);
        web.awaitStarts(1, PATIENCE.multipliedBy(3));

        // Each of them is asked for again and again, and still takes only one of those that may hang.
        int before = engine.requests("GET", "/containers/json").size();
        within(
                LIMIT,
                "ten passes",
                () -> engine.requests("GET", "/containers/json").size() >= before + 10);
        assertThat(engine.requests("GET", "/containers/" + hanging.get(0).id() + "/json"))
                .hasSizeLessThanOrEqualTo(3);
    }

    /** An engine that says 304 to a start of what is down is asked again only when the back-off allows. */
    @Test
    void anEngineThatTakesWhatIsDownForRunningIsNotAskedAgainAtOnce() {
        FakeContainer web = add("web");
        watch(false);
        engine.fault("/containers/" + web.id() + "/start", Fault.raw("HTTP/1.0 304 Not Modified\r\n\r\n"));
        web.crash(1);
        within(
                LIMIT,
                "three starts",
                () -> engine.requests("POST", "/containers/*/start").size() == 3);
        within(
                LIMIT,
                "told as a failure",
                () -> told.count("the engine says that it runs already, but it is exited") > 0);
        long begin = System.nanoTime();
        within(
                LIMIT,
                "the fourth",
                () -> engine.requests("POST", "/containers/*/start").size() == 4);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
    }

    /** The engine takes any text for the container whose network is joined. */
    @Test
    void aProviderThatCannotBeAskedForIsOneThatIsNotThere() {
        FakeContainer web = add("web").networkMode("container:foo bar");
        watch(true);

        web.crash(1);

        within(LIMIT, "a try to start it", () -> told.count("start web") > 0);
        FakeContainer api = add("api").exited(1);
        api.awaitStarts(1, LIMIT);
        assertThat(told.count("fault ")).isZero();
    }
}
