package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

/** What each phase becomes by what is told or found; why it is down then is in {@link CauseTest}. */
class PhaseTest extends PhaseBench {

    private static final Status RUNNING = Status.of(ContainerState.RUNNING);

    /** What runs, or is found running. */
    @Nested
    class OfWhatIsUp {

        private static Up up(Phase phase) {
            assertThat(phase).isInstanceOf(Up.class);
            return (Up) phase;
        }

        @Test
        void isBeingStoppedAsLongAsTheSignalMayTake() {
            Up signalled = up(signalled(UP, 15, 0));

            assertThat(signalled.isBeingStopped(T0)).isTrue();
            assertThat(signalled.isBeingStopped(at(900))).isTrue();
            assertThat(signalled.isBeingStopped(at(901))).isFalse();
            assertThat(up(UP).isBeingStopped(T0)).isFalse();
        }

        @Test
        void isNotBeingStoppedByWatchdogsOwnSignals() {
            assertThat(up(signalledByWatchdog(0)).isBeingStopped(at(1))).isFalse();
        }

        @Test
        void theEndOfAStopTellsWhatTheDeathAfterItWillBe() {
            assertThat(cause(died(UP.stopped(T0), 1))).isEqualTo(TOLD_STOP);
        }

        /** The events of the start before the signal were missed. */
        @Test
        void isBeingStoppedAlsoWhereItTurnsOutToBeOfANewRun() {
            Phase known = UP.foundUp(startedAt(ContainerState.RUNNING, at(-90)), at(-60));

            Phase anew = signalled(known, 15, -1).foundUp(startedAt(ContainerState.RUNNING, at(-30)), T0);

            assertThat(up(anew).isBeingStopped(at(1))).isTrue();
        }

        @Test
        void hasLastedOnceItWasUpForThatLong() {
            assertThat(up(UP).hasLasted(Duration.ofMinutes(1), at(-1))).isFalse();
            assertThat(up(UP).hasLasted(Duration.ofMinutes(1), T0)).isTrue();
        }

        @Test
        void hasBeenUpAllTheTimeIfItIsFoundUpWithTheSameStart() {
            Phase known = UP.foundUp(startedAt(ContainerState.RUNNING, at(-90)), at(-60));

            Phase again = signalled(known, 15, -1).foundUp(startedAt(ContainerState.RUNNING, at(-90)), T0);

            assertThat(since(again)).isEqualTo(at(-60));
            assertThat(up(again).isBeingStopped(T0)).isTrue();
        }

        @Test
        void wasStartedMeanwhileIfItIsFoundUpWithAnotherStart() {
            Phase known = UP.foundUp(startedAt(ContainerState.RUNNING, at(-90)), at(-60));

            Phase other = signalled(known, 15, -20).foundUp(startedAt(ContainerState.RUNNING, at(-10)), T0);

            assertThat(since(other)).isEqualTo(T0);
            assertThat(up(other).isBeingStopped(T0)).isFalse();
        }

        @Test
        void hasBeenUpAllTheTimeThroughAnOutageThatItSurvived() {
            Phase found = UP.engineGone(T0).foundUp(startedAt(ContainerState.RUNNING, null), at(10));

            assertThat(since(found)).isEqualTo(at(-60));
        }

        @Test
        void isNoLongerBeingStoppedIfItSurvivedTheEngine() {
            Phase found = signalled(UP, 15, 0)
                    .eventsEnded(at(1))
                    .engineGone(at(2))
                    .foundUp(startedAt(ContainerState.RUNNING, null), at(10));

            assertThat(up(found).isBeingStopped(at(10))).isFalse();
        }

        /** No engine was found, but its events go on. */
        @Test
        void isStillBeingStoppedIfItSurvivedTheEngineOnlySeemingly() {
            Phase found = signalled(UP, 15, 0).engineGone(at(1)).foundUp(RUNNING, at(2));

            assertThat(cause(died(found, 5))).isEqualTo(TOLD_STOP);
        }

        @Test
        void wasStartedMeanwhileAlsoIfAListingCameBetweenWhichTellsNoStart() {
            Phase known = UP.foundUp(startedAt(ContainerState.RUNNING, at(-90)), at(-60));

            Phase listed = known.foundUp(RUNNING, at(-30));

            assertThat(since(listed)).isEqualTo(at(-60));
            assertThat(since(listed.foundUp(startedAt(ContainerState.RUNNING, at(-10)), T0)))
                    .isEqualTo(T0);
        }

        @Test
        void aSignalThatMayHaveEndedItIsNotOfItsNextRun() {
            Phase next = died(signalled(UP, 10, 0), 1).foundUp(RUNNING, at(2));

            assertThat(cause(died(next, 3))).isEqualTo(Accident.CRASH);
        }

        /** Its next start was missed. */
        @Test
        void aSignalThatExplainsThatItWasFoundDownExplainsNoLaterDeath() {
            Phase down = foundDown(signalled(UP, 15, 0), 2).eventsEnded(at(3)).eventsBegun();

            assertThat(cause(died(down, 60))).isEqualTo(Accident.CRASH);
        }

        @Test
        void isPausedAndGoesOn() {
            assertThat(UP.paused(true, T0).status().state()).isEqualTo(ContainerState.PAUSED);
            assertThat(UP.paused(true, T0).paused(false, T0)).isEqualTo(UP);
        }

        @Test
        void aPauseAndItsHealthLeaveAllElseAsItWas() {
            Phase rich = signalled(UP.outOfMemory(T0), 15, 0).eventsEnded(at(1)).engineGone(at(2));

            assertThat(rich.paused(true, T0).paused(false, T0)).isEqualTo(rich);
            assertThat(rich.health(Health.HEALTHY).health(Health.NONE)).isEqualTo(rich);
        }

        @Test
        void hasItsNamespacesAgainOnceItIsStarted() {
            Phase lost = up(UP).with(Namespaces.of(Map.of("vpn", T0)).lostAt(at(1)));

            assertThat(up(lost.started(at(2))).namespaces().lostAt()).isNull();
            assertThat(up(lost.foundUp(startedAt(ContainerState.RUNNING, null), at(2)))
                            .namespaces()
                            .lostAt())
                    .isEqualTo(at(1));
        }
    }

    /** What has exited. */
    @Nested
    class OfWhatIsDown {

        @Test
        void runsAgainOnceItIsStarted() {
            assertThat(down(Accident.CRASH).started(at(1))).isEqualTo(Up.begun(at(1)));
        }

        @Test
        void hasBeenUpSinceItIsFoundUp() {
            assertThat(since(down(Accident.CRASH).foundUp(startedAt(ContainerState.RUNNING, null), at(40))))
                    .isEqualTo(at(40));
        }

        @Test
        void theEndOfAStopTellsWhatTheDeathBeforeItWas() {
            Down after = (Down) down(Accident.CRASH).stopped(at(1));

            assertThat(after).isEqualTo(down(TOLD_STOP));
        }

        @Test
        void theEndOfAStopTellsThatTooIfItsSignalIsToldAfterTheDeath() {
            assertThat(cause(signalled(down(Accident.CRASH), 15, 1).stopped(at(1))))
                    .isEqualTo(TOLD_STOP);
        }

        @Test
        void theSignalAndTheEndOfAStopThatAreToldLateChangeNothingOfIt() {
            Phase sure = stopped(new Proof.Sure(T0));

            assertThat(sure.stopped(at(1))).isEqualTo(sure);
            assertThat(signalled(sure, 9, 1).foundDown(exitedAt(0), at(5))).isEqualTo(sure);
        }

        /** The container was found down before its death was told. */
        @Test
        void theEndOfALaterRunIsNoStopThoughTheDeathInTheStopWasToldLate() {
            Phase stopped = foundDown(signalled(UP, 15, 0), 1).died(new Input.Died(at(1), CODE, true, true), at(2));

            assertThat(cause(stopped)).isInstanceOf(Cause.Stop.class);
            assertThat(cause(stopped.foundDown(exitedAt(5), at(9)))).isEqualTo(Accident.UNWITNESSED);
        }

        @Test
        void wantOfMemoryThatIsToldLateDoesNotBringItUp() {
            assertThat(down(Accident.CRASH).outOfMemory(at(1))).isEqualTo(down(Accident.CRASH));
        }

        @Test
        void watchdogsOwnDoingIsNoStopByItsEnd() {
            assertThat(down(Accident.OWN_RESTART).stopped(at(1))).isEqualTo(down(Accident.OWN_RESTART));
            assertThat(cause(died(down(Accident.OWN_RESTART), 1))).isEqualTo(Accident.OWN_RESTART);
        }

        /** It was sent TERM by a restart that failed, and died of it later. */
        @Test
        void aSignalOfARestartThatFailedIsNoOperatorsThoughItIsToldAfterTheDeath() {
            Phase dead = signalled(died(signalledByWatchdog(0), 20), 9, 21);

            assertThat(cause(foundDown(dead, 20))).isEqualTo(Accident.OWN_RESTART);
        }

        /** The restart had come to its end, though nobody answered, and its events are told only now. */
        @Test
        void watchdogsOwnDoingIsNoStopThoughItIsFoundUpBeforeThatIsTold() {
            Phase found = down(Accident.OWN_RESTART).foundUp(Status.of(ContainerState.RUNNING), at(1));

            assertThat(cause(died(signalled(found, 15, 2), 2).stopped(at(2)))).isEqualTo(Accident.UNWITNESSED);
            assertThat(cause(foundDown(found, 2))).isEqualTo(Accident.UNWITNESSED);
            assertThat(cause(foundDown(found, 2).stopped(at(3)))).isEqualTo(Accident.UNWITNESSED);
        }

        /** The container was up again and crashed, before the end of the stop in the restart was told. */
        @Test
        void watchdogsOwnDoingIsNoStopThoughTheNextRunIsOverToo() {
            Phase crashed = down(Accident.OWN_RESTART).foundDown(Status.exited(1), at(1));

            assertThat(cause(crashed.stopped(at(2)))).isInstanceOf(Accident.class);
            assertThat(cause(died(signalled(crashed, 15, 2), 2))).isInstanceOf(Accident.class);
        }

        @Test
        void aSignalThatComesLateDoesNotBringWatchdogsOwnDoingUp() {
            assertThat(signalled(down(Accident.OWN_RESTART), 9, 5)).isEqualTo(down(Accident.OWN_RESTART));
            assertThat(cause(died(signalled(down(Accident.OWN_RESTART), 9, 6), 7)))
                    .isEqualTo(TOLD_STOP);
        }

        @Test
        void anOperatorsSignalWellAfterWatchdogsOwnDoingIsOfTheRunThatItIsFoundIn() {
            Phase found = signalled(down(Accident.OWN_RESTART), 15, 6).foundUp(RUNNING, at(7));

            assertThat(cause(died(found, 8))).isEqualTo(TOLD_STOP);
        }

        @Test
        void theEndOfAStopWellAfterWatchdogsOwnDoingIsAnOperators() {
            Phase found = down(Accident.OWN_RESTART).foundUp(RUNNING, at(1));

            assertThat(cause(died(found, 10).stopped(at(11)))).isEqualTo(TOLD_STOP);
            assertThat(cause(foundDown(found, 30).stopped(at(31)))).isEqualTo(TOLD_STOP);
        }

        /** The engine may have started it when it was back. */
        @Test
        void isNotBeingStoppedByWhatWasSentBeforeTheEventsEndedIfItIsFoundUp() {
            Phase found = signalled(down(Accident.UNWITNESSED), 15, 1)
                    .eventsEnded(at(2))
                    .eventsBegun()
                    .foundUp(RUNNING, at(9));

            assertThat(cause(died(found, 10))).isEqualTo(Accident.CRASH);
        }

        @Test
        void hasDiedOfTheSignalThatItIsSentNext() {
            assertThat(cause(died(signalled(down(Accident.CRASH), 15, 5), 6))).isEqualTo(TOLD_STOP);
        }

        @Test
        void aDeathThatIsToldAfterItWasFoundDownIsACrash() {
            assertThat(died(down(Accident.UNWITNESSED), 1)).isEqualTo(new Down(Accident.CRASH, at(1), CODE));
            assertThat(cause(down(Accident.UNWITNESSED).died(new Input.Died(null, CODE, false, true), at(1))))
                    .isEqualTo(Accident.UNWITNESSED);
        }

        @Test
        void wentDownWithTheEngineThoughOneThatTellsNoSignalsTellsItsDeathAfterwards() {
            assertThat(down(Accident.OUTAGE).died(new Input.Died(null, CODE, false, true), at(1)))
                    .isEqualTo(new Down(Accident.OUTAGE, at(1), CODE));
        }

        @Test
        void aSecondDeathDoesNotUndoAStop() {
            assertThat(cause(died(down(TOLD_STOP), 3))).isEqualTo(TOLD_STOP);
            assertThat(died(stopped(new Proof.Sure(T0)), 3)).isEqualTo(stopped(new Proof.Sure(T0)));
        }

        @Test
        void hasRunMeanwhileIfItIsFoundToHaveEndedOtherwise() {
            assertThat(down(Accident.CRASH).foundDown(Status.exited(1), at(9)))
                    .isEqualTo(new Down(Accident.UNWITNESSED, at(9), OptionalInt.of(1)));
        }

        @Test
        void keepsItsCodeIfItIsFoundDownWithoutOne() {
            assertThat(down(Accident.CRASH).foundDown(Status.exited(OptionalInt.empty()), at(6)))
                    .isEqualTo(down(Accident.CRASH));
        }

        @Test
        void isDownSinceItWasFirstFoundSoThoughASignalMayHaveEndedIt() {
            Phase found = foundDown(signalled(UP, 1, 0), 2);

            assertThat(since(foundDown(found, 30))).isEqualTo(at(2));
        }

        @Test
        void keepsItsCauseWhileTheEngineIsAboutToStartIt() {
            Phase restarting = down(Accident.CRASH).found(Status.of(ContainerState.RESTARTING), at(1));

            assertThat(restarting.status().state()).isEqualTo(ContainerState.RESTARTING);
            assertThat(cause(restarting)).isEqualTo(Accident.CRASH);
            assertThat(restarting.foundDown(Status.exited(CODE), at(2))).isEqualTo(down(Accident.CRASH));
        }

        @Test
        void isNotBroughtUpByAPauseWhichIsToldLate() {
            assertThat(down(Accident.CRASH).paused(true, at(1))).isEqualTo(down(Accident.CRASH));
        }
    }

    /** There is no engine. */
    @Nested
    class EngineGone {

        @Test
        void explainsWhatWasFoundDownBefore() {
            assertThat(down(Accident.UNWITNESSED).engineGone(at(1))).isEqualTo(down(Accident.OUTAGE));
        }

        @Test
        void explainsItRatherThanASignalFromBeforeTheEventsEnded() {
            Phase signalled = signalled(down(Accident.UNWITNESSED), 15, 1).eventsEnded(at(2));

            assertThat(cause(foundDown(signalled.engineGone(at(3)), 10))).isEqualTo(Accident.OUTAGE);
        }

        /** The run after watchdog's own restart was found to be over, and the end of the stop in that restart is told yet. */
        @Test
        void explainsItWhateverIsToldOfWatchdogsOwnRestartYet() {
            Phase gone = down(Accident.OWN_RESTART)
                    .foundDown(Status.exited(1), at(1))
                    .engineGone(at(2));

            assertThat(cause(gone.stopped(at(3)))).isEqualTo(Accident.OUTAGE);
            assertThat(cause(gone.foundDown(Status.exited(1), at(10)))).isEqualTo(Accident.OUTAGE);
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNWITNESSED")
        void doesNotExplainWhatWasSeenToGoDownBefore(Accident cause) {
            assertThat(down(cause).engineGone(at(1))).isEqualTo(down(cause));
        }
    }

    /** What has not run, or is in a state in which nothing is done. */
    @Nested
    class Otherwise {

        @ParameterizedTest
        @CsvSource({
            "RUNNING, RUNNING",
            "PAUSED, PAUSED",
            "EXITED, EXITED",
            "CREATED, CREATED",
            "RESTARTING, RESTARTING",
            "REMOVING, REMOVING",
            "DEAD, DEAD",
            "UNKNOWN, UNKNOWN",
        })
        void isWhatItIsFoundToBe(ContainerState seen, ContainerState state) {
            for (Phase phase :
                    Set.of(UP, down(Accident.CRASH), new Created(""), new Elsewhere(ContainerState.UNKNOWN))) {
                assertThat(phase.found(Status.of(seen), T0).status().state()).isEqualTo(state);
            }
        }

        @Test
        void isDownForAsLongAsItIsFoundToBe() {
            Status downFor = Status.exited(1).withDownFor(Duration.ofSeconds(30));

            assertThat(since(UP.found(downFor, T0))).isEqualTo(at(-30));
        }

        @Test
        void whatWasCreatedTellsWhyItsStartHasFailed() {
            Status created = new Status(
                    ContainerState.CREATED,
                    Health.NONE,
                    OptionalInt.of(128),
                    "port is taken",
                    null,
                    null,
                    Duration.ZERO);

            assertThat(UP.found(created, T0)).isEqualTo(new Created("port is taken"));
        }

        @Test
        void hasRunIfItsDeathOrASignalIsTold() {
            for (Phase phase : Set.of(new Created(""), new Elsewhere(ContainerState.RESTARTING))) {
                assertThat(cause(died(phase, 1))).isEqualTo(Accident.CRASH);
                assertThat(cause(phase.died(new Input.Died(null, CODE, false, true), at(1))))
                        .isEqualTo(Accident.UNWITNESSED);
                assertThat(cause(died(signalled(phase, 15, 0), 1))).isEqualTo(TOLD_STOP);
                assertThat(cause(died(phase.stopped(T0), 1))).isEqualTo(TOLD_STOP);
            }
        }

        @Test
        void whatIsNotKnownYetRunsIfThatIsTold() {
            Phase unknown = new Elsewhere(ContainerState.UNKNOWN);

            assertThat(cause(died(unknown.outOfMemory(T0), 1))).isEqualTo(Accident.OUT_OF_MEMORY);
            assertThat(unknown.paused(true, T0).status().state()).isEqualTo(ContainerState.PAUSED);
            assertThat(unknown.started(T0)).isEqualTo(Up.begun(T0));
        }
    }
}
