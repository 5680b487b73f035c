package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import watchdog.policy.Cause.Accident;
import watchdog.policy.Cause.Proof;

/** Why what ran is down, by what is told or found; what watchdog does then is in {@link LifecycleTest}. */
class CauseTest extends PhaseBench {

    /** Why what ran is down, where its death is told. */
    @Nested
    class WhenItsDeathIsTold {

        @Test
        void isACrashIfNothingExplainsIt() {
            assertThat(died(UP, 5)).isEqualTo(new Down(Accident.CRASH, at(5), CODE));
        }

        @Test
        void isUnwitnessedIfTheEngineTellsNoSignals() {
            assertThat(cause(UP.died(new Input.Died(null, CODE, false, true), T0)))
                    .isEqualTo(Accident.UNWITNESSED);
        }

        @ParameterizedTest(name = "signal {0}, died {1} s later: {2}")
        @CsvSource({
            "15, 0, STOP",
            "15, 10, STOP",
            "15, 900, STOP",
            "15, 901, CRASH",
            "0, 900, STOP",
            "10, 12, UNWITNESSED",
            "10, 13, CRASH",
            "1, 2, UNWITNESSED",
            "1, 3, CRASH",
            "1, 3600, CRASH",
        })
        void mayBeAnOperatorsStopAsLongAsItsSignalExplainsIt(int signal, long later, String cause) {
            assertThat(cause(died(signalled(UP, signal, 0), later))).isEqualTo(causeNamed(cause));
        }

        @ParameterizedTest(name = "{0} at 0 s, {1} at 5 s, died at {2} s: {3}")
        @CsvSource({
            "15, 1, 10, STOP",
            "1, 15, 10, STOP",
            "15, 9, 904, STOP",
            "1, 1, 7, UNWITNESSED",
            "1, 1, 8, CRASH",
            "10, 1, 9, UNWITNESSED",
        })
        void countsTheSignalThatExplainsForLonger(int first, int second, long death, String cause) {
            Phase twice = signalled(signalled(UP, first, 0), second, 5);

            assertThat(cause(died(twice, death))).isEqualTo(causeNamed(cause));
        }

        @ParameterizedTest(name = "died {0} s after the want of memory: {1}")
        @CsvSource({"0, OUT_OF_MEMORY", "10, OUT_OF_MEMORY", "11, CRASH"})
        void comesOfTheWantOfMemoryIfThatWasJustBefore(long later, Accident cause) {
            assertThat(cause(died(UP.outOfMemory(T0), later))).isEqualTo(cause);
        }

        @Test
        void isAStopRatherThanWantOfMemory() {
            assertThat(cause(died(signalled(UP.outOfMemory(T0), 15, 0), 1))).isEqualTo(TOLD_STOP);
        }

        @Test
        void isWatchdogsOwnDoingIfItSentTheSignal() {
            assertThat(cause(died(signalledByWatchdog(0), 3))).isEqualTo(Accident.OWN_RESTART);
        }

        @Test
        void isAStopIfAnOperatorSentASignalWellAfterWatchdogDid() {
            assertThat(cause(died(signalled(signalledByWatchdog(0), 15, 5), 6))).isEqualTo(Accident.OWN_RESTART);
            assertThat(cause(died(signalled(signalledByWatchdog(0), 15, 6), 7))).isEqualTo(TOLD_STOP);
        }

        @Test
        void isExplainedByASignalThoughTheEventsHadEndedMeanwhile() {
            assertThat(cause(died(signalled(UP, 15, 0).eventsEnded(at(1)), 2))).isEqualTo(TOLD_STOP);
        }

        @Test
        void isExplainedByTheStopSignalThatOnlyAnInspectionTells() {
            Setup stopsByUsr1 = new Setup(Map.of(), List.of(), "", false, "SIGUSR1", null);
            Phase signalled = signalled(UP, 10, 0);

            assertThat(cause(died(signalled, 2))).isEqualTo(Accident.UNWITNESSED);
            assertThat(cause(died(signalled.createdWith(stopsByUsr1), 2))).isEqualTo(TOLD_STOP);
        }

        @Test
        void isNotExplainedByWhatWasBeforeTheLastStart() {
            assertThat(cause(died(signalled(UP, 15, 0).started(at(1)), 2))).isEqualTo(Accident.CRASH);
            assertThat(cause(died(UP.outOfMemory(T0).started(at(1)), 2))).isEqualTo(Accident.CRASH);
        }
    }

    /** Why what ran is down, where it is only found so. */
    @Nested
    class WhenItIsFoundDown {

        @Test
        void nobodySawWhy() {
            assertThat(foundDown(UP, -30)).isEqualTo(new Down(Accident.UNWITNESSED, at(-30), CODE));
            assertThat(cause(foundDown(new Elsewhere(ContainerState.UNKNOWN), 0)))
                    .isEqualTo(Accident.UNWITNESSED);
        }

        @Test
        void aSignalThatWasSeenExplainsIt() {
            assertThat(cause(foundDown(signalled(UP, 15, 0), 5))).isEqualTo(TOLD_STOP);
        }

        @Test
        void aSignalThatCameToNothingDoesNot() {
            assertThat(cause(foundDown(signalled(UP, 1, 0), 5))).isEqualTo(Accident.UNWITNESSED);
        }

        @Test
        void aSignalByWatchdogMakesItItsOwnDoing() {
            assertThat(cause(foundDown(signalledByWatchdog(0), 5))).isEqualTo(Accident.OWN_RESTART);
            assertThat(cause(foundDown(signalledByWatchdog(0).eventsEnded(at(1)), 5)))
                    .isEqualTo(Accident.OWN_RESTART);
        }

        @Test
        void aSignalFromBeforeTheEventsEndedDoesNotExplainIt() {
            Phase afterwards =
                    signalled(UP, 15, -30).eventsEnded(at(-20)).foundUp(startedAt(ContainerState.RUNNING, null), T0);

            assertThat(cause(foundDown(afterwards, 5))).isEqualTo(Accident.UNWITNESSED);
        }

        @Test
        void theEngineTookItDownIfItHadGone() {
            assertThat(foundDown(UP.engineGone(T0), 6)).isEqualTo(new Down(Accident.OUTAGE, at(6), CODE));
        }

        @ParameterizedTest(name = "down since {0} s after the events ended: {1}")
        @CsvSource({"-3, UNWITNESSED", "-2, OUTAGE", "0, OUTAGE", "3, OUTAGE", "60, UNWITNESSED"})
        void theEngineTookItDownIfTheEventsEndedAtThatTime(long later, Accident cause) {
            assertThat(cause(foundDown(UP.eventsEnded(T0), later))).isEqualTo(cause);
        }

        @Test
        void nobodySawWhyIfASignalAndTheEndOfTheEventsMayBothExplainIt() {
            assertThat(cause(foundDown(signalled(UP, 15, 0).eventsEnded(at(1)), 2)))
                    .isEqualTo(Accident.UNWITNESSED);
        }

        @Test
        void theEngineDidNotTakeDownWhatWasSeenUpSince() {
            Status running = startedAt(ContainerState.RUNNING, null);

            assertThat(cause(foundDown(UP.engineGone(T0).foundUp(running, at(1)), 2)))
                    .isEqualTo(Accident.UNWITNESSED);
            assertThat(cause(foundDown(UP.eventsEnded(T0).foundUp(running, at(1)), 2)))
                    .isEqualTo(Accident.UNWITNESSED);
        }

        @ParameterizedTest(name = "signal {0}, found to be down since {1} s: {2}")
        @CsvSource({"15, 6, STOP", "1, 1, UNWITNESSED", "1, 6, OUTAGE"})
        void aSignalExplainsMoreThanTheEnginesAbsence(int signal, long since, String cause) {
            assertThat(cause(foundDown(signalled(UP, signal, 0).engineGone(at(3)), since)))
                    .isEqualTo(causeNamed(cause));
        }

        @Test
        void whatWasBeingStoppedWentDownWithTheEngineIfTheEventsHadEnded() {
            Phase beingStopped = signalled(UP, 15, 0).engineGone(at(1));
            assertThat(cause(foundDown(beingStopped, 2))).isEqualTo(TOLD_STOP);

            Phase untold = beingStopped.eventsEnded(at(1)).engineGone(at(2));
            assertThat(cause(foundDown(untold, 2))).isEqualTo(Accident.OUTAGE);
        }

        @Test
        void aSignalThatIsToldAfterTheEngineHadGoneShowsThatItWasUpThen() {
            Phase signalled = signalled(UP.engineGone(T0), 1, 5);

            assertThat(cause(foundDown(signalled, 30))).isEqualTo(Accident.UNWITNESSED);
        }

        @ParameterizedTest
        @EnumSource
        void whatWasSeenBeforeStaysSo(Accident cause) {
            assertThat(foundDown(down(cause), 6)).isEqualTo(down(cause));
        }

        @Test
        void anExitCodeThatWasNotToldIsTakenFromThat() {
            assertThat(foundDown(new Down(Accident.CRASH, T0, OptionalInt.empty()), 6))
                    .isEqualTo(down(Accident.CRASH));
        }
    }

    /** How sure an operator's stop is. */
    @Nested
    class Stop {

        @Test
        void isSureOnceTheEngineAnswersAfterIt() {
            assertThat(down(TOLD_STOP).isStopPending()).isTrue();
            assertThat(down(TOLD_STOP).proven(at(1))).isEqualTo(stopped(new Proof.Sure(at(1))));
            assertThat(down(TOLD_STOP).proven(at(1)).isStopPending()).isFalse();
        }

        @Test
        void nothingElseIsProvenToBeOne() {
            for (Accident accident : Accident.values()) {
                assertThat(down(accident).proven(at(1))).isEqualTo(down(accident));
            }
        }

        @Test
        void staysPendingWhileItIsOnlyFoundDown() {
            assertThat(down(TOLD_STOP).foundDown(exitedAt(1), at(1))).isEqualTo(down(TOLD_STOP));
        }

        @Test
        void isOfTheRunThatHadFinishedByTheTimeOfItsDeath() {
            assertThat(stopped(new Proof.Told(T0)).foundDown(exitedAt(0), at(1)))
                    .isEqualTo(stopped(new Proof.Told(T0)));
            assertThat(cause(stopped(new Proof.Told(T0)).foundDown(exitedAt(1), at(1))))
                    .isEqualTo(Accident.UNWITNESSED);
        }

        @Test
        void isNoneForSureIfItIsNotProvenByTheTimeTheEventsEnd() {
            Phase unproven = down(TOLD_STOP).eventsEnded(at(2));

            assertThat(cause(unproven)).isEqualTo(Accident.UNWITNESSED);
            assertThat(cause(unproven.engineGone(at(3)))).isEqualTo(Accident.OUTAGE);
        }

        @Test
        void staysSureWhenTheEventsEndAndWhenTheEngineGoes() {
            Phase sure = stopped(new Proof.Sure(T0));

            assertThat(sure.eventsEnded(at(1))).isEqualTo(sure);
            assertThat(cause(sure.engineGone(at(1)))).isInstanceOf(Cause.Stop.class);
        }

        @Test
        void isDoubtedOnceNobodyToldForAWhile() {
            Phase doubted = stopped(new Proof.Doubted(T0));

            assertThat(stopped(new Proof.Sure(T0)).eventsBegun()).isEqualTo(doubted);
            assertThat(stopped(new Proof.Sure(T0)).engineGone(at(1))).isEqualTo(stopped(new Proof.Sure(T0)));
            assertThat(down(TOLD_STOP).eventsBegun()).isEqualTo(down(TOLD_STOP));
        }

        @Test
        void isSureAgainIfItIsFoundToHaveFinishedThen() {
            assertThat(stopped(new Proof.Doubted(T0)).foundDown(exitedAt(0), at(9)))
                    .isEqualTo(stopped(new Proof.Sure(T0)));
        }

        @Test
        void isSureAgainIfOnlyNowItIsFoundWhenItFinished() {
            assertThat(stopped(new Proof.Doubted(null)).foundDown(exitedAt(5), at(9)))
                    .isEqualTo(stopped(new Proof.Sure(at(5))));
        }

        @Test
        void isNoneIfItIsFoundToHaveFinishedAtAnotherTime() {
            for (Proof proof : Set.of(new Proof.Doubted(T0), new Proof.Sure(T0))) {
                assertThat(stopped(proof).foundDown(exitedAt(5), at(9)))
                        .isEqualTo(new Down(Accident.UNWITNESSED, at(9), CODE));
            }
        }

        @Test
        void whileItIsDoubtedADeathIsThatOfALaterRun() {
            Phase doubted = stopped(new Proof.Doubted(T0));

            assertThat(died(doubted, 5)).isEqualTo(new Down(Accident.CRASH, at(5), CODE));
            assertThat(cause(died(doubted.outOfMemory(at(4)), 5))).isEqualTo(Accident.OUT_OF_MEMORY);
            assertThat(cause(died(doubted.stopped(at(4)), 5))).isEqualTo(TOLD_STOP);
        }
    }
}
