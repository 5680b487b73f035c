package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.created;
import static watchdog.policy.LifeBench.exited;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way from a death to a start, step by step; what depends on how often that happens is in {@link TooOftenTest}. */
class LifecycleTest {

    private static final Rules UNLESS_STOPPED =
            new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).build();

    // ---- from a death to the call ----

    @Test
    void aCrashThatIsFreshIsStartedAtOnceWithoutBeingInspected() {
        assertThat(LifeBench.running().died(1).calls()).containsExactly("start");
    }

    @Test
    void aCrashThatIsOldNewsIsInspectedFirst() {
        LifeBench web = LifeBench.running().diedAWhileAgo(1);
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void aCrashOfWhatTheEngineMayStartItselfIsInspectedFirst() {
        Setup always = new Setup(Map.of(), List.of(), "always", false, "", null);

        assertThat(LifeBench.running(Rules.DEFAULT, always).died(1).calls()).containsExactly("inspect");
    }

    @Test
    void aDeathOfWhichTheCodeIsNotToldIsInspectedFirst() {
        LifeBench web = LifeBench.running().take(new Input.Died(null, OptionalInt.empty(), true, true));
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.inspected(exited(0)).calls()).containsExactly("inspect");
    }

    @Test
    void whatIsNotKnownYetIsInspectedFirst() {
        LifeBench web = LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP).died(1);
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.inspected(exited(1)).calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void whatWaitedForItsTimeIsInspectedBeforeItIsStarted() {
        LifeBench web = LifeBench.running().died(1).accepted().started().died(1);
        assertThat(web.calls()).isEmpty();

        assertThat(web.whenDue().calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void whatFindsNoPlaceWaitsForOneAndIsInspectedThen() {
        LifeBench web = LifeBench.running().place(false).died(1);
        assertThat(web.calls()).isEmpty();

        assertThat(web.place(true).take(new Input.PlaceFree()).calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void whatIsFoundToRunWhenItIsInspectedIsLeft() {
        LifeBench web = LifeBench.running().diedAWhileAgo(1).inspectedUp();

        assertThat(web.calls()).isEmpty();
        assertThat(web.outcome()).isInstanceOf(Outcome.NotNeeded.class);
        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void whatAnOperatorStartedAndStoppedAgainIsNotStartedAgainstHim() {
        LifeBench web = LifeBench.running(UNLESS_STOPPED)
                .diedAWhileAgo(1)
                .started()
                .signalled(15)
                .diedAWhileAgo(143);

        assertThat(web.inspected(exited(143)).calls()).doesNotContain("start");
        assertThat(web.inspected(exited(143)).calls()).isEmpty();
        assertThat(web.decision()).isEqualTo("leave because an operator stopped it");
    }

    @Test
    void nothingIsDoneWithWhatIsRenamedOffTheList() {
        LifeBench web = LifeBench.running().renamed(LifeBench.OTHER).died(1);

        assertThat(web.calls()).isEmpty();
    }

    @Test
    void whatIsRenamedOffTheListWhileItIsInspectedIsNotStarted() {
        LifeBench web = LifeBench.running().diedAWhileAgo(1).renamed(LifeBench.OTHER);

        assertThat(web.inspected(exited(1)).calls()).isEmpty();
        assertThat(web.outcome()).isInstanceOf(Outcome.NotNeeded.class);
    }

    @Test
    void whatIsGoneWhenItIsInspectedIsForgotten() {
        LifeBench web = LifeBench.running().diedAWhileAgo(1).take(new Input.Gone());

        assertThat(web.isGone()).isTrue();
        assertThat(web.outcome()).isInstanceOf(Outcome.Gone.class);
    }

    @Test
    void whatCannotBeInspectedIsNotStartedBlindly() {
        LifeBench web = LifeBench.running().diedAWhileAgo(1).notInspected("no answer");

        assertThat(web.calls()).isEmpty();
        assertThat(web.outcome()).isEqualTo(new Outcome.Unknown("no answer", false));
        assertThat(web.life().attempts()).isEqualTo(Attempts.NONE);
    }

    @Test
    void aProblemOfInspectingIsToldOnce() {
        LifeBench web = LifeBench.running().notInspected("500").notInspected("500");
        assertThat(web.told(Fact.NotInspected.class)).hasSize(1);

        web.inspectedUp().notInspected("500");
        assertThat(web.told(Fact.NotInspected.class)).hasSize(2);
    }

    @Test
    void aStartThatComesTooLateToBeUncheckedIsInspectedFirst() {
        LifeBench web = LifeBench.running().died(1).take(new Input.Answered(new CallAnswer.TooLate()));
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
        assertThat(web.life().attempts()).isEqualTo(Attempts.NONE);
    }

    @Test
    void onlyWhatIsFreshIsStartedUnchecked() {
        assertThat(LifeBench.running().died(1).isUnchecked()).isTrue();
        assertThat(LifeBench.running().diedAWhileAgo(1).inspected(exited(1)).isUnchecked())
                .isFalse();
    }

    @Test
    void neverAreThereTwoCallsAtOnce() {
        LifeBench web = LifeBench.running().died(1);

        assertThat(web.died(1).calls()).isEmpty();
        assertThat(web.at(60).due().calls()).isEmpty();
        assertThat(web.inListing(exited(1)).calls()).isEmpty();
        assertThat(web.inspected(exited(1)).calls()).isEmpty();
    }

    // ---- what was not told but found ----

    @Test
    void whatIsFoundDownIsStartedOnceItHasBeenDownForAWhile() {
        LifeBench web = LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP)
                .at(0)
                .inListing(exited(1).withDownFor(Duration.ofSeconds(4)));
        assertThat(web.calls()).containsExactly("inspect");

        web.inspected(exited(1).withDownFor(Duration.ofSeconds(4)));
        assertThat(web.wakesAt()).isEqualTo(6);
        assertThat(web.whenDue().inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void whatWentDownWhenTheEventsEndedIsStartedAtOnce() {
        LifeBench web = LifeBench.running()
                .take(new Input.EventsEnded())
                .withoutEvents()
                .at(3);

        web.inListing(exited(0).withDownFor(Duration.ofSeconds(3)));
        assertThat(web.calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(0)).calls()).containsExactly("start");
        assertThat(web.toldDecisions())
                .containsExactly("leave because it is running", "start because it went down with the engine");
    }

    @Test
    void whatHasOnlyBeenCreatedIsStartedAgainAndAgainAndNeverGivenUp() {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.CREATED).giveUpAfter(1).build();
        LifeBench web = LifeBench.unknown(rules, LifeBench.SETUP).at(0).inspected(created("port is taken"));

        for (int tries = 0; tries < 12; tries++) {
            assertThat(web.inspected(created("port is taken")).calls()).containsExactly("start");
            web.refused("port is taken").inspected(created("port is taken"));
            web.whenDue();
        }
        assertThat(web.life().attempts().starts().count()).isEqualTo(12);
    }

    @Test
    void whatTheEngineIsRestartingIsLeftToIt() {
        Setup always = new Setup(Map.of(), List.of(), "always", false, "", null);
        LifeBench web =
                LifeBench.running(Rules.DEFAULT, always).died(1).inspected(Status.of(ContainerState.RESTARTING));

        assertThat(web.calls()).isEmpty();
        assertThat(web.decision()).isEqualTo("leave because the engine is restarting it");
    }

    @Test
    void whatDoesNotRunIsLeftUntilSomebodyStartsIt() {
        LifeBench web = LifeBench.running(
                        new RulesBuilder().mode(RestartMode.ON_FAILURE).build())
                .died(0);
        assertThat(web.calls()).isEmpty();

        assertThat(web.started().at(5).died(1).calls()).containsExactly("start");
    }

    // ---- what is told ----

    @Test
    void aDecisionIsNewsOnce() {
        LifeBench web = LifeBench.running(UNLESS_STOPPED).stoppedByOperator().inspected(exited(143, 0));
        web.inListing(exited(143)).inListing(exited(143)).due();

        assertThat(web.toldDecisions())
                .containsExactly("leave because it is running", "leave because an operator stopped it");
    }

    @Test
    void underTheNoPolicyACrashIsToldAndNothingDone() {
        LifeBench web = LifeBench.running(
                        new RulesBuilder().mode(RestartMode.NO).build())
                .forgetWhatWasTold();

        assertThat(web.died(1).calls()).isEmpty();
        assertThat(web.toldDecisions()).containsExactly("leave because it crashed with code 1, and its policy is no");
    }

    @Test
    void aFailedRestartDoesNotMakeLaterDecisionsOldNews() {
        Rules rules = new RulesBuilder()
                .mode(RestartMode.UNLESS_STOPPED)
                .restartOn(Trigger.EXITED, Trigger.UNHEALTHY)
                .build();
        LifeBench web = LifeBench.running(rules).healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);
        web.refused("no")
                .inspectedUp(Health.UNHEALTHY)
                .at(0.5)
                .healthTold(Health.HEALTHY)
                .at(3600);

        web.stoppedByOperator().inspected(exited(143, 3600));

        assertThat(web.toldDecisions()).endsWith("leave because an operator stopped it");
    }

    @Test
    void afterTheLastStartThatIsMadeNoneIsToldToFollow() {
        LifeBench web = LifeBench.running(new RulesBuilder().giveUpAfter(1).build());

        web.died(1).accepted().started().died(1);

        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::next)
                .containsOnlyNulls();
        assertThat(web.toldDecisions()).endsWith("give up because it crashed with code 1 after 1 try");
    }

    @Test
    void labelsThatCannotBeUnderstoodAreToldOnce() {
        Setup misspelt = Setup.of(Map.of("watchdog.enabled", "false", "watchdog.policy", "never"));
        LifeBench web = LifeBench.running(Rules.DEFAULT, misspelt).inspectedUp().inspectedUp();

        assertThat(web.told(Fact.LabelProblem.class)).hasSize(2);
    }

    @Test
    void thatTheEngineHasAPolicyOfItsOwnIsToldOnce() {
        Setup always = new Setup(Map.of(), List.of(), "always", false, "", null);
        LifeBench web = LifeBench.running(Rules.DEFAULT, always).inspectedUp();

        assertThat(web.told(Fact.DockerPolicy.class)).hasSize(1);
    }

    @Test
    void aRenameIsToldOnceAsOne() {
        LifeBench web = LifeBench.running().renamed("web-2").inspectedUp();

        assertThat(web.told(Fact.Renamed.class)).singleElement().satisfies(renamed -> {
            assertThat(renamed.container().name()).isEqualTo("web");
            assertThat(renamed.name()).isEqualTo("web-2");
        });
    }

    // ---- compose ----

    @Test
    void whatComposeIsReplacingIsNotStartedUnderItsFeet() {
        LifeBench web =
                LifeBench.running().renamed("249662c60a09_web").replaced(true).died(137);
        assertThat(web.calls()).isEmpty();

        assertThat(web.replaced(false).at(30).due().calls()).isEmpty();
        assertThat(web.wakesAt()).isEqualTo(60);
        assertThat(web.at(60).due().inspected(exited(137)).calls()).containsExactly("start");
    }

    @Test
    void whatKeepsComposesPrefixForGoodIsStartedAtOnce() {
        assertThat(LifeBench.unknown(Rules.DEFAULT, "249662c60a09_web", LifeBench.SETUP)
                        .inspectedUp()
                        .at(0)
                        .died(1)
                        .calls())
                .containsExactly("start");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRenameToANameThatIsNotToldIsInspected(boolean isLast) {
        LifeBench web = LifeBench.running().take(new Input.Renamed(Optional.empty()));
        assertThat(web.calls()).containsExactly("inspect");

        if (isLast) {
            web.asks().answers("api", web.up(Health.NONE));
            assertThat(web.life().name()).isEqualTo("api");
        } else {
            assertThat(web.asks().at(1).died(1).calls()).containsExactly("inspect");
            assertThat(web.answers("api", web.up(Health.NONE)).calls()).containsExactly("inspect");
        }
    }

    @Test
    void aPlaceThatIsFreeMeansNothingToWhatDoesNotWaitForOne() {
        LifeBench web = LifeBench.running().died(1);
        Life before = web.life();

        assertThat(web.take(new Input.PlaceFree()).life()).isEqualTo(before);
        assertThat(web.calls()).isEmpty();
        assertThat(LifeBench.running().take(new Input.PlaceFree()).calls()).isEmpty();
    }

    @Test
    void whatRanOutOfMemoryIsStartedAtOnceToo() {
        LifeBench web = LifeBench.running().take(new Input.RanOutOfMemory()).died(137);

        assertThat(web.isUnchecked()).isTrue();
    }

    @Test
    void theFirstNameOfAContainerIsNoRename() {
        LifeBench web = LifeBench.unknown(Rules.DEFAULT, "", LifeBench.SETUP);

        web.take(new Input.Inspected(
                LifeBench.time(0), new Container(LifeBench.ID, "web", web.up(Health.NONE), LifeBench.SETUP), false));
        web.take(new Input.Renamed(Optional.empty()));

        assertThat(web.told(Fact.Renamed.class)).isEmpty();
    }

    static List<Input> whatMayBeToldFirst() {
        return List.of(
                new Input.Started(), new Input.Signalled(15), new Input.RanOutOfMemory(), new Input.Paused(false));
    }

    @ParameterizedTest
    @MethodSource("whatMayBeToldFirst")
    void whatIsNotKnownYetIsInspectedWhateverIsToldOfIt(Input first) {
        assertThat(LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP).take(first).calls())
                .containsExactly("inspect");
    }

    @Test
    void nothingIsBegunWhileThereIsNoEngineToAsk() {
        LifeBench web = LifeBench.running().died(1).accepted().started().died(1);
        assertThat(web.wakesAt()).isEqualTo(1);

        assertThat(web.engineAnswers(false).whenDue().calls()).isEmpty();
        assertThat(web.engineAnswers(true).due().calls()).containsExactly("inspect");
    }

    @Test
    void noProvidersAreAskedForWhileItIsDown() {
        LifeBench web = LifeBench.running(new RulesBuilder().dependents().build(), LifeBench.JOINS)
                .died(1)
                .refused("cannot join")
                .inspected(exited(1));

        assertThat(web.inListing(exited(1)).calls()).isEmpty();
    }

    @Test
    void whatIsDoneOnceAHoldIsOverIsTold() {
        LifeBench web = LifeBench.running().held(new Hold(NamePattern.parse("web"), null, null));

        web.died(1).held();

        assertThat(web.toldDecisions())
                .endsWith(
                        "leave because it crashed with code 1, and it is held", "start because it crashed with code 1");
    }
}
