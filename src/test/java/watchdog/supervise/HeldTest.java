package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import watchdog.policy.Hold;
import watchdog.policy.Holds;
import watchdog.policy.NamePattern;

/** What the holds that come in as signals do to each container, and to what is under way. */
class HeldTest extends SupervisorBench {

    private static Signal held(String... patterns) {
        return new Signal.HoldsRead(new Holds(Stream.of(patterns)
                .map(pattern -> new Hold(NamePattern.parse(pattern), null, null))
                .toList()));
    }

    @Test
    void whatIsHeldIsNotStartedAndTheOthersAre() {
        Box web = watched("web");
        Box api = watched("api");
        bench.handle(held("web"));

        web.crash(1);
        api.crash(1);
        bench.watch(Duration.ofHours(1));
        assertThat(bench.starts).containsExactly("api");

        bench.handle(held());
        bench.watch(MOMENT);
        assertThat(bench.starts).containsExactly("api", "web");
    }

    @Test
    void aGlobHoldsEachThatIsCalledLikeIt() {
        Box one = watched("db-1");
        Box two = watched("db-2");
        bench.handle(held("db-*"));

        one.crash(1);
        two.crash(1);
        bench.watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.facts()).contains("held db-1", "held db-2");
    }

    @Test
    void aHoldFromBeforeTheFirstListingHolds() {
        bench.handle(held("web"));
        bench.exited("web", 1, Duration.ofHours(1));

        bench.withEvents().pass();
        bench.watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.facts()).contains("held web");
    }

    @Test
    void ofHoldsThatWereNotTakenInYetTheLastAreKept() throws InterruptedException {
        SignalQueue queue = new SignalQueue(1);
        queue.add(held("web"));
        queue.add(new Signal.Stop());
        queue.add(held("api"));

        List<Signal> left = new ArrayList<>();
        for (Signal next = queue.poll(Duration.ZERO); next != null; next = queue.poll(Duration.ZERO)) {
            left.add(next);
        }

        assertThat(left).containsExactly(new Signal.Stop(), held("api"));
    }
}
