package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import watchdog.fake.FakeContainer;
import watchdog.fake.Fault;

/** The loop beside an engine that is not there, or answers oddly. */
class WatchLoopOutageTest extends WatchLoopBench {

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
        assertThat(told.facts()).anyMatch(fact -> fact.startsWith("found"));
    }
}
