package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.created;
import static watchdog.policy.LifeBench.exited;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are older than what was told since, and listings that lag behind. */
class StaleAnswersTest {

    @Test
    void anInspectionThatWasAskedForBeforeADeathChangesNothing() {
        LifeBench web = LifeBench.running().asks().at(1).place(false).died(1);
        Life before = web.life();

        assertThat(web.answers(web.up(Health.NONE)).life()).isEqualTo(before);
        assertThat(web.calls()).isEmpty();
    }

    @Test
    void anInspectionThatWasAskedForBeforeAStartChangesNothing() {
        LifeBench web = LifeBench.running().asks().at(1).stoppedByOperator().started();
        Life before = web.life();

        assertThat(web.answers(exited(143, 1)).life()).isEqualTo(before);
    }

    @Test
    void anInspectionThatWasAskedForBeforeARenameDoesNotBringTheOldNameBack() {
        LifeBench web = LifeBench.running().asks().at(1).renamed(LifeBench.OTHER);

        web.answers("web", web.up(Health.NONE));

        assertThat(web.life().name()).isEqualTo(LifeBench.OTHER);
        assertThat(web.told(Fact.Renamed.class)).hasSize(1);
    }

    @Test
    void aFirstInspectionThatIsOldTellsOnlyHowItWasCreated() {
        LifeBench web = LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP)
                .at(0)
                .asks()
                .at(1)
                .renamed("api")
                .died(1)
                .answers("web", exited(0));

        assertThat(web.calls()).containsExactly("inspect");
        assertThat(web.life().setup()).isEqualTo(LifeBench.SETUP);
        assertThat(web.life().name()).isEqualTo("api");
        assertThat(web.life().isInspected()).isTrue();
    }

    @Test
    void aCheckThatWasAskedForBeforeADeathIsMadeAnew() {
        LifeBench web = LifeBench.running()
                .diedAWhileAgo(1)
                .asks()
                .at(1)
                .diedAWhileAgo(1)
                .answers(exited(1));
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void aListingThatWasAskedForBeforeADeathChangesNothing() {
        LifeBench web = LifeBench.running().place(false).at(1).died(1);
        Life before = web.life();

        web.take(new Input.Listed(
                LifeBench.time(0.5), new Container(LifeBench.ID, "old", web.up(Health.NONE), LifeBench.SETUP)));

        assertThat(web.life()).isEqualTo(before);
    }

    @Test
    void aListingThatContradictsTheEventsIsNotBelievedBeforeAnInspection() {
        LifeBench web = LifeBench.running().at(1).inListing(exited(1));

        assertThat(web.calls()).containsExactly("inspect");
        assertThat(web.life().state()).isEqualTo(ContainerState.RUNNING);
        assertThat(web.inspectedUp().decision()).isEqualTo("leave because it is running");
    }

    @Test
    void aPauseOfWhatWasThoughtToBeDownIsInspected() {
        Rules rules = new RulesBuilder().mode(RestartMode.ON_FAILURE).build();
        LifeBench web = LifeBench.running(rules).died(0);

        assertThat(web.take(new Input.Paused(true)).calls()).containsExactly("inspect");
    }

    @Test
    void aListingDoesNotForgetWhyAStartHasFailed() {
        Rules rules = new RulesBuilder().restartOn(Trigger.CREATED).build();
        LifeBench web = LifeBench.unknown(rules, LifeBench.SETUP).providersReady(false);
        web.inspected(created("port is taken"));

        assertThat(web.inListing(created("")).life().phase()).isEqualTo(new Created("port is taken"));
    }

    @Test
    void aListingIsBelievedWhereNoEventsAreTold() {
        LifeBench web = LifeBench.running().withoutEvents().at(1).inListing(exited(1));

        assertThat(web.life().state()).isEqualTo(ContainerState.EXITED);
        assertThat(web.wakesAt()).isEqualTo(11);
    }

    @Test
    void aListingThatLagsUndoesNoOperatorsStopThoughNoEventsAreTold() {
        LifeBench web = LifeBench.running().stoppedByOperator().inspected(exited(143, 0));
        web.take(new Input.EventsEnded()).withoutEvents();

        assertThat(web.inListingUp().calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(143, 0)).life().stoppedAt()).isEqualTo(LifeBench.T0);
    }

    @Test
    void whatIsNotAmongThoseThatAreDownIsInspectedIfItWasThoughtToBe() {
        assertThat(LifeBench.running().notListedDown().calls()).isEmpty();

        LifeBench down = LifeBench.running(
                        new RulesBuilder().mode(RestartMode.ON_FAILURE).build())
                .died(0);
        assertThat(down.notListedDown().calls()).containsExactly("inspect");
        assertThat(down.inspectedUp().decision()).isEqualTo("leave because it is running");
    }

    @Test
    void anAnswerToACallThatIsOverSaysNothing() {
        LifeBench web = LifeBench.running();
        Life before = web.life();

        assertThat(web.refused("no such container").life()).isEqualTo(before);
        assertThat(web.accepted().life()).isEqualTo(before);
    }

    @Test
    void aListingDuringACallChangesNothing() {
        LifeBench web = LifeBench.running().at(1).died(1);
        assertThat(web.calls()).containsExactly("start");
        Life before = web.life();

        assertThat(web.inListingUp().life()).isEqualTo(before);
        assertThat(web.notListedDown().life()).isEqualTo(before);
        assertThat(web.calls()).isEmpty();
    }

    @Test
    void anInspectionThatWasAskedForBeforeAStartOnlyChangesNothing() {
        LifeBench web = LifeBench.running().at(1).stoppedByOperator().inspected(exited(143, 1));
        web.at(2).asks().at(3).started();
        Life before = web.life();

        assertThat(web.answers(exited(143, 1)).life()).isEqualTo(before);
    }

    @Test
    void anInspectionThatWasAskedForBeforeASignalToWhatIsDownIsAskedForAnew() {
        LifeBench web = LifeBench.running().at(1).stoppedByOperator().inspected(exited(143, 1));
        web.at(2).asks().at(3).signalled(15);
        assertThat(web.calls()).containsExactly("inspect");

        assertThat(web.answers(exited(143, 1)).calls()).containsExactly("inspect");
    }

    static List<Input> whatBefellTheRunBefore() {
        return List.of(new Input.Signalled(15), new Input.Paused(true), new Input.RanOutOfMemory());
    }

    @ParameterizedTest
    @MethodSource("whatBefellTheRunBefore")
    void whatIsToldBetweenTheAnswerToAStartAndTheStartIsOfTheRunBefore(Input late) {
        LifeBench web = LifeBench.running().at(1).died(1).accepted();
        Life before = web.life();

        assertThat(web.take(late).life()).isEqualTo(before);
    }

    @Test
    void aListingThatShowsAnotherExitCodeHasItInspected() {
        LifeBench web = LifeBench.running(
                        new RulesBuilder().mode(RestartMode.NO).build())
                .at(1)
                .died(1);
        assertThat(web.inListing(exited(1)).calls()).isEmpty();

        assertThat(web.inListing(exited(2)).calls()).containsExactly("inspect");
    }

    @Test
    void aListingSaysNothingNewOfHowItWasCreatedOnceItWasInspected() {
        LifeBench web = LifeBench.running();
        Setup cut = new Setup(Map.of("watchdog.enable", "false"), List.of(), "no", false, "", null);

        web.take(new Input.Listed(LifeBench.time(1), new Container(LifeBench.ID, "api", web.up(Health.NONE), cut)));

        assertThat(web.life().setup()).isEqualTo(LifeBench.SETUP);
        assertThat(web.life().name()).isEqualTo("api");
    }

    @Test
    void aListingSaysHowItWasCreatedUntilItIsInspected() {
        LifeBench web = LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP);
        Setup seen = new Setup(Map.of("a", "b"), List.of(), "no", false, "", null);

        web.take(new Input.Listed(LifeBench.time(1), new Container(LifeBench.ID, "web", web.up(Health.NONE), seen)));

        assertThat(web.life().setup()).isEqualTo(seen);
    }

    @Test
    void whatIsListedAsCreatedIsInspectedOnlyIfItWouldBeStarted() {
        Rules started =
                new RulesBuilder().restartOn(Trigger.EXITED, Trigger.CREATED).build();

        assertThat(LifeBench.unknown(started, LifeBench.SETUP)
                        .inspected(created(""))
                        .inListing(created(""))
                        .calls())
                .containsExactly("inspect");
        assertThat(LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP)
                        .inspected(created(""))
                        .inListing(created(""))
                        .calls())
                .isEmpty();
        assertThat(LifeBench.running(started).inListingUp().calls()).isEmpty();
    }

    @Test
    void whatIsFirstListedAsCreatedIsThat() {
        LifeBench web = LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP).inListing(created(""));

        assertThat(web.life().phase()).isInstanceOf(Created.class);
    }

    @Test
    void whatWasNeverInspectedIsThoughItIsNotAmongThoseThatAreDown() {
        assertThat(LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP)
                        .notListedDown()
                        .calls())
                .containsExactly("inspect");
    }

    @Test
    void anInspectionThatFailedCountsOnlyForTheStepThatAskedForIt() {
        LifeBench web = LifeBench.running().at(1).asks().at(2).diedAWhileAgo(1);
        web.take(new Input.NotInspected(LifeBench.time(1), "no answer", false, false));
        assertThat(web.outcomes()).isEmpty();

        web.inspected(exited(1));
        assertThat(web.calls()).containsExactly("start");
        assertThat(web.notInspected("500").outcomes()).isEmpty();
    }

    @Test
    void anInspectionThatIsNotAnsweredIsNoProblemOfTheContainer() {
        LifeBench web = LifeBench.running();

        web.take(new Input.NotInspected(LifeBench.time(1), "no answer", false, false));

        assertThat(web.told(Fact.NotInspected.class)).isEmpty();
    }

    /** The engine takes long to list, and its events are not told. */
    @Test
    void aListingThatWasAskedForBeforeAStartChangesNothing() {
        LifeBench web =
                LifeBench.running().withoutEvents().at(1).inListing(exited(1)).inspected(exited(1));
        web.whenDue().inspected(exited(1)).accepted().whenDue().inspectedUp();
        assertThat(web.outcome().isUp()).isTrue();
        Life before = web.life();

        web.take(new Input.Listed(LifeBench.time(10), new Container(LifeBench.ID, "web", exited(1), LifeBench.SETUP)));

        assertThat(web.life()).isEqualTo(before);
    }

    @Test
    void anInspectionThatWasAskedForBeforeTheEventsBeganLeavesAStopInDoubtAndIsAskedForAnew() {
        LifeBench web = LifeBench.running().stoppedByOperator().inspected(exited(143, 0));
        web.asks().at(1).take(new Input.EventsEnded()).take(new Input.EventsBegun());

        assertThat(web.answers(exited(143, 0)).calls()).containsExactly("inspect");
    }

    @Test
    void whatWasOnlyCreatedIsListedAsWhatItIsSinceThenWhereNoEventsAreTold() {
        LifeBench web = LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP).withoutEvents();
        web.inspected(created("")).inListing(exited(1));

        assertThat(web.life().state()).isEqualTo(ContainerState.EXITED);
    }

    /** When it was started is not known, and whether it runs. */
    @Test
    void whatIsToBeInspectedForTwoReasonsIsInspectedOnce() {
        Rules dependents = new RulesBuilder().dependents().build();
        LifeBench web = LifeBench.running(dependents, LifeBench.JOINS)
                .stoppedByOperator()
                .started();

        assertThat(web.at(30).inListing(exited(143)).calls()).containsExactlyInAnyOrder("inspect", "inspect providers");
    }
}
