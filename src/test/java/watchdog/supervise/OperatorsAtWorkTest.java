package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.ContainerState;
import watchdog.policy.RestartMode;

/** People at work, who must not be hindered. */
class OperatorsAtWorkTest extends SupervisorBench {

    @Test
    void aStopIsLeftUntilALookConfirmsItAndItHasSettled() {
        Box web = watched("web");
        web.stop();

        bench.wait(SETTLE.multipliedBy(2));
        assertThat(bench.starts).as("before it is inspected").isEmpty();
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.told.facts()).contains("start web: an operator stopped it, but its policy is always");
    }

    @Test
    void aStopThatIsConfirmedIsStillLeftUntilItHasSettled() {
        Box web = watched("web");
        web.stop();

        for (Duration since = Duration.ZERO; since.compareTo(SETTLE) < 0; since = since.plus(SECOND)) {
            bench.pass();
            assertThat(bench.starts).as("after %s", since).isEmpty();
            bench.wait(SECOND);
        }
        bench.pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void itDoesNotMatterWhetherTheStopIsToldBeforeTheDeath() {
        Box web = watched("web");
        web.tell("kill", "signal", "15");
        web.tell("stop");
        web.crash(143);
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void aStopOfWhichOnlyTheEndIsToldIsAStop() {
        Box web = watched("web");
        web.tell("stop");
        web.crash(143);
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "15", "2", ""})
    void aKillIsAStop(String signal) {
        Box web = watched("web");
        web.tell("kill", "signal", signal);
        web.crash(137);
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIGUSR1", "USR1", "10"})
    void aSignalThatTheImageStopsByIsAStopHoweverLongItTakes(String stopSignal) {
        Box web = bench.running("web");
        web.stopSignal = stopSignal;
        bench.withEvents().pass();
        web.tell("kill", "signal", "10");
        bench.watch(Duration.ofMinutes(1));

        web.crash(0);
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void thatTheImageStopsByASignalMayBeKnownOnlyAfterIt() {
        Box web = bench.running("web").cannotBeLookedAt();
        web.stopSignal = "SIGUSR1";
        bench.withEvents().pass();
        web.tell("kill", "signal", "10");
        web.canBeLookedAt();
        bench.watch(Duration.ofMinutes(1));

        web.crash(0);
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
    }

    /** Podman tells of no signal when a container is stopped, so that each death may be an operator's act. */
    @Test
    void whereADeathDoesNotTellWhyItIsLeftUntilItHasSettled() {
        Box web = watched("web").onPodman();
        web.crash(143);
        bench.finishWork();
        bench.wait(SETTLE.minus(SECOND));
        bench.pass();
        assertThat(bench.starts).isEmpty();

        bench.wait(SECOND);
        bench.pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void whereItIsKnownThatNobodyStoppedItItIsStartedAtOnce() {
        Box web = watched("web").onPodmanThatSays(false);
        web.crash(137);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.told.facts()).contains("start web: it was killed (SIGKILL, 137)");
    }

    @Test
    void whereItIsKnownThatSomebodyStoppedItItIsLeftDown() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web").onPodmanThatSays(true);
        web.crash(143);
        bench.finishWork();
        bench.wait(SETTLE.multipliedBy(2));
        bench.pass();

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void aRestartIsNotInterferedWith() {
        Box web = watched("web");
        for (int round = 0; round < 100; round++) {
            web.restart();
            bench.finishWork();
            bench.wait(SECOND);
            bench.pass();
        }

        assertThat(bench.starts).isEmpty();
        assertThat(bench.restarts).isEmpty();
        assertThat(bench.told.facts()).containsExactly("missing api,db-*");
    }

    @Test
    void stopAndRemoveAndRunAgainIsNotInterferedWith() {
        watched("web");
        for (int round = 0; round < 100; round++) {
            Box web = bench.running("web");
            web.tell("create");
            web.tell("start");
            bench.finishWork();
            web.stop();
            bench.pass();
            bench.wait(SECOND);
            web.remove();
            bench.pass();
        }

        assertThat(bench.starts).isEmpty();
        assertThat(bench.size()).isEqualTo(1);
    }

    @Test
    void aContainerMadeAnewUnderTheSameNameDoesNotInheritWhatWaited() {
        Box web = watched("web").diesAfterStart();
        web.crash(1);
        bench.finishWork();
        assertThat(bench.nextDeadline()).isPresent();

        web.remove();
        assertThat(bench.nextDeadline()).isEmpty();
        Box anew = bench.running("web");
        anew.tell("create");
        anew.tell("start");
        bench.finishWork();
        bench.wait(Duration.ofMinutes(10));
        assertThat(bench.starts).hasSize(1);

        anew.crash(1);
        bench.finishWork();
        assertThat(bench.starts).as("at once, as for the first time").hasSize(2);
    }

    @Test
    void aStopWhileOurStartIsUnderWayIsLeft() {
        Box web = watched("web");
        web.crash(1);
        bench.finishWork();

        web.stop();
        bench.wait(SETTLE.minus(SECOND));

        assertThat(bench.starts).hasSize(1);
    }

    @Test
    void aStopRightAfterACrashIsSeenRightBeforeTheStart() {
        Box web = watched("web");
        web.crash(1);

        web.remove();
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void aPauseIsLeft() {
        Box web = watched("web");
        web.inState(ContainerState.PAUSED);
        web.tell("pause");
        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.left()).endsWith("web: somebody paused it");
    }

    @Test
    void aStartAfterAStopForgetsTheBackOff() {
        Box web = watched("web");
        web.crash(1);
        bench.finishWork();
        bench.wait(SECOND);
        web.stop();
        web.start();
        bench.wait(SECOND);

        web.crash(1);
        bench.finishWork();

        assertThat(bench.starts).hasSize(2);
    }
}
