package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a start that was asked for. */
class OutcomeOfStartTest {

    private static final Rules UNLESS_STOPPED =
            new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).build();

    @Test
    void aStartThatIsAcceptedIsLeftAloneForASecondAndThenInspected() {
        LifeBench web = LifeBench.running().at(5).died(1).accepted();
        assertThat(web.calls()).isEmpty();
        assertThat(web.wakesAt()).isEqualTo(6);

        assertThat(web.at(5.999).due().calls()).isEmpty();
        assertThat(web.at(6).due().calls()).containsExactly("inspect");
        assertThat(web.inspectedUp().calls()).isEmpty();
        assertThat(web.outcome()).isInstanceOf(Outcome.Up.class);
    }

    @Test
    void anAnswerFromBeforeThatSecondWasOverSaysNothingOfIt() {
        LifeBench web =
                LifeBench.running().died(1).accepted().started().asks().at(1).due();

        assertThat(web.answers(exited(1)).outcomes()).isEmpty();
    }

    @Test
    void howLongItWasDownIsToldByTheEnginesClock() {
        Status again = new Status(
                ContainerState.RUNNING,
                Health.STARTING,
                OptionalInt.of(0),
                "",
                LifeBench.time(2.5),
                LifeBench.time(0),
                Duration.ZERO);
        LifeBench web =
                LifeBench.running().died(1).accepted().started().at(1).due().inspected(again);

        assertThat(web.outcome()).isEqualTo(new Outcome.Up(Duration.ofMillis(2500), Health.STARTING));
    }

    @Test
    void itHasTheNameThatIsFoundThen() {
        LifeBench web =
                LifeBench.running().died(1).accepted().started().at(1).due().asks();

        web.answers(LifeBench.OTHER, web.up(Health.NONE));

        assertThat(web.life().name()).isEqualTo(LifeBench.OTHER);
    }

    @Test
    void whatIsFoundDownAfterThatSecondWentDownAgain() {
        LifeBench web =
                LifeBench.running().died(1).accepted().started().at(1).due().inspected(exited(3));

        assertThat(web.outcome()).isEqualTo(new Outcome.WentDown(OptionalInt.of(3)));
    }

    @Test
    void whyItWentDownAgainIsWaitedForWhereThatIsYetToBeTold() {
        LifeBench web =
                LifeBench.running().died(1).accepted().started().at(1).due().inspected(exited(3));
        assertThat(web.decision()).startsWith("wait until").endsWith("nobody saw why");

        assertThat(web.died(3).decision()).isEqualTo("start because it crashed with code 3");
    }

    @Test
    void whatWentDownAgainHasCrashedWhereNothingIsTold() {
        LifeBench web = LifeBench.running()
                .died(1)
                .accepted()
                .started()
                .withoutEvents()
                .at(1)
                .due()
                .inspected(exited(3));

        assertThat(web.decision()).isEqualTo("start because it crashed with code 3");
    }

    @Test
    void aDeathThatIsToldWithinThatSecondIsOneToo() {
        LifeBench web = LifeBench.running().died(1).accepted().started().at(0.3).died(3);

        assertThat(web.outcome()).isEqualTo(new Outcome.WentDown(OptionalInt.of(3)));
        assertThat(web.wakesAt()).isEqualTo(1);
    }

    @Test
    void aDeathThatIsToldBeforeTheAnswerIsOneToo() {
        LifeBench web = LifeBench.running().died(1).started().died(3).accepted();

        assertThat(web.outcome()).isEqualTo(new Outcome.WentDown(OptionalInt.of(3)));
        assertThat(web.wakesAt()).isEqualTo(1);
    }

    @Test
    void theDeathFromBeforeTheStartMayBeToldAfterTheAnswer() {
        LifeBench web = LifeBench.running()
                .diedAWhileAgo(1)
                .inspected(exited(1))
                .accepted()
                .died(1);

        assertThat(web.outcomes()).isEmpty();
        assertThat(web.started().at(1).due().inspectedUp().outcomes()).hasOnlyElementsOfType(Outcome.Up.class);
    }

    @Test
    void whatAnOperatorStopsWithinThatSecondStaysStopped() {
        LifeBench web = LifeBench.running(UNLESS_STOPPED)
                .died(1)
                .accepted()
                .started()
                .at(0.3)
                .stoppedByOperator();
        assertThat(web.outcome()).isEqualTo(new Outcome.WentDown(OptionalInt.of(143)));

        assertThat(web.inspected(exited(143)).decision()).isEqualTo("leave because an operator stopped it");
    }

    @Test
    void aStartThatIsRefusedIsTriedAgainAfterTheBackoff() {
        LifeBench web = LifeBench.running().died(1).refused("port is taken");
        assertThat(web.calls()).containsExactly("inspect");
        web.inspected(exited(1));

        assertThat(web.outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(web.outcome().problem()).isEqualTo("port is taken");
        assertThat(web.told(Fact.Finished.class).get(0).next())
                .isBetween(Duration.ofMillis(999), Duration.ofSeconds(1));
        assertThat(web.wakesAt()).isEqualTo(1);
        assertThat(web.at(1).due().inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void theSameRefusalIsNewsOnceAndAnotherOneAgain() {
        LifeBench web = LifeBench.running().died(1);
        for (String problem : new String[] {"port is taken", "port is taken", "no space"}) {
            web.refused(problem).inspected(exited(1)).whenDue().inspected(exited(1));
        }

        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::isChange)
                .containsExactly(true, false, true);
        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::tries)
                .containsExactly(1, 2, 3);
    }

    @Test
    void aStartThatIsRefusedThoughItRunsByThenIsNotNeeded() {
        LifeBench web = LifeBench.running().died(1).unchanged();
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.inspectedUp().outcome()).isInstanceOf(Outcome.NotNeeded.class);
    }

    @Test
    void aStartThatTheEngineTakesForDoneThoughItIsDownHasFailed() {
        LifeBench web = LifeBench.running().died(1).unchanged().inspected(exited(1));

        assertThat(web.outcome().problem()).isEqualTo("the engine says that it runs already, but it is exited");
        assertThat(web.wakesAt()).isEqualTo(1);
    }

    @ParameterizedTest(name = "asked {0}: tries {1}")
    @CsvSource({"true, 1", "false, 0"})
    void aStartThatIsNotAnsweredIsATryIfTheEngineMayHaveBeenAsked(boolean asked, int tries) {
        LifeBench web = LifeBench.running().died(1).unanswered(asked);

        assertThat(web.outcome()).isEqualTo(new Outcome.Unknown("no answer", asked));
        assertThat(web.calls()).isEmpty();
        assertThat(web.life().attempts().starts().count()).isEqualTo(tries);
    }

    @Test
    void aStartThatIsNotAnsweredIsDecidedAnewByTheNextListing() {
        LifeBench web = LifeBench.running().died(1).unanswered(true);

        assertThat(web.at(0.5).inListing(exited(1)).calls()).isEmpty();
        assertThat(web.at(1).due().calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void anAnswerThatNobodyWaitsForAnyMoreSaysNothing() {
        LifeBench web = LifeBench.running().died(1).unanswered(true);
        Life before = web.life();

        assertThat(web.accepted().calls()).isEmpty();
        assertThat(web.life()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOVING", "DEAD"})
    void whatIsBeingRemovedAfterTheStartIsForgotten(ContainerState state) {
        LifeBench web =
                LifeBench.running().died(1).accepted().started().at(1).due().inspected(Status.of(state));

        assertThat(web.isGone()).isTrue();
        assertThat(web.outcome()).isInstanceOf(Outcome.Gone.class);
    }

    // ---- without its network ----

    private static Status withoutNetwork(LifeBench web) {
        Status up = web.up(Health.NONE);
        return new Status(
                up.state(),
                up.health(),
                up.exitCode(),
                up.error(),
                up.startedAt(),
                up.finishedAt(),
                up.downFor(),
                true);
    }

    @Test
    void whatRunsWithoutItsNetworkAfterAStartIsNotUpAndHasToBeCreatedAnew() {
        LifeBench web = LifeBench.running().died(1).accepted().started().at(1).due();
        web.inspected(withoutNetwork(web));

        assertThat(web.outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem()).isEqualTo("it runs without its network"));
        assertThat(web.decision())
                .isEqualTo("give up because it runs without its network: it needs to be created anew");
        assertThat(web.calls()).isEmpty();
    }

    @Test
    void aListingDoesNotTellOfNetworksAndAnInspectionThatShowsOneDoes() {
        LifeBench web = LifeBench.running();
        web.inspected(withoutNetwork(web));
        assertThat(web.at(1).inListing(Status.of(ContainerState.RUNNING)).decision())
                .startsWith("give up");

        assertThat(web.at(2).inspectedUp().decision()).isEqualTo("leave because it is running");
    }

    @Test
    void whatCrashesWithoutItsNetworkIsStarted() {
        LifeBench web = LifeBench.running();
        web.inspected(withoutNetwork(web));

        assertThat(web.at(1).died(1).calls()).containsExactly("start");
    }

    @Test
    void whatSomebodyPausesWithinThatSecondIsUp() {
        LifeBench web = LifeBench.running().died(1).accepted().started().at(1).due();

        web.inspected(Status.of(ContainerState.PAUSED));

        assertThat(web.outcome().isUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSED", "RESTARTING"})
    void aStartThatIsRefusedWhileSomebodyElseIsAtItIsNotNeeded(ContainerState state) {
        LifeBench web = LifeBench.running().died(1).refused("busy").inspected(Status.of(state));

        assertThat(web.outcome()).isInstanceOf(Outcome.NotNeeded.class);
    }

    @Test
    void aStartThatIsRefusedHasOnlyTheContainerInspectedIfItJoinsNoOther() {
        assertThat(LifeBench.running().died(1).refused("busy").calls()).containsExactly("inspect");
    }

    @Test
    void noNextTryIsToldAfterOneThatWorked() {
        LifeBench web = LifeBench.running().died(1).comesUp();

        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::next)
                .containsExactly((Duration) null);
    }

    @Test
    void howLongItWasDownIsNotToldWhereTheEnginesTimesMakeNoSense() {
        Status again = new Status(
                ContainerState.RUNNING,
                Health.NONE,
                OptionalInt.of(0),
                "",
                LifeBench.time(0),
                LifeBench.time(2.5),
                Duration.ZERO);
        LifeBench web =
                LifeBench.running().died(1).accepted().started().at(1).due().inspected(again);

        assertThat(web.outcome()).isEqualTo(new Outcome.Up(null, Health.NONE));
    }

    @Test
    void whyNothingIsToBeDoneIsTold() {
        LifeBench away =
                LifeBench.running().diedAWhileAgo(1).renamed(LifeBench.OTHER).inspected(exited(1));
        assertThat(away.outcome()).extracting("reason").isEqualTo("it is not on the list");

        LifeBench up = LifeBench.running().diedAWhileAgo(1).inspectedUp();
        assertThat(up.outcome()).extracting("reason").isEqualTo("it is running");
    }

    @Test
    void whatIsUpAfterThatSecondIsUpWhereNothingIsToldToo() {
        LifeBench web = LifeBench.running().died(1).withoutEvents().accepted();

        web.at(1).due().inspectedUp();

        assertThat(web.outcome().isUp()).isTrue();
        assertThat(web.calls()).isEmpty();
        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void howLongItWasDownIsNotToldWhereTheEngineDoesNotTellWhenItWasStarted() {
        Status again = new Status(
                ContainerState.RUNNING, Health.NONE, OptionalInt.of(0), "", null, LifeBench.time(0), Duration.ZERO);
        LifeBench web =
                LifeBench.running().died(1).accepted().started().at(1).due().inspected(again);

        assertThat(web.outcome()).isEqualTo(new Outcome.Up(null, Health.NONE));
    }

    @Test
    void whichRunOfItsProviderItHasJoinedIsAskedForOnceTheEngineHasStartedIt() {
        Rules dependents = new RulesBuilder().dependents().build();

        assertThat(LifeBench.running(dependents, LifeBench.JOINS)
                        .died(1)
                        .accepted()
                        .calls())
                .containsExactly("inspect providers");
    }

    @Test
    void theNextTryIsToldByTheOutcomeAlone() {
        LifeBench web = LifeBench.running().died(1).accepted().started().died(3);

        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::next)
                .containsExactly(Duration.ofSeconds(1));
        assertThat(web.toldDecisions()).endsWith("start because it crashed with code 1");
    }

    /** An operator has restarted and stopped it meanwhile, but its policy is always. */
    @Test
    void aStartThatWasNotNeededIsFollowedByTheDecisionOnWhatIsFound() {
        LifeBench web =
                LifeBench.running().diedAWhileAgo(1).started().signalled(15).diedAWhileAgo(143);

        web.inspected(exited(143));

        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::next)
                .containsExactly((Duration) null);
        assertThat(web.toldDecisions())
                .endsWith("wait until PT10S because an operator stopped it, but its policy is always");
    }

    @Test
    void whatIsUpAndHasToBeRestartedIsUpAllTheSame() {
        Rules unhealthy =
                new RulesBuilder().restartOn(Trigger.EXITED, Trigger.UNHEALTHY).build();
        LifeBench web = LifeBench.running(unhealthy).died(1).comesUp(Health.UNHEALTHY);

        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::next)
                .containsExactly((Duration) null);
        assertThat(web.toldDecisions()).endsWith("restart because it is unhealthy");
    }
}
