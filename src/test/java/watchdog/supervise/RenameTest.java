package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A name is what a container is called now. */
class RenameTest extends SupervisorBench {

    @Test
    void whatIsRenamedOntoTheListIsWatchedFromThen() {
        watched("web");
        Box other = bench.running("other");
        other.rename("api");
        bench.finishWork();

        other.crash(1);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("api");
    }

    @Test
    void whatIsRenamedOffTheListIsLeftAndForgotten() {
        Box web = watched("web");
        web.rename("old");

        web.crash(1);
        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).isEmpty();
        assertThat(bench.size()).isZero();
    }

    @Test
    void whatWaitsForItsBackOffIsLeftOnceItIsRenamedOffTheList() {
        Box web = watched("web").diesAfterStart();
        web.crash(1);
        bench.finishWork();
        assertThat(bench.nextDeadline()).isPresent();

        web.rename("old");
        bench.wait(Duration.ofMinutes(10));

        assertThat(bench.starts).hasSize(1);
    }

    @Test
    void whatHasExitedAndIsRenamedOntoTheListIsStartedOnceItHasSettled() {
        bench.withEvents();
        Box other = bench.exited("other", 1, Duration.ofHours(1));
        bench.pass();
        other.rename("web");
        bench.finishWork();

        bench.watch(SETTLE.multipliedBy(2));

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void aListingThatIsOlderThanARenameDoesNotBringTheOldNameBack() {
        Box web = watched("web").startFails(500, "no");
        web.crash(1);
        bench.finishWork();
        web.startSucceeds();
        Signal.Listed old = bench.listing();
        web.rename("old");

        bench.handle(old);
        bench.wait(Duration.ofMinutes(1));

        assertThat(bench.starts).hasSize(1);
    }
}
