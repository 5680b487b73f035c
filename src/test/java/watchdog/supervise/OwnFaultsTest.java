package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import watchdog.policy.Container;
import watchdog.policy.Rules;
import watchdog.policy.Setup;

/** A fault of watchdog itself in dealing with one container ({@code web}) costs only what is known of that one. */
class OwnFaultsTest {

    private final Bench bench = new Bench("web,api", Rules.DEFAULT);
    private final Box web = bench.running("web");
    private final Box api = bench.running("api");

    private void watch() {
        bench.withEvents().pass();
    }

    @Test
    void othersOfTheSameListingAreDealtWith() {
        web.crash(1);
        api.crash(1);
        bench.told.poison = "web";

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).containsExactly("api");
    }

    @Test
    void itIsToldOnceAndTheContainerIsDealtWithWhenTheFaultIsOver() {
        bench.told.poison = "web";
        watch();
        web.crash(1);
        bench.watch(Duration.ofMinutes(1));
        assertThat(bench.told.facts()).containsOnlyOnce("fault " + fact(web) + ": a test's");
        assertThat(bench.starts).isEmpty();

        bench.told.poison = "";
        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void othersAreDealtWithAfterAnEvent() {
        watch();
        bench.told.poison = "web";

        web.crash(1);
        api.crash(1);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("api");
        assertThat(bench.told.count("fault ")).isEqualTo(1);
    }

    @Test
    void othersAreDealtWithWhenTheirTimeComesAtTheSameMoment() {
        watch();
        web.stop();
        api.stop();
        bench.pass();
        bench.told.poison = "web";

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).containsExactly("api");
    }

    @Test
    void othersAreDealtWithByWorkers() {
        bench.poison = "web";
        watch();
        web.crash(1);
        api.crash(1);
        bench.watch(Duration.ofMinutes(1));
        assertThat(bench.starts).containsExactly("api");
        assertThat(bench.told.facts()).containsOnlyOnce("fault " + fact(web) + ": a test's");

        bench.poison = "";
        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).containsExactly("api", "web");
    }

    @Test
    void aRememberedStopIsNotForgotten() {
        bench.memory.remember(web.id, web.is.startedAt());
        bench.told.poison = "web";

        watch();

        assertThat(bench.memory.stopped).containsKey(web.id);
    }

    @Test
    void whatIsNotKnownAnyMoreIsNotToldToBeGone() {
        watch();
        bench.told.poison = "web";

        web.crash(1);
        bench.finishWork();

        assertThat(bench.told.forgotten).contains("lost " + web.id).doesNotContain(web.id);
    }

    @Test
    void theLoopEndsWhenItHappensAgainAndAgain() {
        Signal failed = new Signal.Failed(Optional.empty(), "listing", new IllegalStateException("a test's"));
        for (int n = 0; n < 100; n++) {
            bench.handle(failed);
        }
        bench.wait(Duration.ofMinutes(11));
        for (int n = 0; n < 100; n++) {
            bench.handle(failed);
        }

        assertThatExceptionOfType(OwnFaults.TooManyFaultsException.class)
                .isThrownBy(() -> bench.handle(failed))
                .withMessage("more than 100 faults within 10 minutes");
        assertThat(bench.told.count("fault listing")).isEqualTo(1);
    }

    @Test
    void othersOfTheSameListingAreDealtWithThoughOneCannotEvenBeMadeKnown() {
        Container poisoned = withoutStatus("f".repeat(64), "db-1");
        watch();
        web.stop();
        bench.tellLate();
        bench.stall(Duration.ofMinutes(1));

        Container down = bench.listing().watched().get(0);
        bench.handle(new Signal.Listed(bench.now(), Duration.ZERO, Signal.Coverage.ALL, 2, List.of(poisoned, down)));
        bench.finishWork();
        bench.wait(Duration.ofMinutes(1));

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.told.count("fault db-1 (ffffffffffff): ")).isEqualTo(1);
    }

    /** One that cannot be, and so cannot be dealt with. */
    @SuppressWarnings("NullAway")
    private static Container withoutStatus(String id, String name) {
        return new Container(id, name, null, Setup.of(Map.of()));
    }

    private static String fact(Box box) {
        return box.name() + " (" + box.id.substring(0, 12) + ")";
    }
}
