package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import watchdog.policy.RestartMode;

/** What an operator has stopped stays down, beyond watchdog's own end. */
class UnlessStoppedTest extends SupervisorBench {

    @Test
    void aStopIsLeftForGoodAndToldOnce() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();

        bench.watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.left()).containsExactly("web: it is running", "web: an operator stopped it");
    }

    @Test
    void aStopIsRememberedAsSoonAsTheEngineHasAnsweredAndForgottenWithTheNextStart() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        assertThat(bench.memory.stopped).isEmpty();

        bench.finishWork();
        assertThat(bench.memory.stopped)
                .containsEntry(web.id, web.is.finishedAt())
                .hasSize(1);

        web.start();
        assertThat(bench.memory.stopped).isEmpty();
        web.crash(1);
        bench.finishWork();
        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void aStopIsRememberedThoughTheEngineDoesNotAnswerAtOnce() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        web.cannotBeLookedAt();
        bench.pass();
        web.canBeLookedAt();

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.memory.stopped).containsKey(web.id);
    }

    @Test
    void aStopIsForgottenWithItsContainer() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        bench.pass();

        web.remove();

        assertThat(bench.memory.stopped).isEmpty();
    }

    @Test
    void aStopIsForgottenWithItsContainerThoughNoEventToldOfIt() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        bench.pass();
        bench.eventsEnd();

        web.remove();
        bench.pass();

        assertThat(bench.memory.stopped).isEmpty();
    }

    @Test
    void whatIsRememberedIsLeftByTheNextWatchdog() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        bench.pass();
        bench.restartWatchdog();

        bench.withEvents().watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.left()).endsWith("web: an operator stopped it");
        assertThat(bench.memory.stopped).containsKey(web.id);
    }

    /** It has run, and ended, while no watchdog was there to see. */
    @Test
    void whatHasEndedAnotherTimeSinceItWasRememberedIsStarted() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        bench.pass();
        bench.restartWatchdog();
        web.start();
        web.crash(1);

        bench.wait(SETTLE.multipliedBy(2));
        bench.pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void whatIsNotRememberedIsStarted() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        bench.exited("web", 143);

        bench.pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void theLabelOfAContainerOverridesThePolicyForIt() {
        Box web = bench.running("web").label("watchdog.policy", "unless-stopped");
        Box api = bench.running("api");
        bench.withEvents().pass();

        web.stop();
        api.stop();
        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).containsExactly("api");
    }

    @Test
    void aCrashIsAnsweredAllTheSame() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        watched("web").crash(0);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
    }
}
