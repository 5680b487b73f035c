package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import watchdog.fake.FakeContainer;
import watchdog.fake.Fault;
import watchdog.fake.Request;

/** What the loop learns through events, and what it does without them. */
class WatchLoopEventsTest extends WatchLoopBench {

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
}
