package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.engine.DockerEngine;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.fake.Request;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.Backoff;
import watchdog.policy.CrashLoop;
import watchdog.policy.NamePattern;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;
import watchdog.policy.WatchList;

/** The loop with everything below it, against an engine that misbehaves on demand. */
class WatchLoopTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final String LISTING = "/containers/json";

    /** As by default, but in no mood to wait. */
    private static final Rules RULES = new Rules(
            RestartMode.ALWAYS,
            Set.of(Trigger.EXITED),
            Duration.ofMillis(100),
            new Backoff(Duration.ofMillis(100), Duration.ofMillis(200)),
            Duration.ofMinutes(1),
            new CrashLoop(5, Duration.ofMinutes(10)),
            0,
            false,
            "");

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
            loop.awaitStarts(LIMIT);
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).as("the loop has ended").isFalse();
            // A listing under way is read to its end by a thread that keeps no process from ending.
            within(LIMIT, "all connections closed", () -> engine.openConnections() == 0);
        }
        engine.close();
    }

    private void watch(String list) {
        watch(list, RULES, INTERVAL, 8);
    }

    private void watch(String list, Rules rules, Duration interval, int parallel) {
        List<NamePattern> patterns =
                Arrays.stream(list.split(",")).map(NamePattern::parse).toList();
        DockerEngine docker =
                new DockerEngine(new HttpClient(Endpoint.parse(engine.host())), Timeouts.of(SILENCE), label -> true);
        loop = new WatchLoop(
                docker,
                new WatchList(patterns, List.of(), List.of()),
                rules,
                StopMemory.NONE,
                told,
                parallel,
                Heartbeat.NONE);
        thread = new Thread(() -> run(interval), "loop");
        thread.start();
    }

    private void run(Duration interval) {
        try {
            loop.run(interval, SILENCE);
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
        assertThat(told.facts())
                .startsWith("watching web", "found", "start web: it exited with code 137, and nobody saw why");
    }

    @Test
    void startsWhatCrashesLater() {
        FakeContainer web = engine.add("web");
        watch("web");
        awaitTold("found");

        web.crash(1);

        web.awaitStarts(1, LIMIT);
        awaitTold("start web: it crashed with code 1");
    }

    @Test
    void startsWhatIsDownAmongManyThoughNoEventTold() {
        List<FakeContainer> many =
                IntStream.range(0, 60).mapToObj(n -> engine.add("web-" + n)).toList();
        watch("web-*");
        engine.awaitRequests(many.size(), request -> request.is("GET", "/containers/*/json"), LIMIT);
        engine.awaitRequests(
                2,
                request -> request.is("GET", LISTING)
                        && request.parameter("filters").contains("status"),
                LIMIT);

        FakeContainer web = many.get(42).exited(1);

        web.awaitStarts(1, LIMIT);
        assertThat(engine.requests("POST", "*")).hasSize(1);
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
    void saysOnceInTheEnginesWordsWhyAStartFailsAndTriesAgain() {
        FakeContainer web =
                engine.add("web").exited(1).startFailsWith(500, "driver failed: port is already allocated", 2);
        watch("web");

        web.awaitState("running", LIMIT);

        assertThat(web.startCount()).isEqualTo(3);
        assertThat(told.count("500 driver failed: port is already allocated"))
                .as("once, not once per try")
                .isEqualTo(1);
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
        watch("web-*", RULES, INTERVAL, 2);
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
        engine.fault("/events", Fault.proxyRefusal());
        engine.fault(LISTING, Fault.body("[{\"Id\":\"" + web.id() + "\",\"Names\":[\"/web\"],\"State\":\"exited\"}]"));
        watch("web");

        awaitTold("web NotNeeded[state=running]");

        assertThat(engine.requests("POST", "*")).isEmpty();
    }

    @Test
    void believesTheContainerRatherThanAListingThatLagsBehind() {
        FakeContainer web = engine.add("web").running();
        engine.fault(LISTING, Fault.body("[{\"Id\":\"" + web.id() + "\",\"Names\":[\"/web\"],\"State\":\"exited\"}]"));
        watch("web");
        awaitTold("found");
        awaitTwoPasses();
        awaitTwoPasses();

        assertThat(engine.requests("POST", "*")).isEmpty();
        assertThat(told.count("start web")).isZero();
    }

    @Test
    void doesNotTakeAMissingNetworkForAMissingContainer() {
        FakeContainer web = engine.add("web").exited(1).startFailsWith(404, "network backend not found", 1);
        watch("web");

        awaitTold("404 network backend not found");
        web.awaitState("running", LIMIT);
    }

    @Test
    void forgetsAContainerThatIsGoneWhenItIsToBeStarted() {
        FakeContainer web = engine.add("web");
        watch("web");
        awaitTold("found");
        within(
                LIMIT,
                "looked at",
                () -> !engine.requests("GET", "/containers/*/json").isEmpty());
        awaitTwoPasses();
        engine.fault("/containers/*/*", Fault.status(404, "No such container: " + web.id()));
        engine.fault(LISTING, Fault.body("[]"));

        web.crash(1);

        awaitTold("web Gone[]");
        assertThat(web.startCount()).isZero();
    }

    @Test
    void forgetsAContainerThatGoesAwayBeforeItsFirstLook() {
        FakeContainer web = engine.add("web").exited(1);
        engine.fault("/containers/*/json", Fault.status(404, "No such container: " + web.id()));
        watch("web");
        engine.awaitRequests(2, request -> request.is("GET", "/containers/*/json"), LIMIT);
        awaitTwoPasses();

        assertThat(engine.requests("POST", "*")).isEmpty();
        assertThat(told.facts()).containsExactly("watching web", "found");
    }

    @Test
    void saysOnceThatContainersMayNotBeLookedAt() {
        engine.add("web").exited(1);
        engine.fault("/containers/*/json", Fault.proxyRefusal());
        watch("web");

        awaitTold("/json: 403");
        engine.awaitRequests(5, request -> request.is("GET", "/containers/*/json"), LIMIT);

        assertThat(told.count("/json: 403")).isEqualTo(1);
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
        assertThat(told.facts().get(2)).startsWith("found again after PT");
    }

    @Test
    void saysThatNobodyListensOnADeadSocket() {
        engine.stopLeavingSocketFile();
        watch("web");

        awaitTold("connection refused: nobody listens there, is the engine running?");
    }

    // ---- events ----

    /** There is no pass within the time limit of a test, so what is answered at all is answered through events. */
    private void watchByEventsAlone(Rules rules) {
        watch("web", rules, Duration.ofHours(1), 8);
        engine.awaitEventStreams(1, LIMIT);
        awaitLeft("web: it is running");
        awaitNoListing();
    }

    private void awaitLeft(String fact) {
        within(LIMIT, "left " + fact, told::left, left -> left.contains(fact));
    }

    /** The subscription has been followed by a listing, and both that one and the first are answered. */
    private void awaitNoListing() {
        engine.awaitRequests(
                2, request -> request.is("GET", LISTING) && request.ending() == Request.Ending.FINISHED, LIMIT);
    }

    @Test
    void aCrashIsAnsweredThroughEventsLongBeforeTheNextPass() {
        FakeContainer web = engine.add("web");
        watchByEventsAlone(RULES);
        for (int crashes = 1; crashes <= 3; crashes++) {
            web.crash(1);
            web.awaitStarts(crashes, LIMIT);
            web.awaitState("running", LIMIT);
        }

        assertThat(told.facts()).contains("start web: it crashed with code 1");
        assertThat(engine.requests("GET", LISTING)).hasSize(2);
    }

    /** Of the time between two passes. */
    @Test
    void aCrashIsAnsweredInASmallFractionOfTheInterval() {
        Duration interval = Duration.ofSeconds(20);
        FakeContainer web = engine.add("web");
        watch("web", RULES, interval, 8);
        engine.awaitEventStreams(1, LIMIT);
        awaitLeft("web: it is running");

        long begin = System.nanoTime();
        web.crash(1);
        web.awaitStarts(1, LIMIT);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(taken).isLessThan(interval.dividedBy(10));
    }

    static Stream<Named<Fault>> refusals() {
        return Stream.of(
                Named.of("403 of a proxy", Fault.proxyRefusal()),
                Named.of("404", Fault.status(404, "page not found")),
                Named.of("500", Fault.status(500, "unable to get events")),
                Named.of("no answer", Fault.closeWithoutAnswer()),
                Named.of("silence", Fault.hang()));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eventsThatAreRefusedAreToldOnceAndPassesGoOn(Fault refusal) {
        engine.fault("/events", refusal);
        FakeContainer web = engine.add("web");
        watch("web");
        awaitTold("events lost");
        web.crash(1);

        web.awaitStarts(1, LIMIT);
        engine.awaitRequests(2, request -> request.is("GET", "/events"), LIMIT);
        awaitTwoPasses();

        assertThat(told.facts()).contains("start web: it exited with code 1, and nobody saw why");
        assertThat(told.count("lost: ")).isZero();
        assertThat(told.count("events")).isEqualTo(1);
    }

    static Stream<Named<Fault>> uselessStreams() {
        return Stream.of(
                Named.of("an end at once", Fault.emptyBody()),
                Named.of("what is no event", Fault.body("Service unavailable\n")));
    }

    @ParameterizedTest
    @MethodSource("uselessStreams")
    void streamsThatEndAtOnceAreOpenedAtEverLongerIntervalsAndPassesGoOn(Fault end) {
        engine.fault("/events", end);
        FakeContainer web = engine.add("web");
        watch("web");
        awaitLeft("web: it is running");
        web.crash(1);
        web.awaitStarts(1, LIMIT);

        List<Request> streams = engine.awaitRequests(4, request -> request.is("GET", "/events"), LIMIT);

        // the first wait is cut short by the first pass
        Duration second =
                Duration.ofNanos(streams.get(2).nanoTime() - streams.get(1).nanoTime());
        Duration third =
                Duration.ofNanos(streams.get(3).nanoTime() - streams.get(2).nanoTime());
        assertThat(third).isGreaterThan(second.multipliedBy(6).dividedBy(5));
        assertThat(told.count("events lost")).isEqualTo(1);
    }

    @Test
    void eventsThatAreAllowedAgainAreToldOnce() {
        engine.fault("/events", Fault.proxyRefusal());
        engine.add("web");
        watch("web");
        awaitTold("events lost");

        engine.heal();

        awaitTold("events found");
        awaitTwoPasses();
        assertThat(told.facts()).containsExactly("watching web", "found", "events lost", "events found");
    }

    @Test
    void whenTheStreamEndsItIsOpenedAnewAndThenContainersAreListed() {
        FakeContainer web = engine.add("web");
        watchByEventsAlone(RULES);

        engine.endEventStreams();

        List<Request> streams = engine.awaitRequests(2, request -> request.is("GET", "/events"), LIMIT);
        List<Request> listings = engine.awaitRequests(4, request -> request.is("GET", LISTING), LIMIT);
        assertThat(listings.get(3).nanoTime()).isGreaterThan(streams.get(1).nanoTime());
        engine.awaitEventStreams(1, LIMIT);
        web.crash(1);
        web.awaitStarts(1, LIMIT);
    }

    @Test
    void whatNoEventToldIsTakenByThePassAfterItHasSettled() {
        FakeContainer web = engine.add("web");
        watch("web");
        engine.awaitEventStreams(1, LIMIT);
        awaitLeft("web: it is running");
        engine.loseEvents(true);
        Instant crash = Instant.now();
        web.crash(1);

        web.awaitStarts(1, LIMIT);

        awaitTold("start web: it exited with code 1, and nobody saw why");
        assertThat(Duration.between(crash, web.starts().get(0))).isGreaterThanOrEqualTo(RULES.settle());
    }

    @Test
    void aStartByDockersOwnPolicyMakesOursNeedless() {
        FakeContainer web = engine.add("web").restartPolicy("always");
        watchByEventsAlone(RULES);

        web.crash(1);
        web.restartedByEngine();
        awaitTold("web NotNeeded[state=running]");

        assertThat(web.startCount()).isZero();
        assertThat(told.count("docker policy web")).isEqualTo(1);
    }

    // ---- operators ----

    private static Rules with(RestartMode mode, Set<Trigger> restartOn, Duration settle) {
        return new Rules(
                mode,
                restartOn,
                settle,
                RULES.backoff(),
                RULES.resetAfter(),
                RULES.crashLoop(),
                RULES.giveUpAfter(),
                RULES.dependents(),
                RULES.self());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopAndRemoveAndRunInALoopIsNotInterferedWith(boolean stopEventFirst) {
        engine.stopEventFirst(stopEventFirst);
        watch("web", with(RestartMode.ALWAYS, Set.of(Trigger.EXITED), LIMIT), INTERVAL, 8);
        engine.awaitEventStreams(1, LIMIT);
        for (int round = 0; round < 20; round++) {
            FakeContainer web = engine.add("web");
            if (round % 4 == 0) {
                awaitTwoPasses();
            }
            web.operatorStops();
            if (round % 4 == 1) {
                awaitTwoPasses();
            }
            web.remove();
            assertThat(web.startCount()).isZero();
        }

        assertThat(engine.requests("POST", "*")).isEmpty();
        FakeContainer last = engine.add("web");
        awaitTwoPasses();
        last.crash(1);
        last.awaitStarts(1, LIMIT);
    }

    @Test
    void restartsByAnOperatorAreNotInterferedWith() {
        FakeContainer web = engine.add("web");
        watch("web", with(RestartMode.ALWAYS, Set.of(Trigger.EXITED), LIMIT), INTERVAL, 8);
        engine.awaitEventStreams(1, LIMIT);
        for (int round = 0; round < 20; round++) {
            web.operatorRestarts();
        }
        awaitTwoPasses();

        assertThat(engine.requests("POST", "*")).isEmpty();
        assertThat(told.facts()).containsExactly("watching web", "found");
    }

    @Test
    void anOperatorsStopStaysUnlessThePolicyIsAlways() {
        FakeContainer web = engine.add("web");
        FakeContainer api = engine.add("api", c -> c.label("watchdog.policy", "always"));
        watch("web,api", with(RestartMode.UNLESS_STOPPED, Set.of(Trigger.EXITED), RULES.settle()), INTERVAL, 8);
        engine.awaitEventStreams(1, LIMIT);
        awaitTwoPasses();
        web.operatorStops();
        api.operatorStops();

        api.awaitStarts(1, LIMIT);
        awaitTwoPasses();

        assertThat(web.startCount()).isZero();
        assertThat(told.left()).contains("web: an operator stopped it");
    }

    @Test
    void anEngineThatShutsDownIsNoOperator() {
        FakeContainer web = engine.add("web");
        watchByEventsAlone(with(RestartMode.UNLESS_STOPPED, Set.of(Trigger.EXITED), RULES.settle()));

        engine.shutDown();
        assertThat(web.state()).isEqualTo("exited");
        // None is back before its end is noticed.
        within(LIMIT, "the engine is lost", () -> told.count("lost") > 0);
        engine.start();

        web.awaitState("running", LIMIT);
    }

    // ---- more than exited ----

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, -, 10", "7, -, 7", "7, 3s, 3", "-, 0, 0"})
    void whatBecomesUnhealthyIsRestartedWithItsStopTimeout(Integer ofContainer, String label, String asked) {
        FakeContainer web = engine.add("web", c -> {
            c.withHealth("healthy").healthAfterStart("healthy");
            if (ofContainer != null) {
                c.stopTimeout(ofContainer);
            }
            if (label != null) {
                c.label("watchdog.stop-timeout", label);
            }
        });
        watchByEventsAlone(with(RestartMode.ALWAYS, Set.of(Trigger.UNHEALTHY), RULES.settle()));

        web.becomes("unhealthy");

        Request restart = engine.awaitRequest(request -> request.is("POST", "/containers/*/restart"), LIMIT);
        assertThat(restart.parameter("t")).isEqualTo(asked);
        awaitTold("restart web: it is unhealthy");
        awaitTold("web Up[");
        assertThat(web.health()).isEqualTo("healthy");
        assertThat(engine.requests("POST", "*")).hasSize(1);
    }

    /** A process that takes its whole stop timeout to end takes longer than the engine may be silent otherwise. */
    @Test
    void aRestartMayTakeAsLongAsTheStopTimeout() {
        FakeContainer web = engine.add(
                "web",
                c -> c.withHealth("healthy").stopTimeout(1).ignoresSigterm().startDelay(SILENCE.multipliedBy(2)));
        watchByEventsAlone(with(RestartMode.ALWAYS, Set.of(Trigger.UNHEALTHY), RULES.settle()));

        web.becomes("unhealthy");

        awaitTold("web Up[");
        assertThat(web.restarts()).hasSize(1);
    }

    @Test
    void whatWasCreatedAndFailedToStartIsStartedAndWhatHasNotRunYetIsLeft() {
        FakeContainer web = engine.add("web", c -> c.createdWithError("port is already allocated"));
        FakeContainer api = engine.add("api", c -> c.created());
        watch("web,api", with(RestartMode.ALWAYS, Set.of(Trigger.CREATED), RULES.settle()), INTERVAL, 8);

        web.awaitState("running", LIMIT);
        awaitTwoPasses();

        assertThat(api.startCount()).isZero();
    }

    @Test
    void whatLivesInTheNetworkOfAnotherIsRestartedOnceTheOtherIs() {
        FakeContainer vpn = engine.add("vpn");
        FakeContainer web = engine.add("web", c -> c.inNetworkOf(vpn));
        FakeContainer api = engine.add("api");
        Rules rules = new Rules(
                RULES.mode(),
                RULES.restartOn(),
                RULES.settle(),
                RULES.backoff(),
                RULES.resetAfter(),
                RULES.crashLoop(),
                RULES.giveUpAfter(),
                true,
                "");
        watch("web,api", rules, INTERVAL, 8);
        engine.awaitEventStreams(1, LIMIT);
        awaitLeft("web: it is running");
        awaitLeft("api: it is running");

        vpn.operatorRestarts();

        awaitTold("web Up[");
        assertThat(web.restarts()).hasSize(1);
        assertThat(api.restarts()).isEmpty();
        assertThat(told.facts()).contains("restart web: the container whose namespace it joins was started anew");
    }

    // ---- outages ----

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
                Named.of("a byte a day", Fault.oneByteAtATime(Duration.ofMillis(150))),
                Named.of("endless headers", Fault.endlessHeaders()),
                Named.of("garbage", Fault.garbage()));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aListingThatFailsIsToldOnceAndACrashIsAnsweredAllTheSame(Fault outage) {
        FakeContainer web = engine.add("web");
        watch("web");
        awaitTold("found");
        engine.fault(LISTING, outage);
        web.crash(1);
        awaitTold("cannot list: " + engine.host() + ": GET /containers/json?all=true: ");
        awaitTwoPasses();
        assertThat(told.count("cannot list: ")).isEqualTo(1);
        web.awaitState("running", LIMIT);

        engine.heal();

        awaitTold("found again");
        assertThat(told.count("cannot list: ")).isEqualTo(1);
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
