package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import watchdog.engine.DockerEngine;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.NamePattern;
import watchdog.policy.WatchList;

/** The loop with everything below it, against an engine that misbehaves on demand. */
class WatchLoopTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final String LISTING = "/containers/json";

    @TempDir
    Path folder;

    private FakeEngine engine;
    private final Told told = new Told();
    private WatchLoop loop;
    private Thread thread;

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        if (loop != null) {
            loop.stop(LIMIT);
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).as("the loop has ended").isFalse();
        }
        engine.close();
    }

    private void watch(String list) {
        watch(list, 8);
    }

    private void watch(String list, int parallel) {
        List<NamePattern> patterns =
                Arrays.stream(list.split(",")).map(NamePattern::parse).toList();
        HttpClient http = new HttpClient(Endpoint.parse(engine.host()));
        loop = new WatchLoop(new DockerContainers(new DockerEngine(http, Timeouts.of(SILENCE))), told);
        thread = new Thread(() -> run(new WatchList(patterns, List.of()), parallel), "loop");
        thread.start();
    }

    private void run(WatchList watchList, int parallel) {
        try {
            loop.run(watchList, INTERVAL, parallel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitTold(String part) {
        within(LIMIT, "told: " + part, told::facts, facts -> facts.stream().anyMatch(fact -> fact.contains(part)));
    }

    /** Two listings that were asked for from now on, so that one of them has seen all that is so now. */
    private void awaitTwoPasses() {
        int before = engine.requests("GET", LISTING).size();
        within(LIMIT, "two passes", () -> engine.requests("GET", LISTING).size() >= before + 2);
    }

    @Test
    void startsWhatHasExitedAndSaysThatItIsUp() {
        FakeContainer web = engine.add("web").exited(137);
        watch("web");

        web.awaitState("running", LIMIT);
        awaitTold("web Up[down=PT3");

        assertThat(web.startCount()).isEqualTo(1);
        assertThat(told.facts()).startsWith("found", "start web: it exited with code 137");
    }

    @Test
    void startsWhatCrashesLater() {
        FakeContainer web = engine.add("web");
        watch("web");
        awaitTold("found");

        web.crash(1);

        web.awaitStarts(1, LIMIT);
        awaitTold("start web: it exited with code 1");
    }

    @Test
    void touchesNothingThatIsNotListedByItsOwnWholeName() {
        FakeContainer prefix = engine.add("web-2").exited(1);
        FakeContainer alias =
                engine.add("other").aliases("other/web", "zzz/web").exited(1);
        watch("web");
        awaitTold("missing web");
        awaitTwoPasses();

        assertThat(prefix.startCount() + alias.startCount()).isZero();
        assertThat(engine.requests("POST", "*")).isEmpty();
    }

    @Test
    void doesNotTakeALinkAliasForTheOwnName() {
        FakeContainer web = engine.add("web").aliases("other/database").exited(1);
        watch("web");

        web.awaitStarts(1, LIMIT);
    }

    @Test
    void saysWithWhichExitCodeItWentDownAgain() {
        engine.add("web").exited(1).diesAfterStart(78, Duration.ZERO);
        watch("web");

        awaitTold("web WentDown[exitCode=78]");
    }

    @Test
    void saysInTheEnginesWordsWhyAStartFailsAndTriesAgain() {
        FakeContainer web =
                engine.add("web").exited(1).startFailsWith(500, "driver failed: port is already allocated", 2);
        watch("web");

        web.awaitState("running", LIMIT);

        assertThat(told.count("500 driver failed: port is already allocated")).isEqualTo(2);
    }

    @Test
    void slowStartsDelayNeitherOthersNorTheListing() {
        FakeContainer slow = engine.add("slow").exited(1).startDelay(LIMIT);
        FakeContainer web = engine.add("web").exited(1);
        watch("slow,web");

        web.awaitState("running", LIMIT);
        awaitTwoPasses();

        assertThat(slow.state()).isEqualTo("exited");
        assertThat(slow.overlappingStarts()).isZero();
        assertThat(told.count("start slow")).isEqualTo(1);
    }

    @Test
    void startsNoMoreAtATimeThanAllowed() {
        for (int i = 0; i < 6; i++) {
            engine.add("web-" + i).exited(1).startDelay(Duration.ofMillis(100));
        }
        watch("web-*", 2);
        within(LIMIT, "all started", () -> engine.requests("POST", "*").size() == 6);

        List<Long> arrivals = engine.requests("POST", "*").stream()
                .map(request -> request.nanoTime())
                .sorted()
                .toList();
        for (int i = 2; i < arrivals.size(); i++) {
            Duration between = Duration.ofNanos(arrivals.get(i) - arrivals.get(i - 2));
            assertThat(between).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void looksAgainRightBeforeAStart() {
        FakeContainer web = engine.add("web").running();
        engine.fault(LISTING, Fault.body("[{\"Id\":\"" + web.id() + "\",\"Names\":[\"/web\"],\"State\":\"exited\"}]"));
        watch("web");

        awaitTold("web NotNeeded[state=running]");

        assertThat(engine.requests("POST", "*")).isEmpty();
    }

    @Test
    void doesNotTakeAMissingNetworkForAMissingContainer() {
        FakeContainer web = engine.add("web").exited(1).startFailsWith(404, "network backend not found", 1);
        watch("web");

        awaitTold("404 network backend not found");
        web.awaitState("running", LIMIT);
    }

    @Test
    void forgetsAContainerThatGoesAwayBeforeItsStart() {
        FakeContainer web = engine.add("web").exited(1);
        engine.fault("/containers/*/json", Fault.status(404, "No such container: " + web.id()));
        watch("web");

        awaitTold("web Gone[]");

        assertThat(engine.requests("POST", "*")).isEmpty();
    }

    @Test
    void waitsForAnEngineThatIsNotThereYet() {
        FakeContainer web = engine.add("web").exited(1);
        engine.stop();
        watch("web");
        awaitTold("lost: " + engine.host() + ": GET /containers/json?all=true: no such socket: is the engine running?");

        engine.start();

        web.awaitStarts(1, LIMIT);
        assertThat(told.facts().get(1)).startsWith("found again after PT");
    }

    @Test
    void saysThatNobodyListensOnADeadSocket() {
        engine.stopLeavingSocketFile();
        watch("web");

        awaitTold("connection refused: nobody listens there, is the engine running?");
    }

    static Stream<Named<Fault>> outages() {
        return Stream.of(
                Named.of("hang", Fault.hang()),
                Named.of("no answer", Fault.closeWithoutAnswer()),
                Named.of("truncated", Fault.truncateAfter(150)),
                Named.of("body truncated", Fault.truncateBodyAfter(20)),
                Named.of("stalled", Fault.stallAfter(150)),
                Named.of("500", Fault.status(500, "layer does not exist")),
                Named.of("502", Fault.status(502, "bad gateway")),
                Named.of("403 in HTML", Fault.proxyRefusal()),
                Named.of("malformed JSON", Fault.malformedJson()),
                Named.of("empty", Fault.emptyBody()),
                Named.of("not an array", Fault.body("{}")),
                Named.of("null", Fault.body("null")),
                Named.of("an array of numbers", Fault.body("[1,2]")),
                Named.of(
                        "an id that is none",
                        Fault.body("[{\"Id\":\"../x\",\"Names\":[\"/web\"],\"State\":\"exited\"}]")),
                Named.of("a byte a day", Fault.oneByteAtATime(Duration.ofMillis(150))),
                Named.of("endless headers", Fault.endlessHeaders()),
                Named.of("garbage", Fault.garbage()));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void anOutageIsToldOnceNothingIsDoneInItAndWorkGoesOnAfterIt(Fault outage) {
        FakeContainer web = engine.add("web");
        watch("web");
        awaitTold("found");
        engine.fault(LISTING, outage);
        web.crash(1);
        awaitTold("lost: " + engine.host() + ": GET /containers/json?all=true: ");
        awaitTwoPasses();
        assertThat(told.count("lost: ")).isEqualTo(1);
        assertThat(web.startCount()).isLessThanOrEqualTo(1);

        engine.heal();

        web.awaitState("running", LIMIT);
        awaitTold("found again");
        assertThat(told.count("lost: ")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void unusualAnswersAreUnderstood(Fault shape) {
        FakeContainer web = engine.add("web").exited(1);
        engine.addMany(20, "running");
        engine.fault("*", shape);
        watch("web");

        web.awaitState("running", LIMIT);
        assertThat(told.count("lost: ")).isZero();
    }

    static Stream<Named<Fault>> shapes() {
        return Stream.of(
                Named.of("chunked", Fault.chunked()),
                Named.of("chunked in bytes", Fault.chunked(1)),
                Named.of("byte at a time", Fault.oneByteAtATime(Duration.ZERO)),
                Named.of("without Content-Length", Fault.noContentLength()));
    }

    @Test
    void anEngineThatHidesItsVersionIsWatchedAllTheSame() {
        engine.fault("/version", Fault.proxyRefusal());
        FakeContainer web = engine.add("web").exited(1);
        watch("web");

        web.awaitStarts(1, LIMIT);
        assertThat(told.facts()).contains("found");
    }

    @Test
    void tenThousandContainersAreNoObstacle() {
        engine.addMany(10_000, "exited");
        FakeContainer web = engine.add("web").exited(1);
        watch("web");

        web.awaitStarts(1, LIMIT);
        assertThat(engine.requests("POST", "*")).hasSize(1);
    }
}
