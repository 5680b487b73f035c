package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import watchdog.policy.ContainerState;

/** Never two things at a time, and never by what is out of date. */
class OrderOfSignalsTest extends SupervisorBench {

    @Test
    void nothingIsStartedTwiceWhileTheFirstStartIsUnderWay() {
        bench.exited("web", 137);
        bench.exited("db-1", 137);
        bench.handle(bench.listing());
        bench.work.remove().run();
        bench.work.remove().run();
        assertThat(bench.work).as("starts").hasSize(2);

        bench.handle(bench.listing());
        bench.handle(bench.listing());

        assertThat(bench.work).hasSize(2);
    }

    @Test
    void aSecondDeathWhileAStartIsUnderWayIsAnsweredAfterIt() {
        Box web = watched("web");
        web.crash(1);
        bench.finishWork();

        web.crash(2);

        assertThat(bench.work).isEmpty();
        assertThat(bench.told.facts()).contains("web WentDown[exitCode=2]");
        bench.wait(SECOND.plus(MOMENT));
        assertThat(bench.starts).hasSize(2);
    }

    @Test
    void nothingIsStartedTwiceWhenAListingLosesAContainerThatIsBeingStarted() {
        Box web = watched("web");
        web.crash(1);

        bench.handle(new Signal.Listed(bench.now(), Duration.ZERO, Signal.Coverage.ALL, 0, List.of()));
        bench.handle(bench.listing());

        assertThat(bench.work).hasSize(1);
    }

    @Test
    void aListingThatWasAskedForBeforeTheLastStartEndedSaysNothing() {
        bench.exited("web", 1);
        Signal.Listed old = bench.listing();
        bench.pass();
        bench.wait(SECOND);
        assertThat(bench.told.count("web Up")).isEqualTo(1);

        bench.handle(old);
        bench.finishWork();
        bench.wait(Duration.ofMinutes(1));

        assertThat(bench.starts).hasSize(1);
    }

    @Test
    void aListingThatIsOlderThanAnEventSaysNothing() {
        Box web = watched("web");
        web.crash(1);
        bench.finishWork();
        bench.wait(SECOND.multipliedBy(2));
        Signal.Listed running = bench.listing();
        web.stop();

        bench.handle(running);
        bench.finishWork();
        assertThat(bench.starts).hasSize(1);
        Signal.Listed stopped = bench.listing();
        web.start();
        bench.wait(SETTLE);
        bench.handle(stopped);
        bench.finishWork();

        assertThat(bench.starts).hasSize(1);
    }

    @Test
    void aLookThatIsOlderThanAnEventSaysNothingOfTheState() {
        bench.withEvents();
        Box web = bench.running("web");
        bench.handle(bench.listing());
        Signal.Inspected running =
                new Signal.Inspected(bench.now(), web.id, Optional.of(container(web, ContainerState.RUNNING)));
        web.crash(1);

        bench.handle(running);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void aListingThatIsOlderThanARemovalBringsNothingBack() {
        Box web = watched("web");
        web.crash(1);
        bench.finishWork();
        bench.wait(SECOND);
        web.crash(1);
        Signal.Listed old = bench.listing();
        web.remove();
        assertThat(bench.size()).isZero();

        bench.handle(old);
        bench.finishWork();

        assertThat(bench.size()).isZero();
        assertThat(bench.starts).hasSize(1);
    }

    @Test
    void whatBecameOfAStartIsToldThoughTheContainerIsGoneMeanwhile() {
        Box web = watched("web");
        web.crash(1);
        web.remove();
        bench.finishWork();

        assertThat(bench.told.facts()).endsWith("web Gone[]");
        assertThat(bench.starts).isEmpty();
        assertThat(bench.size()).isZero();
    }

    @Test
    void eventsOfContainersThatAreNotWatchedLeaveNoTrace() {
        watched("web");
        Box other = bench.running("other");
        other.crash(1);
        other.start();
        other.tell("oom");
        other.remove();

        assertThat(bench.size()).isEqualTo(1);
        assertThat(bench.work).isEmpty();
    }
}
