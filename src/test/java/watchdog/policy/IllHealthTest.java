package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;
import static watchdog.policy.LifeBench.time;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Restarts of what runs and is unhealthy, and what they leave behind. */
class IllHealthTest {

    private static final Rules UNHEALTHY_ONLY =
            new RulesBuilder().restartOn(Trigger.UNHEALTHY).build();
    private static final Rules BOTH = new RulesBuilder()
            .mode(RestartMode.UNLESS_STOPPED)
            .restartOn(Trigger.EXITED, Trigger.UNHEALTHY)
            .build();

    /** A restart has been asked for at 0 s. */
    private static LifeBench restarting(Rules rules) {
        LifeBench web = LifeBench.running(rules).healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);
        assertThat(web.calls()).containsExactly("restart within 10 s");
        return web;
    }

    // ---- the restart ----

    @Test
    void whatIsStillIllWhenAskedAgainIsRestarted() {
        LifeBench web = LifeBench.running(BOTH).healthTold(Health.UNHEALTHY);
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.inspectedUp(Health.UNHEALTHY).calls()).containsExactly("restart within 10 s");
    }

    @ParameterizedTest
    @EnumSource(names = {"HEALTHY", "STARTING", "NONE"})
    void whatIsNotIllAnyMoreWhenAskedAgainIsLeft(Health health) {
        LifeBench web = LifeBench.running(BOTH).healthTold(Health.UNHEALTHY).inspectedUp(health);

        assertThat(web.calls()).isEmpty();
        assertThat(web.outcomes()).hasOnlyElementsOfType(Outcome.NotNeeded.class);
    }

    @Test
    void whatAnOperatorBeginsToStopWhileItIsInspectedIsLeftToHim() {
        LifeBench web = LifeBench.running(BOTH).healthTold(Health.UNHEALTHY).signalled(15);

        assertThat(web.inspectedUp(Health.UNHEALTHY).calls()).isEmpty();
        assertThat(web.died(143).inspected(exited(143, 0)).decision())
                .isEqualTo("leave because an operator stopped it");
    }

    @Test
    void aRestartIsOneThingFromItsFirstSignalToItsEnd() {
        LifeBench web = restarting(BOTH);

        assertThat(web.signalled(15).calls()).isEmpty();
        assertThat(web.died(143).calls()).isEmpty();
        assertThat(web.take(new Input.Stopped()).calls()).isEmpty();
        assertThat(web.started().calls()).isEmpty();
        assertThat(web.accepted().calls()).isEmpty();
        assertThat(web.at(1).due().inspectedUp(Health.STARTING).outcomes()).hasOnlyElementsOfType(Outcome.Up.class);
    }

    @Test
    void theNextRestartWaitsForABackoffOfItsOwn() {
        LifeBench web =
                LifeBench.running(BOTH).fallsIllAndIsRestarted(Health.STARTING).at(2);
        assertThat(web.healthTold(Health.UNHEALTHY).calls()).containsExactly("inspect");
        web.inspectedUp(Health.UNHEALTHY).restarts(Health.STARTING);

        assertThat(web.healthTold(Health.UNHEALTHY).calls()).isEmpty();
        assertThat(web.wakesAt()).isEqualTo(4);
    }

    // ---- its own restart is nobody's stop ----

    @Test
    void aRestartThatTookItDownAndFailedIsFollowedByAStartAtOnce() {
        LifeBench web = restarting(BOTH).signalled(15).died(137).refusedHalfway("log driver is away");
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.inspected(exited(137)).calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(137)).calls()).containsExactly("start");
        assertThat(web.decision()).isEqualTo("start because watchdog's own restart took it down");
    }

    @Test
    void whoTakesDownBringsUpWhateverItRestartsOn() {
        LifeBench web = restarting(UNHEALTHY_ONLY).signalled(15).died(137).refusedHalfway("log driver is away");

        assertThat(web.inspected(exited(137)).inspected(exited(137)).calls()).containsExactly("start");
        web.refused("log driver is away").inspected(exited(137));
        assertThat(web.wakesAt()).isEqualTo(1);
        assertThat(web.whenDue().inspected(exited(137)).calls()).containsExactly("start");
    }

    @Test
    void whatItsRestartCouldNotEndIsTriedAgainAfterTheBackoff() {
        LifeBench web = restarting(BOTH).signalled(15).at(10).signalled(9).at(20);
        web.refusedHalfway("did not receive an exit event").inspectedUp(Health.UNHEALTHY);

        assertThat(web.outcomes()).hasOnlyElementsOfType(Outcome.Failed.class);
        assertThat(web.wakesAt()).isEqualTo(21);
        assertThat(web.whenDue().inspectedUp(Health.UNHEALTHY).calls()).containsExactly("restart within 10 s");
    }

    @Test
    void whatEndsAWhileAfterItsRestartFailedIsStarted() {
        LifeBench web = restarting(BOTH).signalled(15).at(10).signalled(9).at(20);
        web.refusedHalfway("did not receive an exit event")
                .inspectedUp(Health.NONE)
                .at(23);

        web.died(137);
        assertThat(web.inspected(exited(137)).calls()).containsExactly("start");
    }

    @Test
    void theSameHoldsWhereNobodyTellsThatItEnds() {
        LifeBench web = restarting(UNHEALTHY_ONLY)
                .refusedHalfway("no")
                .inspectedUp(Health.NONE)
                .at(3);

        assertThat(web.inListing(exited(137)).calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(137)).calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(137)).calls()).containsExactly("start");
    }

    /** Docker gives a container a code of its own if a start fails, where the last run had ended with 0. */
    @Test
    void theSameHoldsThoughTheStartThatFailedHasSetAnotherExitCode() {
        LifeBench web = restarting(UNHEALTHY_ONLY).signalled(15).died(0).refusedHalfway("log driver is away");
        Status failed = new Status(
                ContainerState.EXITED,
                Health.NONE,
                OptionalInt.of(128),
                "log driver is away",
                null,
                null,
                Duration.ZERO);

        assertThat(web.inspected(failed).calls()).containsExactly("inspect");
        assertThat(web.inspected(failed).calls()).containsExactly("start");
    }

    @Test
    void theSameHoldsForARestartThatIsNotAnswered() {
        LifeBench web = restarting(UNHEALTHY_ONLY)
                .unanswered(true)
                .at(0.5)
                .signalled(15)
                .died(137);

        assertThat(web.inspected(exited(137)).calls()).containsExactly("start");
    }

    @Test
    void anAnswerFromBeforeItsDeathIsNotBelievedAfterARestartThatFailed() {
        LifeBench web = restarting(UNHEALTHY_ONLY).signalled(15).refusedHalfway("no exit event");

        web.asks().at(0.1).died(137).answers(web.up(Health.UNHEALTHY));

        assertThat(web.life().state()).isEqualTo(ContainerState.EXITED);
        assertThat(web.inspected(exited(137)).inspected(exited(137)).calls()).containsExactly("start");
    }

    @Test
    void theSameHoldsWhereTheEngineTellsNoSignals() {
        LifeBench web = restarting(UNHEALTHY_ONLY).take(new Input.Died(null, OptionalInt.of(137), false, true));

        web.refusedHalfway("log driver is away");
        assertThat(web.inspected(exited(137)).inspected(exited(137)).calls()).containsExactly("start");
    }

    @Test
    void theSameHoldsWhereTheEndOfItsStopIsToldBeforeItsDeath() {
        LifeBench web = restarting(BOTH).take(new Input.Stopped()).died(137).refusedHalfway("log driver is away");

        assertThat(web.inspected(exited(137)).inspected(exited(137)).calls()).containsExactly("start");
    }

    @Test
    void itsOwnSignalsThatAreToldLateExplainNoDeathOfTheNextRun() {
        LifeBench web = restarting(BOTH).accepted().signalled(15).died(143).started();
        web.whenDue().inspectedUp().at(30);

        assertThat(web.died(1).calls()).containsExactly("start");
        assertThat(web.toldDecisions()).endsWith("start because it crashed with code 1");
    }

    @Test
    void aStopByAnOperatorLaterIsHis() {
        LifeBench web = restarting(BOTH)
                .refusedHalfway("no exit event")
                .inspectedUp(Health.NONE)
                .at(60);

        web.stoppedByOperator().inspected(exited(143, 60));

        assertThat(web.decision()).isEqualTo("leave because an operator stopped it");
    }

    @Test
    void signalsWhileARestartThatTheEngineDidNotBeginAreAnOperators() {
        LifeBench web = restarting(BOTH).signalled(15).refused("no such option").inspectedUp(Health.UNHEALTHY);

        assertThat(web.died(143).inspected(exited(143, 0)).decision())
                .isEqualTo("leave because an operator stopped it");
    }

    /** The restart before may have sent signals; the proxy that refused this one has not made those an operator's. */
    @Test
    void aRestartThatTheEngineDidNotBeginMakesNoOperatorsStopOfTheOneBefore() {
        LifeBench web = restarting(BOTH).refusedHalfway("no exit event").inspectedUp(Health.UNHEALTHY);
        web.whenDue().inspectedUp(Health.UNHEALTHY).refused("not now").inspectedUp(Health.UNHEALTHY);

        assertThat(web.life().phase())
                .isInstanceOfSatisfying(
                        Up.class, up -> assertThat(up.isBeingStopped(time(2))).isFalse());
        assertThat(web.whenDue().inspectedUp(Health.UNHEALTHY).calls()).containsExactly("restart within 10 s");
    }

    @Test
    void aRestartThatIsRefusedLeavesItForTheBackoff() {
        LifeBench web = restarting(BOTH).refused("no such option").inspectedUp(Health.UNHEALTHY);

        assertThat(web.wakesAt()).isEqualTo(1);
        assertThat(web.told(Fact.Finished.class).get(0).tries()).isEqualTo(1);
    }

    // ---- how often ----

    @Test
    void fiveRestartsInTenMinutesRaiseOneAlarmToo() {
        LifeBench web = LifeBench.running(BOTH);
        for (int restart = 1; restart <= 4; restart++) {
            web.fallsIllAndIsRestarted(Health.STARTING);
        }
        assertThat(web.told(Fact.InCrashLoop.class)).isEmpty();

        for (int restart = 5; restart <= 9; restart++) {
            web.fallsIllAndIsRestarted(Health.STARTING);
        }
        assertThat(web.told(Fact.InCrashLoop.class)).hasSize(1);
    }

    @Test
    void startsAndRestartsCountTogetherForTheAlarm() {
        LifeBench web =
                LifeBench.running(BOTH).crashesAndComesUp().crashesAndComesUp().crashesAndComesUp();

        web.fallsIllAndIsRestarted(Health.STARTING).fallsIllAndIsRestarted(Health.STARTING);

        assertThat(web.told(Fact.InCrashLoop.class)).hasSize(1);
    }

    @Test
    void givesUpAfterSoManyRestartsThatDidNotHelp() {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.UNHEALTHY).giveUpAfter(2).build();
        LifeBench web = LifeBench.running(rules)
                .fallsIllAndIsRestarted(Health.STARTING)
                .fallsIllAndIsRestarted(Health.STARTING);

        assertThat(web.healthTold(Health.UNHEALTHY).calls()).isEmpty();
        assertThat(web.decision()).isEqualTo("give up because it is unhealthy after 2 tries in a row");
    }

    @Test
    void restartsAreForgottenOnceItWasHealthyForLong() {
        LifeBench web = LifeBench.running(BOTH).fallsIllAndIsRestarted(Health.HEALTHY);

        web.at(59).inListingUp(Health.HEALTHY);
        assertThat(web.life().attempts().restarts().count()).isEqualTo(1);
        web.at(60).inListingUp(Health.HEALTHY);
        assertThat(web.life().attempts().restarts()).isEqualTo(Tries.NONE);
        assertThat(web.life().attempts().inVain()).isZero();
    }

    @Test
    void restartsAreForgottenThoughNoListingFoundItHealthyMeanwhile() {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.UNHEALTHY).giveUpAfter(1).build();
        LifeBench web = LifeBench.running(rules).fallsIllAndIsRestarted(Health.STARTING);

        web.at(30).healthTold(Health.HEALTHY).at(86_400).healthTold(Health.UNHEALTHY);

        assertThat(web.decision()).isEqualTo("restart because it is unhealthy");
    }

    // ---- what it became ----

    @Test
    void isHealthyAgainOnlyOnceThatIsKnown() {
        LifeBench web = LifeBench.running(BOTH).fallsIllAndIsRestarted(Health.STARTING);
        assertThat(web.told(Fact.HealthyAgain.class)).isEmpty();

        web.at(30).healthTold(Health.HEALTHY).inListingUp(Health.HEALTHY);
        assertThat(web.told(Fact.HealthyAgain.class)).hasSize(1);
    }

    @Test
    void isHealthyAgainWhereItIsFoundSoAfterTheRestart() {
        LifeBench web = LifeBench.running(BOTH).fallsIllAndIsRestarted(Health.HEALTHY);

        assertThat(web.told(Fact.HealthyAgain.class)).hasSize(1);
    }

    @Test
    void isHealthyAgainThoughItCrashedOnTheWay() {
        LifeBench web =
                LifeBench.running(BOTH).fallsIllAndIsRestarted(Health.STARTING).crashesAndComesUp();
        assertThat(web.told(Fact.HealthyAgain.class)).isEmpty();

        web.at(30).healthTold(Health.HEALTHY);
        assertThat(web.told(Fact.HealthyAgain.class)).hasSize(1);
    }

    @Test
    void isHealthyAgainWhereThatIsFoundBeforeASecondRestart() {
        LifeBench web =
                LifeBench.running(BOTH).fallsIllAndIsRestarted(Health.STARTING).at(30);

        web.healthTold(Health.UNHEALTHY).inspectedUp(Health.HEALTHY);

        assertThat(web.told(Fact.HealthyAgain.class)).hasSize(1);
    }

    @Test
    void isHealthyAgainThoughItWasRestartedForItsNamespaceOnTheWay() {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.UNHEALTHY).dependents().build();
        LifeBench web = LifeBench.running(rules, LifeBench.JOINS).fallsIllAndIsRestarted(Health.STARTING);
        web.at(10).providerStarted().whenDue().inspectedUp(Health.STARTING);
        web.providersInspected(LifeBench.time(10)).restarts(Health.STARTING);

        web.at(40).healthTold(Health.HEALTHY);

        assertThat(web.told(Fact.HealthyAgain.class)).hasSize(1);
    }

    @Test
    void whatGoesDownAgainAfterItsRestartIsStartedAfterTheBackoffOfStarts() {
        LifeBench web = restarting(BOTH)
                .signalled(15)
                .died(143)
                .accepted()
                .started()
                .at(0.5)
                .died(1);

        assertThat(web.outcomes()).hasOnlyElementsOfType(Outcome.WentDown.class);
        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void whatWasNeverIllIsNotHealthyAgain() {
        LifeBench web = LifeBench.running(BOTH).crashesAndComesUp().healthTold(Health.HEALTHY);

        assertThat(web.told(Fact.HealthyAgain.class)).isEmpty();
    }

    @Test
    void isHealthyAgainWhereAnInspectionFindsItSo() {
        LifeBench web = LifeBench.running(BOTH).fallsIllAndIsRestarted(Health.STARTING);

        web.at(30).inspectedUp(Health.HEALTHY);

        assertThat(web.told(Fact.HealthyAgain.class)).hasSize(1);
    }

    @Test
    void isToldToBeHealthyAgainAfterWhatBecameOfTheRestart() {
        LifeBench web = restarting(BOTH).signalled(15).died(143).accepted().started();
        web.healthTold(Health.HEALTHY);
        assertThat(web.told(Fact.HealthyAgain.class)).isEmpty();

        web.at(10).due().inspectedUp(Health.HEALTHY);

        assertThat(web.told(Fact.HealthyAgain.class)).hasSize(1);
    }

    @Test
    void whatWasNotHealthyYetSinceItsRestartHasNotLasted() {
        LifeBench web = LifeBench.running(BOTH).died(1).comesUp();
        web.at(30).fallsIllAndIsRestarted(Health.STARTING);

        web.at(300).inListingUp(Health.STARTING).died(1);

        assertThat(web.life().attempts().inVain()).isEqualTo(2);
    }

    @Test
    void whatWasNotSeenToBeHealthySinceItsRestartHasNotLastedHoweverShortThatIs() {
        Rules rules = new Rules(
                RestartMode.ON_FAILURE,
                Set.of(Trigger.UNHEALTHY),
                Rules.DEFAULT.settle(),
                Rules.DEFAULT.backoff(),
                Duration.ofSeconds(1),
                Rules.DEFAULT.crashLoop(),
                2,
                false,
                "");
        LifeBench web = LifeBench.running(rules)
                .fallsIllAndIsRestarted(Health.STARTING)
                .fallsIllAndIsRestarted(Health.STARTING);

        assertThat(web.healthTold(Health.UNHEALTHY).decision()).startsWith("give up");
    }

    @Test
    void whatWasStartedAfterACrashHasLastedThoughItsHealthIsNotKnownYet() {
        LifeBench web = LifeBench.running(BOTH).died(1).comesUp(Health.STARTING);

        web.at(60).died(1);

        assertThat(web.life().attempts().starts()).isEqualTo(Tries.NONE);
    }

    /** That it is healthy is told while watchdog is at its restart for its namespace. */
    @Test
    void whatIsHealthyLongAfterItsRestartHasLastedUntilItIsRestartedForItsNamespace() {
        Rules rules = new RulesBuilder()
                .restartOn(Trigger.EXITED, Trigger.UNHEALTHY)
                .dependents()
                .build();
        LifeBench web = LifeBench.running(rules, LifeBench.JOINS).died(1).comesUp(Health.STARTING);
        web.fallsIllAndIsRestarted(Health.STARTING);
        assertThat(web.life().attempts().starts().count()).isEqualTo(1);

        web.at(300).providerStarted().whenDue().healthTold(Health.HEALTHY).inspectedUp(Health.HEALTHY);
        web.providersInspected(time(300)).signalled(15).died(143);

        assertThat(web.life().attempts().starts()).isEqualTo(Tries.NONE);
    }
}
