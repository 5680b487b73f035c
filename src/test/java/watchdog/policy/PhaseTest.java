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
