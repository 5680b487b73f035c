package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;

import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Calls that came to nothing while others were at work, and calls of which nobody saw what became. */
class UncertainCallsTest {

    private static final Rules RULES = new RulesBuilder()
            .mode(RestartMode.UNLESS_STOPPED)
            .restartOn(Trigger.EXITED, Trigger.UNHEALTHY)
            .build();

    /** A restart has been asked for at 0 s; the container dies of something at 1 s, before the engine answers. */
    private static Cause causeAfterRestart(UnaryOperator<LifeBench> course) {
        LifeBench web = LifeBench.running(RULES).healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);
        assertThat(web.calls()).containsExactly("restart within 10 s");
        return ((Down) course.apply(web.at(1)).life().phase()).cause();
    }

    @Test
    void aStopWhileARestartIsRefusedIsTheOperators() {
        assertThat(causeAfterRestart(web -> web.signalled(15).died(143).refused("no such option")))
                .isEqualTo(new Cause.Stop(new Cause.Proof.Told()));
        assertThat(causeAfterRestart(web -> web.signalled(15).died(143).unanswered(false)))
                .isEqualTo(new Cause.Stop(new Cause.Proof.Told()));
    }

    @Test
    void aStopWhileARestartIsBegunIsItsOwn() {
        assertThat(causeAfterRestart(web -> web.signalled(15).died(143).refusedHalfway("log driver is away")))
                .isEqualTo(Cause.Accident.OWN_RESTART);
    }

    @Test
    void nobodySawWhyItDiedWhileARestartWasRefusedIfNoStopWasTold() {
        assertThat(causeAfterRestart(web -> web.died(1).refused("no such option")))
                .isEqualTo(Cause.Accident.UNWITNESSED);
    }

    @Test
    void nobodySawWhyItDiedWhileARestartWasRefusedIfEventsWereMissed() {
        assertThat(causeAfterRestart(web -> web.take(new Input.EventsBegun())
                        .signalled(15)
                        .died(143)
                        .refused("no such option")))
                .isEqualTo(Cause.Accident.UNWITNESSED);
        assertThat(causeAfterRestart(
                        web -> web.signalled(15).died(143).withoutEvents().refused("no such option")))
                .isEqualTo(Cause.Accident.UNWITNESSED);
    }

    @Test
    void anAcceptedStartIsATryEvenIfNobodySeesWhatBecameOfIt() {
        LifeBench web = LifeBench.running().died(1).accepted().at(1).due().notInspected("403");

        assertThat(web.outcomes()).containsExactly(new Outcome.Unknown("started, but not seen since: 403", true));
    }

    @Test
    void aStartOfWhatRunsAlreadyIsNoTryIfNobodySeesIt() {
        LifeBench web = LifeBench.running().died(1).unchanged().notInspected("403");

        assertThat(web.outcomes()).containsExactly(new Outcome.Unknown("403", false));
    }

    @Test
    void anAnswerFromBeforeAPauseSaysNothing() {
        LifeBench web = LifeBench.running();
        Status running = web.up(Health.NONE);
        web.at(1).asks().at(2).take(new Input.Paused(true)).answers(running);

        assertThat(web.life().state()).isEqualTo(ContainerState.PAUSED);
    }

    @Test
    void anAnswerFromBeforeTheEventsEndedOrBeganSaysNothing() {
        for (Input input : new Input[] {new Input.EventsEnded(), new Input.EventsBegun()}) {
            LifeBench web = LifeBench.running().at(1).asks().at(2).take(input).answers(exited(1, 1));

            assertThat(web.life().state()).isEqualTo(ContainerState.RUNNING);
        }
    }

    @Test
    void aContainerThatIsDownIsGivenUpAsSoonAsItsProviderIsGone() {
        LifeBench web = LifeBench.running(RULES, LifeBench.JOINS).died(1).refused("cannot join");
        web.inspected(exited(1)).forgetWhatWasTold().take(new Input.ProviderGone());

        assertThat(web.toldDecisions()).hasSize(1).allMatch(told -> told.startsWith("give up"));
        assertThat(web.life().phase().status().exitCode()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void aSignalThatIsNotMeantToEndItMakesNoStopOfADeathDuringARestartThatWasRefused() {
        Cause cause = causeAfterRestart(web -> web.signalled(1).died(129).refused("busy"));

        assertThat(cause).isEqualTo(Cause.Accident.UNWITNESSED);
    }

    @Test
    void aCrashAfterAnOperatorsRestartIsOneThoughItsOwnIsRefusedOnlyThen() {
        Cause cause = causeAfterRestart(
                web -> web.signalled(15).died(143).started().died(1).refused("no such option"));

        assertThat(cause).isEqualTo(Cause.Accident.CRASH);
    }

    /** The signal of one that was refused halfway is told only while the next one is checked. */
    @Test
    void aSignalOfTheRestartBeforeMakesNoStopOfADeathDuringOneThatIsRefused() {
        LifeBench web = LifeBench.running(RULES).healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);
        web.refusedHalfway("no exit event").inspectedUp(Health.UNHEALTHY).whenDue();
        web.signalled(15).inspectedUp(Health.UNHEALTHY);
        assertThat(web.calls()).containsExactly("restart within 10 s");

        web.died(1).refused("not now");

        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.UNWITNESSED);
    }

    /** The death in that restart is told only during the start. */
    @Test
    void aStartThatTheEngineDidNotBeginIsTriedAgainAfterARestartThatTookItDown() {
        Rules rules = new RulesBuilder().restartOn(Trigger.UNHEALTHY).build();
        LifeBench web = LifeBench.running(rules).healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);
        web.refusedHalfway("log driver is away").inspected(exited(137)).inspected(exited(137));
        assertThat(web.calls()).containsExactly("start");

        web.at(1).died(137).refused("not now").inspected(exited(137)).inspected(exited(137));

        assertThat(web.decision()).contains("watchdog's own restart took it down");
        assertThat(web.wakesAt()).isEqualTo(2);
    }

    /** After a fault of its own, watchdog knows the container anew while the call of before is under way. */
    @Test
    void anAnswerThatComesWhileItIsInspectedIsOfAnEarlierCall() {
        LifeBench web = LifeBench.running().diedAWhileAgo(1);
        Life before = web.life();

        assertThat(web.accepted().life()).isEqualTo(before);
        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    // ---- of what joins another one ----

    /** It is to be restarted for ill health, before which its provider is inspected. */
    private static LifeBench whoseProviderIsInspected() {
        Rules rules = new RulesBuilder()
                .restartOn(Trigger.EXITED, Trigger.UNHEALTHY)
                .dependents()
                .build();
        LifeBench web = LifeBench.running(rules, LifeBench.JOINS).providersInspected(LifeBench.time(-3660));
        web.healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);
        assertThat(web.calls()).containsExactly("inspect providers");
        return web;
    }

    @Test
    void whatDiesWhileItsProviderIsInspectedIsStarted() {
        LifeBench web = whoseProviderIsInspected().died(1).providersInspected(LifeBench.time(-3660));

        assertThat(web.outcome()).isInstanceOf(Outcome.NotNeeded.class);
        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void whatAnOperatorBeginsToStopWhileItsProviderIsInspectedIsLeftToHim() {
        LifeBench web = whoseProviderIsInspected().signalled(15).providersInspected(LifeBench.time(-3660));

        assertThat(web.calls()).isEmpty();
        assertThat(web.outcome()).isInstanceOf(Outcome.NotNeeded.class);
    }

    @Test
    void aRestartThatIsRefusedHasOnlyTheContainerInspectedThoughItJoinsAnother() {
        LifeBench web = whoseProviderIsInspected().providersInspected(LifeBench.time(-3660));
        assertThat(web.calls()).containsExactly("restart within 10 s");

        assertThat(web.refused("no").calls()).containsExactly("inspect");
    }

    @Test
    void whatIsFoundOfItsProviderDuringAStartDoesNotEndTheStart() {
        LifeBench web = LifeBench.running(RULES, LifeBench.JOINS).died(1);
        assertThat(web.calls()).containsExactly("start");
        Life before = web.life();

        assertThat(web.providersInspected(LifeBench.time(-3660)).life()).isEqualTo(before);
    }

    @Test
    void whatIsFoundOfItsProviderAfterAStartThatWasRefusedChangesNothing() {
        LifeBench web = LifeBench.running(RULES, LifeBench.JOINS).died(1).refused("cannot join");
        web.inspected(exited(1));

        web.providersInspected(LifeBench.time(-3660));

        assertThat(web.calls()).isEmpty();
        assertThat(web.wakesAt()).isEqualTo(1);
    }
}
