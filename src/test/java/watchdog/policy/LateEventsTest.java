package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Events that are told after an inspection has shown what came of them, or of which some were missed. */
class LateEventsTest {

    private static final Rules ALWAYS =
            new RulesBuilder().mode(RestartMode.ALWAYS).build();

    private static final Rules UNLESS_STOPPED =
            new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).build();

    private static LifeBench stopping() {
        return LifeBench.running(ALWAYS)
                .take(new Input.Paused(true))
                .at(1)
                .signalled(15)
                .at(2);
    }

    private static LifeBench beingRestarted() {
        Rules rules = new RulesBuilder()
                .mode(RestartMode.UNLESS_STOPPED)
                .restartOn(Trigger.EXITED, Trigger.UNHEALTHY)
                .build();
        return LifeBench.running(rules).healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);
    }

    private static LifeBench beingStartedWithoutEvents() {
        LifeBench web = LifeBench.running(ALWAYS)
                .withoutEvents()
                .inListing(exited(1))
                .inspected(exited(1))
                .at(11);
        web.due().inspected(exited(1));
        assertThat(web.calls()).containsExactly("start");
        return web;
    }

    /** It runs since an hour ago, and the one that it joins since a minute before. */
    private static LifeBench dependent() {
        return LifeBench.running(new RulesBuilder().dependents().build(), LifeBench.JOINS)
                .providersInspected(LifeBench.time(-3660));
    }

    /** The engine has what is paused go on before it stops it. */
    @Test
    void aPausedContainerThatAnOperatorStoppedIsNotTakenForCrashed() {
        LifeBench web = stopping().inspected(exited(143, 2));

        web.take(new Input.Paused(false)).died(143);

        assertThat(web.calls()).doesNotContain("start");
        assertThat(web.decision()).contains("stopped");
    }

    /** After the events have begun anew, it may have been started and paused without anybody telling. */
    @Test
    void aCrashAfterAnUnpauseIsOneIfAnEarlierStopIsInDoubt() {
        LifeBench web = stopping().died(143).inspected(exited(143, 2)).take(new Input.EventsBegun());
        web.take(new Input.Paused(false)).died(1);

        assertThat(web.life().phase()).isInstanceOf(Down.class);
        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.CRASH);
    }

    /** An operator pauses it and stops it, which is told after the inspection has shown that it is down. */
    @Test
    void aPauseThatIsToldLateDoesNotMakeACrashOfTheStop() {
        LifeBench web = LifeBench.running(ALWAYS).at(1).signalled(15).at(2);
        web.inspected(exited(143, 2));

        web.take(new Input.Paused(true)).take(new Input.Paused(false)).died(143);

        assertThat(web.calls()).doesNotContain("start");
        assertThat(web.decision()).contains("stopped");
    }

    /** Of whatever is told of a container that is thought to be down, an inspection shows whether it runs. */
    @Test
    void aPauseOfWhatIsThoughtToBeDownHasItInspected() {
        LifeBench web = stopping().died(143).inspected(exited(143, 2)).take(new Input.Paused(true));

        assertThat(web.calls()).containsExactly("inspect");
        assertThat(web.inspectedUp().life().phase()).isInstanceOf(Up.class);
    }

    /** It was the engine's shutdown that sent the signal, which is told after the death. */
    @Test
    void aSignalThatIsToldAfterTheDeathIsNoOperatorsIfTheEventsEndThen() {
        LifeBench web = LifeBench.running(
                new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).build());
        web.diedAWhileAgo(143).signalled(15).take(new Input.EventsEnded()).take(new Input.EventsBegun());

        web.at(10).inspected(exited(143, 1));

        assertThat(web.life().isStopPending()).isFalse();
        assertThat(web.life().stoppedAt()).isNull();
    }

    /** The engine started it when it came back, which nobody told. */
    @Test
    void aStopOfARunThatWasMissedIsOneSinceThen() {
        LifeBench web = LifeBench.running(ALWAYS).take(new Input.EventsEnded()).inspected(exited(143));
        web.take(new Input.EventsBegun()).at(20).signalled(15).at(21);

        web.inspected(exited(143)).inspected(exited(143));

        assertThat(web.wakesAt()).isBetween(31.0, 31.1);
    }

    /** It was started while no events were told, and takes its time to end. */
    @Test
    void theStopOfARunThatWasMissedIsOneThoughItIsSeenToRunMeanwhile() {
        LifeBench web =
                LifeBench.running(UNLESS_STOPPED).at(1).signalled(15).died(143).inspected(exited(143, 1));
        web.take(new Input.EventsEnded()).take(new Input.EventsBegun()).at(20).signalled(15);

        web.at(27).inspectedUp().at(29).died(143);

        assertThat(web.calls()).doesNotContain("start");
        assertThat(web.decision()).contains("stopped");
    }

    /** As above, and the events end again before its death. */
    @Test
    void theStopOfARunThatWasMissedIsOneThoughTheEventsEndOnceMore() {
        LifeBench web =
                LifeBench.running(UNLESS_STOPPED).at(1).signalled(15).died(143).inspected(exited(143, 1));
        web.take(new Input.EventsEnded()).take(new Input.EventsBegun()).at(20).signalled(15);
        web.take(new Input.EventsEnded()).take(new Input.EventsBegun());

        web.at(22).died(143);

        assertThat(web.calls()).doesNotContain("start");
        assertThat(web.decision()).contains("stopped");
    }

    /** As above, and a signal that stops nothing comes after the one that does. */
    @Test
    void theStopOfARunThatWasMissedIsOneThoughItIsSentAnotherSignal() {
        LifeBench web =
                LifeBench.running(UNLESS_STOPPED).at(1).signalled(15).died(143).inspected(exited(143, 1));
        web.take(new Input.EventsEnded())
                .take(new Input.EventsBegun())
                .at(20)
                .signalled(15)
                .signalled(1);

        web.at(24).died(143);

        assertThat(web.calls()).doesNotContain("start");
        assertThat(web.decision()).contains("stopped");
    }

    /** As above, and its signal was missed, too. */
    @Test
    void theEndOfAStopOfARunThatWasMissedIsOneBeforeItsDeathIsTold() {
        LifeBench web =
                LifeBench.running(UNLESS_STOPPED).at(1).signalled(15).died(143).inspected(exited(143, 1));
        web.take(new Input.EventsEnded()).take(new Input.EventsBegun()).at(20);

        web.take(new Input.Stopped()).died(137);

        assertThat(web.calls()).doesNotContain("start");
        assertThat(web.decision()).contains("stopped");
    }

    @Test
    void aDeathOfWhatIsKnownToBeDownHasItInspected() {
        LifeBench web =
                LifeBench.running(UNLESS_STOPPED).at(1).signalled(15).died(143).inspected(exited(143, 1));

        web.at(20).signalled(15).asks().at(20.1).died(143).answers(exited(143, 1));
        assertThat(web.calls()).containsExactly("inspect");

        web.inspected(exited(143, 20.1)).inspected(exited(143, 20.1));
        assertThat(web.life().stoppedAt()).isEqualTo(LifeBench.time(20.1));
    }

    /** Its signal was sent before the events began, so that its death passed for a crash. */
    @Test
    void theEndOfAStopThatIsToldAfterTheAnswerToAStartIsOfTheRunBefore() {
        LifeBench web = LifeBench.running(UNLESS_STOPPED).at(1).died(0).accepted();

        web.take(new Input.Stopped()).started().died(1);

        assertThat(web.life().isStopPending()).isFalse();
        assertThat(web.decision()).contains("crashed with code 1");
    }

    /** A restart has failed halfway, and its start was asked for, before any of that was told. */
    @Test
    void aSignalOfItsOwnRestartDoesNotShowThatItWasStartedSince() {
        LifeBench web = beingRestarted();
        web.refusedHalfway("port is taken").inspected(exited(137)).inspected(exited(137));
        assertThat(web.calls()).containsExactly("start");

        web.take(new Input.EventsBegun()).signalled(15).died(137);

        assertThat(web.life().isStopPending()).isFalse();
    }

    /** It was seen up before its start was told, and has become unhealthy meanwhile. */
    @Test
    void aStartThatIsToldDuringARestartDoesNotEndTheRestart() {
        LifeBench web = beingRestarted();
        assertThat(web.calls()).containsExactly("restart within 10 s");

        web.started().signalled(15).died(137);

        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.OWN_RESTART);
    }

    /** The engine has answered before anything of the restart was told, and lags by as much after that. */
    @Test
    void aStartThatIsToldAfterARestartIsOfTheRunBeforeUntilTheDeathIsTold() {
        LifeBench web = beingRestarted().accepted();

        web.started().signalled(15).take(new Input.Stopped()).died(137);

        assertThat(web.life().phase()).isInstanceOf(Up.class);
        assertThat(web.life().stoppedAt()).isNull();

        web.started().signalled(15).died(143);

        assertThat(web.decision()).contains("stopped");
    }

    /** It has crashed and was started, and all of that is told only during its restart. */
    @Test
    void aDeathThatIsToldDuringARestartIsOfAnEarlierRunIfItWasBeforeTheStart() {
        LifeBench web = beingRestarted();

        web.take(new Input.Died(LifeBench.time(-3601), OptionalInt.of(1), true, true))
                .started();
        assertThat(web.life().phase()).isInstanceOf(Up.class);
        web.signalled(15).take(new Input.Died(LifeBench.time(1), OptionalInt.of(143), true, true));

        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.OWN_RESTART);
    }

    /** The start that watchdog asked for was told to nobody, because the events began only then. */
    @Test
    void aStopAfterAStartThatWasMissedIsAnOperators() {
        LifeBench web = beingStartedWithoutEvents();

        web.take(new Input.EventsBegun()).signalled(15).accepted().died(143);

        assertThat(web.decision()).contains("stopped");
    }

    /** An operator kills and starts it, and the next run is over, too, before any of that but the first death is told. */
    @Test
    void theEndOfALaterRunIsNoStop() {
        LifeBench web = LifeBench.running(ALWAYS).at(1).signalled(9);
        web.take(new Input.Died(LifeBench.time(1), OptionalInt.of(137), true, true));

        web.at(3).inspected(exited(137, 2));

        assertThat(web.life().stoppedAt()).isNull();
        assertThat(web.decision()).startsWith("wait");
    }

    private static Input diedAt(double seconds, int exitCode) {
        return new Input.Died(LifeBench.time(seconds), OptionalInt.of(exitCode), true, true);
    }

    /** The engine's clock was set back by two hours since the container was started. */
    @Test
    void aDeathAfterTheRestartsSignalIsItsOwnThoughTheClockWasSetBack() {
        LifeBench web = beingRestarted().signalled(15).take(diedAt(-7199, 143)).started();

        web.at(10).unanswered(true).at(70).take(diedAt(-7130, 1));

        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.CRASH);
    }

    @Test
    void aStopRightAfterARestartIsAnOperatorsThoughTheClockWasSetBack() {
        LifeBench web = beingRestarted().signalled(15).take(diedAt(-7199, 143)).started();

        web.accepted().at(1).signalled(15).take(diedAt(-7198, 143)).at(3).inspected(exited(143, -7198));

        assertThat(web.decision()).isEqualTo("leave because an operator stopped it");
    }

    /** The events began during the call, so that its signal was not told, and the engine was lost before all was. */
    @Test
    void theEndOfTheStopInItsOwnRestartIsNoOperatorsThoughTheEngineWasLostMeanwhile() {
        LifeBench web =
                beingRestarted().take(new Input.EventsBegun()).accepted().died(137);

        web.take(new Input.EngineGone()).take(new Input.Stopped());

        assertThat(web.life().isStopPending()).isFalse();
    }

    @Test
    void aStopAfterAStartThatWasMissedIsAnOperatorsThoughTheEngineHasAnsweredBefore() {
        LifeBench web = beingStartedWithoutEvents();

        web.accepted().take(new Input.EventsBegun()).signalled(15).died(143);

        assertThat(web.decision()).contains("stopped");
    }

    @Test
    void aSignalAfterAStartThatWasMissedShowsThatItRuns() {
        LifeBench web = beingStartedWithoutEvents();

        web.take(new Input.EventsBegun()).signalled(1).accepted();

        assertThat(web.life().state()).isEqualTo(ContainerState.RUNNING);
        assertThat(web.outcomes()).isEmpty();
    }

    @Test
    void aSignalThatIsToldAfterTheDeathDoesNotShowThatItWasStarted() {
        LifeBench beingStarted = LifeBench.running(ALWAYS).died(1).signalled(1);
        assertThat(beingStarted.life().state()).isEqualTo(ContainerState.EXITED);

        LifeBench beingChecked = LifeBench.running(ALWAYS)
                .diedAWhileAgo(1)
                .take(new Input.EventsBegun())
                .signalled(1);
        assertThat(beingChecked.life().state()).isEqualTo(ContainerState.EXITED);
    }

    @Test
    void aSignalAfterAStartThatWasToldBeginsNoRun() {
        LifeBench web = LifeBench.running(ALWAYS)
                .died(1)
                .take(new Input.EventsBegun())
                .started()
                .take(new Input.Paused(true));

        web.signalled(1);

        assertThat(web.life().state()).isEqualTo(ContainerState.PAUSED);
    }

    /** A restart has failed halfway, and the start after it has worked, before any of that was told. */
    @Test
    void aSignalOfItsOwnRestartIsNoOperatorsAfterTheAnswerToTheNextStart() {
        LifeBench web = beingRestarted();
        web.refusedHalfway("port is taken").inspected(exited(137)).inspected(exited(137));
        assertThat(web.calls()).containsExactly("start");

        web.take(new Input.EventsBegun()).accepted().signalled(15).died(137);

        assertThat(web.life().isStopPending()).isFalse();
    }

    /** Its own start may have been missed, and its inspection takes long. */
    @Test
    void aStopLongAfterARestartOfWhichEventsWereMissedIsAnOperators() {
        LifeBench web = beingRestarted().take(new Input.EventsBegun()).accepted();

        web.at(7).signalled(15).died(143);

        assertThat(web.decision()).contains("stopped");
    }

    /** The events begin late, and tell all the same what has happened since. */
    @Test
    void theSignalsOfItsOwnRestartAreItsOwnThoughTheStartBeforeItIsToldAfterTheAnswer() {
        LifeBench web = beingRestarted().take(new Input.EventsBegun()).accepted();

        web.started().signalled(15).died(137);

        assertThat(web.life().stoppedAt()).isNull();
        assertThat(web.life().isStopPending()).isFalse();
    }

    @Test
    void eachSignalOfItsOwnRestartIsItsOwnThoughEventsWereMissed() {
        LifeBench web = beingRestarted().take(new Input.EventsBegun());

        web.signalled(15).at(10).signalled(9).died(137);

        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.OWN_RESTART);
    }

    /** An operator has restarted it, of which the death was missed. */
    @Test
    void aSignalThatIsToldBeforeAStartIsOfTheRunBeforeThoughItsOwnRestartIsRefusedThen() {
        LifeBench web = beingRestarted().signalled(15).take(new Input.EventsBegun());
        web.started().refused("not now").inspectedUp();

        web.at(100).died(1);

        assertThat(web.decision()).contains("crashed with code 1");
    }

    /** Its restart was answered before its start was told, and not all was told since the call. */
    @Test
    void aSignalThatIsToldBeforeTheStartIsOfTheRunBefore() {
        LifeBench web = beingRestarted().signalled(15).died(143).take(new Input.EventsBegun());

        web.accepted().at(7).signalled(15).started().at(8).died(1);

        assertThat(web.decision()).contains("crashed with code 1");
    }

    /** An engine that tells no signals. */
    @Test
    void aDeathDuringARestartIsItsOwnIfItWasAfterTheStart() {
        LifeBench web = beingRestarted().take(diedAt(1, 143));

        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.OWN_RESTART);
    }

    @Test
    void aDeathDuringARestartIsItsOwnIfNobodyKnowsWhenItWasStarted() {
        Rules rules = new RulesBuilder().restartOn(Trigger.UNHEALTHY).build();
        Status ill = Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY);
        LifeBench web =
                LifeBench.unknown(rules, LifeBench.SETUP).at(0).inspected(ill).inspected(ill);
        assertThat(web.calls()).containsExactly("restart within 10 s");

        web.take(diedAt(1, 143));

        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.OWN_RESTART);
    }

    /** It ended while no events were told, and was started again right after watchdog had started it. */
    @Test
    void aSignalOfTheRunBeforeExplainsNoDeathOfOneThatIsToldToHaveBegun() {
        LifeBench web = LifeBench.running(ALWAYS).died(1).accepted().started().signalled(15);

        web.take(new Input.EventsEnded())
                .take(new Input.EventsBegun())
                .started()
                .died(1);

        assertThat(web.decision()).contains("crashed with code 1");
    }

    /** The engine's clock was set back by an hour after its provider was started. */
    @Test
    void whatItHasJoinedIsKnownThoughItsStartIsToldAfterItsProviderWasInspected() {
        LifeBench web = dependent().died(1).accepted().providersInspected(LifeBench.time(3600));

        web.started().whenDue().inspectedUp().at(30).inListingUp();
        assertThat(web.calls()).containsExactly("inspect providers");
        web.providersInspected(LifeBench.time(3600));

        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    /** The engine has answered to its own start, which is told only after that of its provider. */
    @Test
    void theStartOfItsProviderThatIsToldBeforeItsOwnLosesNothing() {
        LifeBench web = dependent().died(1).accepted().providerStarted();
        assertThat(web.decision()).startsWith("wait");

        web.providersInspected(LifeBench.time(-1)).whenDue().inspectedUp();

        assertThat(web.decision()).isEqualTo("leave because it is running");
    }
}
