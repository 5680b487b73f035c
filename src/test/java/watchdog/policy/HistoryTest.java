package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a history makes of what it is told; how the engine's events tell it is in the timelines. */
class HistoryTest {

    private static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");
    private static final double NO_JITTER = 0.5;

    private final History history = new History(Rules.DEFAULT);

    private static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(history.exit()).isEqualTo(Exit.NONE);
        assertThat(history.lostStarts()).isZero();
        assertThat(history.nextStart()).isEqualTo(Instant.MIN);
        assertThat(history.nextRestart(Instant.MIN)).isEqualTo(Instant.MIN);
        assertThat(history.networkLostAt()).isNull();
        assertThat(history.isOrphan()).isFalse();
        assertThat(history.isCrashLoop()).isFalse();
        assertThat(history.isBeingStopped(T0)).isFalse();
        assertThat(history.isSettled(T0)).isFalse();
    }

    @Test
    void aDeathThatNothingExplainsIsACrash() {
        history.up(T0);
        history.died(at(5));

        assertThat(history.exit()).isEqualTo(Exit.CRASH);
        assertThat(history.down(at(7))).isEqualTo(Duration.ofSeconds(2));
        assertThat(history.nextStart()).isEqualTo(at(5));
    }

    @ParameterizedTest(name = "signal {0}, died {1} s later: {2}")
    @CsvSource({
        "15, 0, PERHAPS_STOPPED",
        "15, 10, PERHAPS_STOPPED",
        "15, 900, PERHAPS_STOPPED",
        "15, 901, CRASH",
        "0, 900, PERHAPS_STOPPED",
        "10, 12, UNSEEN",
        "10, 13, CRASH",
        "1, 2, UNSEEN",
        "1, 3, CRASH",
        "1, 3600, CRASH",
    })
    void aDeathThatASignalExplainsMayBeAStop(int signal, long later, Exit exit) {
        history.up(at(-60));
        history.killed(new Kill(signal, T0));
        history.died(at(later));

        assertThat(history.exit()).isEqualTo(exit);
    }

    @Test
    void aSignalIsForgottenOnceItHasBeenStartedAgain() {
        history.killed(new Kill(15, T0));
        history.died(at(1));
        history.up(at(2));
        history.died(at(3));

        assertThat(history.exit()).isEqualTo(Exit.CRASH);
    }

    @Test
    void itIsBeingStoppedAsLongAsTheSignalMayTake() {
        history.up(at(-60));
        history.killed(new Kill(15, T0));

        assertThat(history.isBeingStopped(T0)).isTrue();
        assertThat(history.isBeingStopped(at(900))).isTrue();
        assertThat(history.isBeingStopped(at(901))).isFalse();
    }

    @ParameterizedTest(name = "died {0} s after the want of memory: {1}")
    @CsvSource({"0, OUT_OF_MEMORY", "10, OUT_OF_MEMORY", "11, CRASH"})
    void aDeathSoonAfterTheWantOfMemoryComesOfIt(long later, Exit exit) {
        history.up(at(-60));
        history.outOfMemory(T0);
        history.died(at(later));

        assertThat(history.exit()).isEqualTo(exit);
    }

    @ParameterizedTest(name = "{0} at 0 s, {1} at 5 s, died at {2} s: {3}")
    @CsvSource({
        "15, 1, 10, PERHAPS_STOPPED",
        "1, 15, 10, PERHAPS_STOPPED",
        "15, 9, 904, PERHAPS_STOPPED",
        "1, 1, 7, UNSEEN",
        "1, 1, 8, CRASH",
        "10, 1, 9, UNSEEN",
    })
    void ofTwoSignalsTheOneThatExplainsForLongerCounts(int first, int second, long death, Exit exit) {
        history.up(at(-60));
        history.killed(new Kill(first, T0));
        history.killed(new Kill(second, at(5)));
        history.died(at(death));

        assertThat(history.exit()).isEqualTo(exit);
    }

    @Test
    void theWantOfMemoryIsForgottenOnceItHasBeenStartedAgain() {
        history.outOfMemory(T0);
        history.died(at(1));
        history.up(at(2));
        history.died(at(3));

        assertThat(history.exit()).isEqualTo(Exit.CRASH);
    }

    @Test
    void aSignalExplainsMoreThanTheWantOfMemory() {
        history.outOfMemory(T0);
        history.killed(new Kill(15, T0));
        history.died(at(1));

        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
    }

    @Test
    void theEndOfAStopTellsWhatTheDeathBeforeItWas() {
        history.up(at(-60));
        history.died(T0);
        history.stopped(at(1));

        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
    }

    @Test
    void theEndOfAStopTellsWhatTheDeathAfterItWillBe() {
        history.up(at(-60));
        history.stopped(T0);
        assertThat(history.exit()).isEqualTo(Exit.NONE);
        history.died(at(1));

        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
    }

    @Test
    void nobodySawWhyItWasFoundDown() {
        history.foundDown(at(-30));

        assertThat(history.exit()).isEqualTo(Exit.UNSEEN);
        assertThat(history.down(T0)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aSignalThatWasSeenExplainsWhyItWasFoundDown() {
        history.up(at(-60));
        history.killed(new Kill(15, T0));
        history.foundDown(at(5));

        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
    }

    @Test
    void aSignalDoesNotExplainWhyItWasFoundDownAfterTheEventsHadEnded() {
        history.up(at(-60));
        history.killed(new Kill(15, T0));
        history.unwitnessed();
        history.foundDown(at(5));
        assertThat(history.exit()).isEqualTo(Exit.UNSEEN);

        history.up(at(10));
        history.killed(new Kill(15, at(11)));
        history.foundDown(at(12));
        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
    }

    @ParameterizedTest(name = "signal {0}, found to be down since {1} s: {2}, for {3} s")
    @CsvSource({"15, 6, PERHAPS_STOPPED, 4", "1, 1, UNSEEN, 9", "1, 6, OUTAGE, 7"})
    void aSignalThatWasSeenExplainsMoreThanAnOutage(int signal, long since, Exit exit, long down) {
        history.up(at(-60));
        history.killed(new Kill(signal, T0));
        history.outage(at(3));
        history.foundDown(at(since));

        assertThat(history.exit()).isEqualTo(exit);
        assertThat(history.down(at(10))).isEqualTo(Duration.ofSeconds(down));
    }

    @Test
    void whatIsSentASignalWhileTheEngineDoesNotAnswerWasUpUntilThen() {
        history.up(at(-60));
        history.outage(T0);
        history.killed(new Kill(15, at(5)));
        history.outage(at(5));
        assertThat(history.exit()).isEqualTo(Exit.NONE);

        history.outage(at(5 + 901));
        assertThat(history.exit()).isEqualTo(Exit.OUTAGE);
    }

    @Test
    void aSignalDoesNotUndoWhatWasSeenBefore() {
        history.died(T0);
        history.killed(new Kill(15, at(5)));
        history.foundDown(at(6));

        assertThat(history.exit()).isEqualTo(Exit.CRASH);
        assertThat(history.down(at(10))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsBeingStoppedGoesDownWithTheEngineOnceItsEventsHaveEnded() {
        history.up(at(-60));
        history.killed(new Kill(15, T0));
        history.outage(at(1));
        assertThat(history.exit()).isEqualTo(Exit.NONE);

        history.unwitnessed();
        history.outage(at(2));
        assertThat(history.exit()).isEqualTo(Exit.OUTAGE);
    }

    @Test
    void anOutageDoesNotBecomeAnythingElseByBeingFoundDown() {
        history.up(at(-60));
        history.outage(T0);
        history.foundDown(at(6));

        assertThat(history.exit()).isEqualTo(Exit.OUTAGE);
        assertThat(history.down(at(10))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theEndOfAStopInAnOutageIsWhenItWentDown() {
        history.up(at(-60));
        history.outage(T0);
        history.stopped(at(6));
        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
        assertThat(history.down(at(10))).isEqualTo(Duration.ofSeconds(4));

        history.up(at(20));
        history.died(at(30));
        history.stopped(at(31));
        assertThat(history.down(at(40))).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest(name = "up for {0} s")
    @CsvSource({"59, 1", "60, 0"})
    void triesAreForgottenWhereItHadStayedUpBeforeTheOutage(long up, int lostStarts) {
        history.died(at(-1));
        history.startAccepted(T0);
        history.up(T0);
        history.outage(at(up));

        assertThat(history.lostStarts()).isEqualTo(lostStarts);
    }

    @Test
    void aSignalFromBeforeTheLastStartDoesNotExplainWhyItWasFoundDown() {
        history.killed(new Kill(15, T0));
        history.died(at(1));
        history.up(at(2));
        history.foundDown(at(5));

        assertThat(history.exit()).isEqualTo(Exit.UNSEEN);
    }

    @Test
    void aStopThatIsSureStaysSoWhenItIsFoundDown() {
        history.killed(new Kill(15, T0));
        history.died(at(1));
        history.confirmed(at(2));
        history.foundDown(at(3));

        assertThat(history.exit()).isEqualTo(Exit.STOPPED);
        assertThat(history.down(at(4))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aSignalThatCameToNothingDoesNotExplainWhyItWasFoundDown() {
        history.up(at(-60));
        history.killed(new Kill(1, T0));
        history.foundDown(at(5));

        assertThat(history.exit()).isEqualTo(Exit.UNSEEN);
    }

    @Test
    void whatWasSeenIsKeptWhenItIsFoundDown() {
        history.died(T0);
        history.foundDown(at(5));

        assertThat(history.exit()).isEqualTo(Exit.CRASH);
        assertThat(history.down(at(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aStopIsOneOnceTheEngineAnswersWhatItWasAskedAfterIt() {
        history.killed(new Kill(15, T0));
        history.died(at(1));

        history.confirmed(at(0));
        history.confirmed(at(1));
        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
        history.confirmed(at(2));
        assertThat(history.exit()).isEqualTo(Exit.STOPPED);
    }

    @Test
    void nothingButAStopIsConfirmed() {
        history.confirmed(at(1));
        assertThat(history.exit()).isEqualTo(Exit.NONE);

        history.died(T0);
        history.confirmed(at(1));
        assertThat(history.exit()).isEqualTo(Exit.CRASH);
    }

    @Test
    void aStopMayNotHaveBeenOneWhereTheEventsEnded() {
        history.killed(new Kill(15, T0));
        history.died(at(1));
        history.unwitnessed();

        history.confirmed(at(5));
        assertThat(history.exit()).isEqualTo(Exit.UNSEEN);
    }

    @Test
    void aSignalExplainsADeathThatIsToldThoughTheEventsHadEndedMeanwhile() {
        history.up(at(-60));
        history.killed(new Kill(15, T0));
        history.unwitnessed();
        history.died(at(1));

        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
    }

    @Test
    void whatIsSureStaysSoWhenTheEventsEnd() {
        history.killed(new Kill(15, T0));
        history.died(at(1));
        history.confirmed(at(2));
        history.unwitnessed();

        assertThat(history.exit()).isEqualTo(Exit.STOPPED);
    }

    @Test
    void anOutageMayEndWhatRunsAndExplainsWhatNobodySaw() {
        history.up(at(-60));
        history.outage(T0);
        assertThat(history.exit()).isEqualTo(Exit.OUTAGE);

        History found = new History(Rules.DEFAULT);
        found.foundDown(at(-5));
        found.outage(T0);
        assertThat(found.exit()).isEqualTo(Exit.OUTAGE);
        assertThat(found.down(at(3))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void anOutageBeginsOnce() {
        history.up(at(-60));
        history.outage(T0);
        history.outage(at(9));

        assertThat(history.down(at(10))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anOutageDoesNotExplainWhatWasDownBefore() {
        history.died(T0);
        history.outage(at(1));
        assertThat(history.exit()).isEqualTo(Exit.CRASH);

        history.remembered();
        history.outage(at(1));
        assertThat(history.exit()).isEqualTo(Exit.STOPPED);
    }

    @Test
    void whatRanOnThroughAnOutageHasBeenUpAllTheTime() {
        history.up(T0);
        history.outage(at(30));
        history.foundUp(at(40));

        assertThat(history.exit()).isEqualTo(Exit.NONE);
        assertThat(history.isSettled(at(60))).isTrue();
    }

    @Test
    void whatIsFoundUpAfterHavingBeenDownHasBeenUpSinceThen() {
        history.up(T0);
        history.died(at(10));
        history.foundUp(at(40));

        assertThat(history.exit()).isEqualTo(Exit.NONE);
        assertThat(history.isSettled(at(99))).isFalse();
        assertThat(history.isSettled(at(100))).isTrue();
    }

    @Test
    void whatIsFoundUpForTheFirstTimeHasBeenUpSinceThenAtLeast() {
        history.foundUp(T0);
        history.foundUp(at(30));

        assertThat(history.isSettled(at(59))).isFalse();
        assertThat(history.isSettled(at(60))).isTrue();
    }

    @Test
    void whatIsFoundUpAfterAnOutageForTheFirstTimeHasBeenUpSinceThenAtLeast() {
        history.outage(T0);
        history.foundUp(at(10));

        assertThat(history.exit()).isEqualTo(Exit.NONE);
        assertThat(history.isSettled(at(69))).isFalse();
        assertThat(history.isSettled(at(70))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsFoundUpKeepsTheSignalItWasSent(boolean before) {
        if (before) {
            history.foundUp(T0);
        }
        history.killed(new Kill(15, at(1)));
        history.foundUp(at(2));
        history.died(at(3));

        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
    }

    @Test
    void whatIsDownIsNotSettled() {
        history.up(T0);
        history.died(at(100));

        assertThat(history.isSettled(at(200))).isFalse();
    }

    @Test
    void theNextStartWaitsAfterEachTryFromItsEndOrTheExit() {
        history.died(T0);
        history.triedStart(at(2), NO_JITTER);
        assertThat(history.nextStart()).isEqualTo(at(3));

        history.triedStart(at(5), NO_JITTER);
        assertThat(history.nextStart()).isEqualTo(at(7));

        history.up(at(7));
        history.died(at(40));
        assertThat(history.nextStart()).isEqualTo(at(42));
        assertThat(history.nextRestart(Instant.MIN)).isEqualTo(Instant.MIN);
    }

    @Test
    void triesAreForgottenOnceItHasStayedUp() {
        history.died(T0);
        history.startAccepted(T0);
        history.triedStart(T0, NO_JITTER);
        history.up(T0);

        history.died(at(59));
        assertThat(history.lostStarts()).isEqualTo(1);
        assertThat(history.nextStart()).isEqualTo(at(60));

        history.up(at(100));
        history.died(at(160));
        assertThat(history.lostStarts()).isZero();
        assertThat(history.nextStart()).isEqualTo(at(160));
    }

    @Test
    void triesAreForgottenOnceItWasStartedAfterAnOperatorsStop() {
        history.died(T0);
        history.startAccepted(T0);
        history.triedStart(T0, NO_JITTER);
        history.up(T0);
        history.killed(new Kill(15, at(1)));
        history.died(at(1));
        assertThat(history.lostStarts()).isEqualTo(1);

        history.up(at(2));
        history.died(at(3));
        assertThat(history.lostStarts()).isZero();
        assertThat(history.nextStart()).isEqualTo(at(3));
    }

    @Test
    void triesAreForgottenOnceItIsFoundUpAfterAnOperatorsStop() {
        history.died(T0);
        history.startAccepted(T0);
        history.up(T0);
        history.killed(new Kill(15, at(1)));
        history.died(at(1));
        history.networkLost(at(1));
        history.foundUp(at(2));

        assertThat(history.lostStarts()).isZero();
        assertThat(history.networkLostAt()).isNull();
    }

    @Test
    void aStartAfterGivingUpIsANewBeginning() {
        History giving = givingUpAfter(2);
        giving.died(T0);
        giving.startAccepted(T0);
        giving.up(T0);
        assertThat(giving.hasGivenUp()).isFalse();
        assertThat(giving.lostStarts()).isEqualTo(1);

        giving.died(at(1));
        giving.startAccepted(at(1));
        assertThat(giving.hasGivenUp()).isTrue();
        giving.up(at(30));
        assertThat(giving.lostStarts()).isZero();
    }

    @Test
    void aRestartOfWhatRunsIsNoNewBeginningThoughItsLastStartWasToBeTheLast() {
        History giving = givingUpAfter(1);
        giving.died(T0);
        giving.up(at(1));
        giving.startAccepted(at(1));

        giving.up(at(5));

        assertThat(giving.hasGivenUp()).isTrue();
    }

    private static History givingUpAfter(int starts) {
        Rules rules = Rules.DEFAULT;
        return new History(new Rules(
                rules.mode(),
                rules.restartOn(),
                rules.settle(),
                rules.backoff(),
                rules.resetAfter(),
                rules.crashLoop(),
                starts,
                rules.dependents(),
                rules.self()));
    }

    @Test
    void neverGivesUpUnlessToldTo() {
        for (int start = 0; start < 99; start++) {
            history.startAccepted(T0);
        }

        assertThat(history.hasGivenUp()).isFalse();
    }

    @Test
    void triesAreForgottenOnceTheProviderIsBack() {
        history.died(T0);
        history.startAccepted(T0);
        history.triedStart(T0, NO_JITTER);
        history.providerUp();

        assertThat(history.lostStarts()).isZero();
        assertThat(history.nextStart()).isEqualTo(T0);
    }

    @Test
    void theNextRestartWaitsAfterEachTry() {
        history.up(T0);
        history.triedRestart(at(10), NO_JITTER);
        assertThat(history.nextRestart(Instant.MIN)).isEqualTo(at(11));

        history.triedRestart(at(20), NO_JITTER);
        assertThat(history.nextRestart(Instant.MIN)).isEqualTo(at(22));
        assertThat(history.lostStarts()).isZero();
    }

    @Test
    void aNetworkThatIsFoundLostWasLostWhenThatWasFirstKnown() {
        history.foundWithoutNetwork(T0);
        history.foundWithoutNetwork(at(5));
        assertThat(history.networkLostAt()).isEqualTo(T0);

        history.networkLost(at(9));
        assertThat(history.networkLostAt()).isEqualTo(at(9));
        history.foundWithoutNetwork(at(10));
        assertThat(history.networkLostAt()).isEqualTo(at(9));
    }

    @Test
    void whatWasNotLostIsBackAnyway() {
        history.networkBack(T0);

        assertThat(history.networkLostAt()).isNull();
    }

    @Test
    void aSecondDeathDoesNotUndoAStop() {
        history.killed(new Kill(15, T0));
        history.died(at(1));
        history.confirmed(at(2));
        history.died(at(3));

        assertThat(history.exit()).isEqualTo(Exit.STOPPED);
        assertThat(history.down(at(4))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aSignalExplainsOneDeathOnly() {
        history.killed(new Kill(15, T0));
        history.died(at(1));
        history.unwitnessed();
        history.died(at(2));

        assertThat(history.exit()).isEqualTo(Exit.CRASH);
        assertThat(history.isBeingStopped(at(2))).isFalse();
    }

    @Test
    void theFirstRestartWaitsForWhatItIsForAndTheNextForTheBackoffToo() {
        assertThat(history.nextRestart(at(5))).isEqualTo(at(5));
        history.triedRestart(at(10), NO_JITTER);
        assertThat(history.nextRestart(at(5))).isEqualTo(at(11));
        assertThat(history.nextRestart(at(30))).isEqualTo(at(31));
    }

    @ParameterizedTest(name = "healthy {0} s after the restart: the next one waits {1} s")
    @CsvSource({"0, 1", "59, 1"})
    void restartsCountOnWhereItIsHealthyForAShortTimeOnly(long healthy, long wait) {
        history.triedRestart(T0, NO_JITTER);
        history.healthy(at(healthy));

        assertThat(history.nextRestart(Instant.MIN)).isEqualTo(at(wait));
    }

    @Test
    void restartsAreForgottenOnceItIsHealthyForLong() {
        history.triedRestart(T0, NO_JITTER);
        history.healthy(at(60));

        assertThat(history.nextRestart(Instant.MIN)).isEqualTo(Instant.MIN);
    }

    @Test
    void aNetworkStaysLostUntilItIsBackOrTheContainerWasStarted() {
        history.networkLost(T0);
        history.triedRestart(at(1), NO_JITTER);
        assertThat(history.networkLostAt()).isEqualTo(T0);
        history.networkBack(T0.minusMillis(1));
        assertThat(history.networkLostAt()).isEqualTo(T0);
        history.networkBack(T0);
        assertThat(history.networkLostAt()).isNull();

        history.networkLost(at(2));
        history.up(at(3));
        assertThat(history.networkLostAt()).isNull();
    }

    @Test
    void staysWithoutAProviderThatIsGoneForGood() {
        history.orphaned();
        history.up(T0);

        assertThat(history.isOrphan()).isTrue();
    }

    @Test
    void aCrashLoopIsSoManyAcceptedStartsWithinItsTime() {
        for (int start = 0; start < 4; start++) {
            history.startAccepted(at(start * 150L));
            assertThat(history.isCrashLoop()).isFalse();
        }
        history.startAccepted(at(600));
        assertThat(history.isCrashLoop()).isTrue();

        history.startAccepted(at(751));
        assertThat(history.isCrashLoop()).isFalse();
    }

    @Test
    void startsThatFailAreNoCrashLoop() {
        for (int start = 0; start < 9; start++) {
            history.triedStart(at(start), NO_JITTER);
        }

        assertThat(history.isCrashLoop()).isFalse();
        assertThat(history.lostStarts()).isZero();
    }

    @Test
    void aSecondDeathAfterAStopIsStillTheStop() {
        history.up(at(-60));
        history.killed(new Kill(15, T0));
        history.died(at(1));
        history.died(at(2));

        assertThat(history.exit()).isEqualTo(Exit.PERHAPS_STOPPED);
    }

    @ParameterizedTest(name = "restarted by us {0} s after its start: next start at {1} s")
    @CsvSource({"59, 102", "60, 101"})
    void ourOwnRestartAfterALongGoodRunIsANewBeginning(long restart, long next) {
        history.died(at(-1));
        history.triedStart(T0, NO_JITTER);
        history.up(T0);
        history.up(at(restart));
        history.died(at(101));

        assertThat(history.nextStart()).isEqualTo(restart == 59 ? at(next) : history.downSince());
    }

    @Test
    void aSignalFromBeforeAnOutageDoesNotExplainADeathAfterIt() {
        history.up(at(-60));
        history.killed(new Kill(15, T0));
        history.unwitnessed();
        history.outage(at(1));
        history.foundUp(at(20));
        history.died(at(30));

        assertThat(history.exit()).isEqualTo(Exit.CRASH);
    }

    @ParameterizedTest(name = "network lost {0} s after the last restart: back-off {1}")
    @CsvSource({"59, true", "60, false"})
    void aNetworkLostLongAfterTheLastRestartIsRestoredWithoutBackoff(long lost, boolean backoff) {
        history.triedRestart(T0, NO_JITTER);
        history.triedRestart(T0, NO_JITTER);
        for (int n = 0; n < 6; n++) {
            history.triedRestart(T0, NO_JITTER);
        }
        history.networkLost(at(lost));

        assertThat(history.nextRestart(at(lost)).isAfter(at(lost))).isEqualTo(backoff);
    }
}
