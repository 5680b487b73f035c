package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;
import static watchdog.policy.LifeBench.time;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who stopped it, how sure that is, and what follows. */
class OperatorsStopTest {

    private static final String STOPPED = "leave because an operator stopped it";

    private static LifeBench unlessStopped() {
        return LifeBench.running(
                new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).build());
    }

    @Test
    void aStopThatIsToldIsInspectedAtOnceToProveIt() {
        LifeBench web = unlessStopped().stoppedByOperator();
        assertThat(web.calls()).containsExactly("inspect");
        assertThat(web.life().isStopPending()).isTrue();
        assertThat(web.life().stoppedAt()).isNull();

        web.inspected(exited(143, 1));
        assertThat(web.life().isStopPending()).isFalse();
        assertThat(web.life().stoppedAt()).isEqualTo(time(1));
        assertThat(web.decision()).isEqualTo(STOPPED);
    }

    /** Where an inspection takes long, and the events end meanwhile. */
    @Test
    void aListingProvesAStopToo() {
        LifeBench web = unlessStopped().asks().stoppedByOperator();
        web.at(2).inListing(exited(143)).take(new Input.EventsEnded()).withoutEvents();

        assertThat(web.life().isStopPending()).isFalse();
        assertThat(web.inspected(exited(143, 1)).at(60).due().decision()).isEqualTo(STOPPED);
    }

    @Test
    void aListingFromBeforeItsDeathProvesNothing() {
        LifeBench web = unlessStopped().asks().stoppedByOperator();
        web.take(new Input.Listed(time(-1), web.life().container()));

        assertThat(web.life().isStopPending()).isTrue();
    }

    @Test
    void anAnswerFromBeforeItsDeathProvesNothing() {
        LifeBench web = unlessStopped().asks().at(1).signalled(15).died(143).answers(exited(143, 1));

        assertThat(web.life().isStopPending()).isTrue();
        assertThat(web.calls()).containsExactly("inspect");
    }

    @Test
    void anAnswerProvesNothingOnceTheEventsHaveEnded() {
        LifeBench web = unlessStopped().stoppedByOperator().withoutEvents();

        assertThat(web.inspected(exited(143, 0)).life().stoppedAt()).isNull();
    }

    @Test
    void nothingIsToldOfAStopThatIsNotProvenYet() {
        LifeBench web = unlessStopped().forgetWhatWasTold().stoppedByOperator();
        assertThat(web.toldDecisions()).isEmpty();

        assertThat(web.inspected(exited(143, 0)).toldDecisions()).containsExactly(STOPPED);
    }

    @Test
    void anEngineThatShutsDownIsNoOperator() {
        LifeBench web = unlessStopped().stoppedByOperator().at(3).take(new Input.EventsEnded());
        web.take(new Input.EngineGone()).take(new Input.EventsBegun());

        assertThat(web.due().inspected(exited(143)).calls()).containsExactly("start");
    }

    @Test
    void underThePolicyAlwaysItIsStartedOnceItHasBeenDownForAWhile() {
        LifeBench web = LifeBench.running().stoppedByOperator().inspected(exited(143, 0));
        assertThat(web.wakesAt()).isEqualTo(10);

        assertThat(web.whenDue().inspected(exited(143, 0)).calls()).containsExactly("start");
    }

    @Test
    void anOperatorsRestartIsNotHindered() {
        LifeBench web = LifeBench.running()
                .stoppedByOperator()
                .inspected(exited(143, 0))
                .at(0.5)
                .started();

        assertThat(web.calls()).isEmpty();
        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void whatAnOperatorStartedAgainIsStartedWhenItCrashes() {
        LifeBench web = unlessStopped()
                .stoppedByOperator()
                .inspected(exited(143, 0))
                .at(60)
                .started()
                .at(90);

        assertThat(web.died(1).calls()).containsExactly("start");
    }

    @Test
    void aStopIsRecalledWhereWatchdogWasRestartedMeanwhile() {
        Rules rules = new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).build();
        LifeBench web = LifeBench.unknown(rules, LifeBench.SETUP).at(0).inspectedAndRecalled(exited(143, -60));

        assertThat(web.life().stoppedAt()).isEqualTo(time(-60));
        assertThat(web.at(60).due().decision()).isEqualTo(STOPPED);
    }

    @ParameterizedTest(name = "finished at {0} s: {1}")
    @CsvSource({"0, leave because an operator stopped it", "30, 'wait until PT51S because it exited with code 143'"})
    void afterAGapInTheEventsItIsInspectedWhetherItWasStartedMeanwhile(double finishedAt, String decision) {
        LifeBench web =
                unlessStopped().stoppedByOperator().inspected(exited(143, 0)).at(20);
        web.take(new Input.EventsEnded()).at(40).take(new Input.EventsBegun());

        assertThat(web.at(41).inListing(exited(143)).calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(143, finishedAt)).decision()).startsWith(decision);
    }

    @Test
    void aStopThatIsSureIsNotInspectedAgainAndAgain() {
        LifeBench web = unlessStopped().stoppedByOperator().inspected(exited(143, 0));

        assertThat(web.at(60).inListing(exited(143)).calls()).isEmpty();
        assertThat(web.at(120).inListing(exited(143)).calls()).isEmpty();
    }

    @Test
    void aStopIsToldThoughTheLastStartBeforeHisOwnHadFailed() {
        LifeBench web = unlessStopped()
                .died(1)
                .refused("port is taken")
                .inspected(exited(1))
                .started();

        web.stoppedByOperator().inspected(exited(143, 0));

        assertThat(web.toldDecisions()).endsWith(STOPPED);
    }

    @Test
    void aSignalIsUnderstoodOnceItIsKnownHowItWasCreated() {
        Rules rules = new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).build();
        Setup stopsByUsr1 = new Setup(Map.of(), List.of(), "no", false, "SIGUSR1", null);
        LifeBench web = LifeBench.unknown(rules, stopsByUsr1)
                .at(0)
                .signalled(10)
                .inspectedUp()
                .inspectedUp();

        assertThat(web.at(5).died(0).inspected(exited(0, 5)).decision()).isEqualTo(STOPPED);
    }

    @Test
    void aSignalThatMeansSomethingElseMayHaveKilledIt() {
        LifeBench web = LifeBench.running().signalled(10).at(1).died(138);

        assertThat(web.calls()).isEmpty();
        assertThat(web.wakesAt()).isEqualTo(11);
    }

    @Test
    void anInspectionThatIsRefusedProvesAStopAndOneThatIsNotAnsweredProvesNone() {
        LifeBench web = unlessStopped().at(1).stoppedByOperator().at(2);

        web.take(new Input.NotInspected(LifeBench.time(2), "no answer", false, false));
        assertThat(web.decision()).isEqualTo("leave because it was stopped just now");

        web.notInspected("500");
        assertThat(web.decision()).isEqualTo("leave because an operator stopped it");
    }

    @Test
    void whatIsRecalledButRestartingIsNotTakenForStopped() {
        Status restarting = new Status(
                ContainerState.RESTARTING, Health.NONE, OptionalInt.of(1), "", time(0), time(1), Duration.ZERO);
        LifeBench web = unlessStopped().place(false).at(1).diedAWhileAgo(1);

        web.place(true).take(new Input.PlaceFree()).inspectedAndRecalled(restarting);

        assertThat(web.life().stoppedAt()).isNull();
    }

    @Test
    void aStartByAnOperatorIsToldAsThatItRuns() {
        LifeBench web = unlessStopped().at(1).stoppedByOperator().inspected(exited(143, 1));

        web.at(5).started();

        assertThat(web.told(Fact.Decided.class))
                .last()
                .extracting(fact -> fact.decision().reason())
                .isEqualTo("it is running");
    }

    @Test
    void anInspectionThatWasRefusedBeforeTheStopProvesNothing() {
        LifeBench web = unlessStopped().asks().at(1).stoppedByOperator();

        web.take(new Input.NotInspected(time(0), "500", true, true));

        assertThat(web.life().isStopPending()).isTrue();
    }
}
