package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import watchdog.policy.Cause.Accident;
import watchdog.policy.Cause.Proof;

/** What each phase becomes by what is told or found; what watchdog does then is in {@link LifecycleTest}. */
class PhaseTest {

    private static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");
    private static final OptionalInt CODE = OptionalInt.of(137);
    private static final Cause TOLD_STOP = new Cause.Stop(new Proof.Told());

    /** Up for a minute. */
    private static final Phase UP = Up.begun(at(-60));

    private static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    private static Phase signalled(Phase phase, int signal, long seconds) {
        return phase.signalled(new Kill(signal, at(seconds)));
    }

    private static Phase signalledByWatchdog(long seconds) {
        return UP.signalled(new Kill(15, at(seconds)).by(true));
    }

    private static Phase died(Phase phase, long seconds) {
        return phase.died(CODE, true, at(seconds));
    }

    private static Phase foundDown(Phase phase, long since) {
        return phase.foundDown(Status.exited(CODE), at(since));
    }

    private static Down down(Cause cause) {
        return new Down(cause, T0, CODE);
    }

    private static Down stopped(Proof proof) {
        return down(new Cause.Stop(proof));
    }

    private static Cause cause(Phase phase) {
        assertThat(phase).isInstanceOf(Down.class);
        return ((Down) phase).cause();
    }

    private static Instant since(Phase phase) {
        return phase instanceof Down down ? down.since() : ((Up) phase).since();
    }

    private static Cause causeNamed(String name) {
        return name.equals("STOP") ? TOLD_STOP : Accident.valueOf(name);
    }

    private static Status exitedAt(long finishedAt) {
        return new Status(ContainerState.EXITED, Health.NONE, CODE, "", null, at(finishedAt), Duration.ZERO);
    }

    private static Status startedAt(ContainerState state, @Nullable Instant startedAt) {
        return new Status(state, Health.NONE, OptionalInt.empty(), "", startedAt, null, Duration.ZERO);
    }

    /** Why what ran is down, where its death is told. */
    @Nested
    class WhenItsDeathIsTold {

        @Test
        void isACrashIfNothingExplainsIt() {
            assertThat(died(UP, 5)).isEqualTo(new Down(Accident.CRASH, at(5), CODE));
        }

        @Test
        void isUnwitnessedIfTheEngineTellsNoSignals() {
            assertThat(cause(UP.died(CODE, false, T0))).isEqualTo(Accident.UNWITNESSED);
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

        @Test
        void aSignalThatComesLateDoesNotBringWatchdogsOwnDoingUp() {
            assertThat(signalled(down(Accident.OWN_RESTART), 9, 5)).isEqualTo(down(Accident.OWN_RESTART));
            assertThat(signalled(down(Accident.OWN_RESTART), 9, 6)).isInstanceOf(Up.class);
        }

        @Test
        void runsIfItIsSentASignal() {
            assertThat(cause(died(signalled(down(Accident.CRASH), 15, 5), 6))).isEqualTo(TOLD_STOP);
        }

        @Test
        void aDeathThatIsToldAfterItWasFoundDownIsACrash() {
            assertThat(died(down(Accident.UNWITNESSED), 1)).isEqualTo(new Down(Accident.CRASH, at(1), CODE));
            assertThat(cause(down(Accident.UNWITNESSED).died(CODE, false, at(1))))
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
        void isPausedOnlyIfItWasStarted() {
            assertThat(down(Accident.CRASH).paused(true, at(1)).status().state())
                    .isEqualTo(ContainerState.PAUSED);
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
            assertThat(doubted.stopped(at(4))).as("may be late").isEqualTo(doubted);
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
                assertThat(cause(phase.died(CODE, false, at(1)))).isEqualTo(Accident.UNWITNESSED);
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
