package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Back-off, crash loop and giving up in the course of a life. */
class TooOftenTest {

    private static LifeBench giveUpAfter(int starts) {
        return LifeBench.running(new RulesBuilder()
                .restartOn(Trigger.EXITED, Trigger.UNHEALTHY)
                .giveUpAfter(starts)
                .build());
    }

    // ---- back-off ----

    @Test
    void whatRanForLongerThanItsBackoffIsStartedAtOnceEachTime() {
        LifeBench web = LifeBench.running();
        for (int crash = 1; crash <= 4; crash++) {
            assertThat(web.at(crash * 12).died(1).calls()).as("crash %d", crash).containsExactly("start");
            web.comesUp();
        }
    }

    @Test
    void whatCrashesAtOnceWaitsTwiceAsLongEachTimeSinceItsLastStart() {
        LifeBench web = LifeBench.running().died(1);
        double lastStart = 0;
        for (double wait : new double[] {1, 2, 4, 8, 16}) {
            web.accepted().started().at(lastStart + 0.5).died(1);
            lastStart += wait;
            assertThat(web.wakesAt()).isEqualTo(lastStart);
            web.whenDue().inspected(exited(1));
        }
    }

    @ParameterizedTest(name = "up for {0} s: {1} starts in a row")
    @CsvSource({"59, 2", "60, 1"})
    void startsAreForgottenOnceItHasStayedUpForAMinute(double up, int inARow) {
        LifeBench web = LifeBench.running().died(1).comesUp().at(up).died(1).accepted();

        assertThat(web.life().attempts().starts().count()).isEqualTo(inARow);
        assertThat(web.life().attempts().inVain()).isEqualTo(inARow);
    }

    @Test
    void startsAreForgottenOnceAnOperatorHasBegunAnew() {
        LifeBench web =
                LifeBench.running().crashesAndComesUp().crashesAndComesUp().stoppedByOperator();
        assertThat(web.life().attempts().starts().count()).isEqualTo(2);

        web.inspected(exited(143, 5)).started();

        assertThat(web.life().attempts().starts()).isEqualTo(Tries.NONE);
        assertThat(web.died(1).calls()).containsExactly("start");
    }

    // ---- crash loop ----

    @Test
    void fiveStartsInTenMinutesRaiseOneAlarm() {
        LifeBench web = LifeBench.running();
        for (int crash = 1; crash <= 4; crash++) {
            web.crashesAndComesUp();
        }
        assertThat(web.told(Fact.InCrashLoop.class)).isEmpty();

        for (int crash = 5; crash <= 9; crash++) {
            web.crashesAndComesUp();
        }
        assertThat(web.told(Fact.InCrashLoop.class)).hasSize(1);
    }

    @Test
    void anAlarmSaysWhatItEndsWithAndWhenItIsTriedAgain() {
        LifeBench web = LifeBench.running().died(3);
        for (int start = 1; start <= 5; start++) {
            web.accepted().started().died(3);
            web.whenDue().inspected(exited(3));
        }

        assertThat(web.told(Fact.InCrashLoop.class)).singleElement().satisfies(alarm -> {
            assertThat(alarm.reason()).isEqualTo("it crashed with code 3");
            assertThat(alarm.next()).isEqualTo(Duration.ofSeconds(16));
        });
    }

    @Test
    void startsThatAreRefusedAreNoCrashLoop() {
        LifeBench web = LifeBench.running().died(1);
        for (int start = 1; start <= 9; start++) {
            web.refused("port is taken").inspected(exited(1));
            web.whenDue().inspected(exited(1));
        }

        assertThat(web.told(Fact.InCrashLoop.class)).isEmpty();
    }

    @Test
    void livesOfSeventySecondsStayInTheCrashLoop() {
        LifeBench web = LifeBench.running();
        for (int crash = 1; crash <= 20; crash++) {
            web.at(crash * 70).died(1).comesUp().at(crash * 70 + 35).inListingUp();
            web.at(crash * 70 + 65).inListingUp();
        }

        assertThat(web.told(Fact.InCrashLoop.class)).hasSize(1);
        assertThat(web.told(Fact.CrashLoopOver.class)).isEmpty();
    }

    @Test
    void aCrashLoopIsOverOnceThereWereFewerStartsInTheLastTenMinutesAndItIsUp() {
        LifeBench web = LifeBench.running();
        for (int crash = 1; crash <= 6; crash++) {
            web.at(crash * 100).died(1).comesUp();
        }
        assertThat(web.told(Fact.InCrashLoop.class)).hasSize(1);

        // Those at 200 s to 600 s are five.
        web.at(799).inListingUp();
        assertThat(web.told(Fact.CrashLoopOver.class)).isEmpty();
        web.at(801).inListingUp();
        assertThat(web.told(Fact.CrashLoopOver.class)).hasSize(1);
        web.at(900).inListingUp();
        assertThat(web.told(Fact.CrashLoopOver.class)).hasSize(1);
    }

    @Test
    void aCrashLoopIsNotOverWhileItIsDown() {
        LifeBench web = LifeBench.running();
        for (int crash = 1; crash <= 5; crash++) {
            web.at(crash * 10).died(1).comesUp();
        }
        web.at(100).stoppedByOperator().inspected(exited(143, 100));

        web.at(3600).inListing(exited(143, 100));
        assertThat(web.told(Fact.CrashLoopOver.class)).isEmpty();
    }

    @Test
    void theTryingGoesOnInACrashLoop() {
        LifeBench web = LifeBench.running();
        for (int crash = 1; crash <= 30; crash++) {
            web.crashesAndComesUp();
        }

        assertThat(web.outcomes()).hasSize(30).hasOnlyElementsOfType(Outcome.Up.class);
    }

    // ---- giving up ----

    @Test
    void givesUpAfterSoManyStartsThatDidNotLast() {
        LifeBench web = giveUpAfter(3).crashesAndComesUp().crashesAndComesUp().crashesAndComesUp();

        assertThat(web.died(1).calls()).isEmpty();
        assertThat(web.decision()).isEqualTo("give up because it crashed with code 1 after 3 tries in a row");
    }

    @Test
    void neverGivesUpStartsThatAreRefused() {
        LifeBench web = giveUpAfter(1).died(1);
        for (int start = 1; start <= 9; start++) {
            web.refused("port is taken").inspected(exited(1));
            assertThat(web.whenDue().inspected(exited(1)).calls()).containsExactly("start");
        }
    }

    @Test
    void aStartByAnOperatorAfterGivingUpIsANewBeginning() {
        LifeBench web = giveUpAfter(1).crashesAndComesUp().died(1);
        assertThat(web.calls()).isEmpty();

        web.started();
        assertThat(web.life().attempts().inVain()).isZero();
        assertThat(web.died(1).calls()).containsExactly("start");
    }

    @Test
    void itsOwnLastStartIsNoNewBeginning() {
        LifeBench web = giveUpAfter(1).died(1).accepted().started();

        assertThat(web.died(1).calls()).isEmpty();
        assertThat(web.decision()).startsWith("give up");
    }

    @Test
    void itsOwnLastStartThatIsToldBeforeTheAnswerIsNoneEither() {
        LifeBench web = giveUpAfter(1).died(1).started().accepted();

        assertThat(web.died(1).calls()).isEmpty();
        assertThat(web.decision()).startsWith("give up");
    }

    @Test
    void aStartThatHasLastedDoesNotCountAgainstALaterRestartForIllHealth() {
        LifeBench web = giveUpAfter(1).crashesAndComesUp().at(3600);

        web.healthTold(Health.UNHEALTHY);

        assertThat(web.decision()).isEqualTo("restart because it is unhealthy");
    }

    @Test
    void givesUpWhatIsHealthyAfterEachStartAndDoesNotLast() {
        LifeBench web = LifeBench.running(new RulesBuilder().giveUpAfter(2).build());
        for (int start = 0; start < 2; start++) {
            web.at(start * 30).died(1);
            web.comesUp(Health.HEALTHY);
        }

        assertThat(web.at(60).died(1).calls()).isEmpty();
        assertThat(web.decision()).startsWith("give up");
    }

    @Test
    void whatIsFoundToHaveEndedSoonAfterItsStartHasNotLasted() {
        LifeBench web = LifeBench.running().died(1).comesUp();

        web.at(200)
                .inspected(new Status(
                        ContainerState.EXITED,
                        Health.NONE,
                        OptionalInt.of(1),
                        "",
                        LifeBench.time(0),
                        LifeBench.time(5),
                        Duration.ofSeconds(195)));

        assertThat(web.life().attempts().starts().count()).isEqualTo(1);
    }

    /** Its policy is always, and the engine answers nothing to the start of what was stopped. */
    @ParameterizedTest(name = "told {0} s after the call: {1} in a row")
    @CsvSource({"4, 1", "6, 0"})
    void aStartThatIsToldSoonAfterOneWithoutAnAnswerHasComeOfThat(double told, int inARow) {
        Rules always = new RulesBuilder().mode(RestartMode.ALWAYS).build();
        LifeBench web = LifeBench.running(always).stoppedByOperator().inspected(exited(143, 0));
        web.whenDue().inspected(exited(143, 0));
        assertThat(web.calls()).containsExactly("start");
        web.at(20).unanswered(true);

        web.at(20 + told).started();

        assertThat(web.life().attempts().starts().count()).isEqualTo(inARow);
    }

    @Test
    void whatHadEndedBeforeTheEngineWasLostHasNotLasted() {
        LifeBench web = giveUpAfter(1).crashesAndComesUp();

        web.at(70).take(new Input.EngineGone()).take(new Input.EventsEnded());
        web.at(75).take(new Input.EventsBegun()).inspected(exited(1, 20).withDownFor(Duration.ofSeconds(55)));

        assertThat(web.decision()).startsWith("give up");
    }

    @Test
    void startsAreForgottenThoughNobodyToldThatTheRunThatLastedHasEnded() {
        LifeBench web = LifeBench.running().crashesAndComesUp().crashesAndComesUp();

        web.at(3600).take(new Input.EventsEnded()).take(new Input.EventsBegun()).started();

        assertThat(web.life().attempts().starts()).isEqualTo(Tries.NONE);
    }

    /** The engine has started it, but did not answer, and tells no events. */
    @Test
    void aStartThatIsFoundToHaveWorkedIsNoNewBeginning() {
        LifeBench web = LifeBench.running().died(1).withoutEvents().unanswered(true);

        web.at(20).inListingUp();

        assertThat(web.life().attempts().starts().count()).isEqualTo(1);
    }

    @Test
    void aStartByAnOperatorIsANewBeginningThoughItsOwnWasToldLate() {
        LifeBench web = giveUpAfter(1).died(1).accepted().whenDue().inspectedUp();
        web.at(1.5).started().at(2).died(1);
        assertThat(web.decision()).startsWith("give up");

        assertThat(web.at(4).started().at(34).died(1).calls()).containsExactly("start");
    }

    @Test
    void aStartByAnOperatorIsANewBeginningThoughAnEarlierOneOfItsOwnWasRefused() {
        LifeBench web = giveUpAfter(2).died(1).refusedHalfway("port is taken").inspected(exited(1));
        web.whenDue().inspected(exited(1)).comesUp();
        web.at(31).died(1).comesUp().at(33).died(1);
        assertThat(web.decision()).startsWith("give up");

        assertThat(web.at(35).started().at(90).died(1).calls()).containsExactly("start");
    }

    @Test
    void aStartByAnOperatorIsANewBeginningThoughACallOfItsOwnDidNotReachTheEngine() {
        LifeBench web = giveUpAfter(1).died(1).unanswered(false);
        web.at(0.5).inListing(exited(1)).inspected(exited(1)).comesUp();
        web.at(2).died(1);
        assertThat(web.decision()).startsWith("give up");

        assertThat(web.at(4).started().at(40).died(1).calls()).containsExactly("start");
    }

    private static LifeBench restartedForItsNamespaceAfterACrash() {
        Rules rules = new RulesBuilder().giveUpAfter(1).dependents().build();
        LifeBench web = LifeBench.running(rules, LifeBench.JOINS).crashesAndComesUp();
        web.at(10).providerStarted().whenDue().inspectedUp().providersInspected(LifeBench.time(10));
        assertThat(web.calls()).containsExactly("restart within 10 s");
        return web;
    }

    @Test
    void itsRestartForItsNamespaceIsNoNewBeginning() {
        LifeBench web = restartedForItsNamespaceAfterACrash();
        web.restarts(Health.NONE);

        assertThat(web.died(1).calls()).isEmpty();
        assertThat(web.decision()).startsWith("give up");
    }

    @Test
    void whatItsOwnRestartTookDownIsNotGivenUp() {
        LifeBench web = restartedForItsNamespaceAfterACrash().signalled(15).died(137);

        web.refusedHalfway("log driver is away").inspected(exited(137)).inspected(exited(137));

        assertThat(web.calls()).containsExactly("start");
    }

    @Test
    void theSameRefusalIsNoNewsThoughItWasListedMeanwhile() {
        LifeBench web = LifeBench.running().died(1);
        for (int start = 1; start <= 2; start++) {
            web.refused("port is taken").inspected(exited(1)).inListing(exited(1));
            web.whenDue().inspected(exited(1));
        }

        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::isChange)
                .containsExactly(true, false);
    }

    @Test
    void theSameRefusalIsNewsAgainOnceSomebodyHasStartedItMeanwhile() {
        LifeBench web = LifeBench.running().died(1).refused("port is taken").inspected(exited(1));
        web.at(30).started().at(60).died(1).refused("port is taken").inspected(exited(1));

        assertThat(web.told(Fact.Finished.class))
                .extracting(Fact.Finished::isChange)
                .containsExactly(true, true);
    }

    /** Its policy is always, and the engine may have begun with the start of what was stopped before it refused it. */
    @Test
    void aStartThatIsToldSoonAfterOneThatWasRefusedHalfwayHasComeOfThat() {
        LifeBench web = LifeBench.running().stoppedByOperator().inspected(exited(143, 0));
        web.whenDue().inspected(exited(143, 0));
        web.refusedHalfway("no answer of the shim").inspected(exited(143, 0));

        web.at(14).started();

        assertThat(web.life().attempts().starts().count()).isEqualTo(1);
    }
}
