package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.engine.EngineExceptions;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.LabelSelector;
import watchdog.policy.Outcome;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Status;
import watchdog.policy.Trigger;
import watchdog.supervise.Bench.Box;

/** The supervisor and what it is made of: signals in by hand, work kept in a queue, time as the test says. */
class SupervisorTest {

    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SETTLE = Rules.DEFAULT.settle();

    private Bench bench = new Bench("web,api,db-*", Rules.DEFAULT);

    private void beginWith(Rules rules) {
        bench = new Bench("web,api,db-*", rules);
    }

    private static Rules with(RestartMode mode) {
        return new Rules(
                mode,
                Rules.DEFAULT.restartOn(),
                SETTLE,
                Rules.DEFAULT.backoff(),
                Rules.DEFAULT.resetAfter(),
                Rules.DEFAULT.crashLoop(),
                0,
                false,
                "");
    }

    private static Rules on(Trigger... triggers) {
        return new Rules(
                RestartMode.ALWAYS,
                Set.of(triggers),
                SETTLE,
                Rules.DEFAULT.backoff(),
                Rules.DEFAULT.resetAfter(),
                Rules.DEFAULT.crashLoop(),
                0,
                false,
                "");
    }

    private static Rules giveUpAfter(int starts) {
        return new Rules(
                RestartMode.ALWAYS,
                Rules.DEFAULT.restartOn(),
                SETTLE,
                Rules.DEFAULT.backoff(),
                Rules.DEFAULT.resetAfter(),
                Rules.DEFAULT.crashLoop(),
                starts,
                false,
                "");
    }

    private static Rules withDependents() {
        return new Rules(
                RestartMode.ALWAYS,
                Rules.DEFAULT.restartOn(),
                SETTLE,
                Rules.DEFAULT.backoff(),
                Rules.DEFAULT.resetAfter(),
                Rules.DEFAULT.crashLoop(),
                0,
                true,
                "");
    }

    /** What watchdog sees for the first time. */
    @Nested
    class AtFirstSight {

        @Test
        void whatHasExitedIsLookedAtThenStartedAndTheRestIsLeft() {
            bench.exited("web", 137);
            bench.running("api");
            bench.running("db-1").inState(ContainerState.PAUSED);
            bench.exited("unlisted", 137);

            bench.handle(bench.listing());
            assertThat(bench.starts).isEmpty();
            bench.finishWork();

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.told.facts()).startsWith("start web: it exited with code 137");
            assertThat(bench.told.left()).contains("api: it is running", "db-1: somebody paused it");
        }

        @Test
        void eachContainerIsLookedAtOnceHoweverOftenItIsListed() {
            bench.running("web");
            bench.running("api");

            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.looks).containsExactly("web", "api");
        }

        @Test
        void nothingIsDoneUntilItCouldBeLookedAt() {
            Box web = bench.exited("web", 1).cannotBeLookedAt();
            bench.withEvents().watch(Duration.ofMinutes(1));
            assertThat(bench.starts).isEmpty();

            web.canBeLookedAt();
            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void aPassOverWhatIsDownLooksAtWhatCouldNotBeLookedAtAndAtNothingElse() {
            bench.running("api");
            Box web = bench.exited("web", 1).cannotBeLookedAt();
            bench.withEvents().pass();
            bench.passOverDown();
            assertThat(bench.starts).isEmpty();
            int looks = bench.looks.size();

            web.canBeLookedAt();
            bench.passOverDown();

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.looks.subList(looks, bench.looks.size())).containsOnly("web");
            assertThat(bench.size()).isEqualTo(2);
        }

        @Test
        void aPassOverWhatIsDownFindsWhatWentDownWithoutAnEventAndLooksUntilThatSucceeds() {
            Box web = bench.running("web");
            bench.withEvents().pass();
            bench.stall(Duration.ofHours(1));
            web.inState(ContainerState.EXITED).cannotBeLookedAt();
            bench.passOverDown();
            bench.passOverDown();
            assertThat(bench.starts).isEmpty();

            web.canBeLookedAt();
            bench.passOverDown();
            bench.wait(SETTLE);

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void aPassOverWhatIsDownFindsWhatCameUpWithoutAnEvent() {
            Box web = bench.exited("web", 0);
            bench.withEvents().pass();
            bench.starts.clear();
            web.stop();
            bench.passOverDown();
            bench.wait(SECOND);
            web.inState(ContainerState.RUNNING).cannotBeLookedAt();
            bench.passOverDown();
            web.canBeLookedAt();
            bench.passOverDown();

            assertThat(bench.told.left()).contains("web: it is running");
            bench.watch(SETTLE.multipliedBy(2));
            assertThat(bench.starts).isEmpty();
        }

        @Test
        void aPassOverWhatIsDownFindsWhatIsNew() {
            bench.running("api");
            bench.withEvents().pass();
            bench.exited("web", 1);

            bench.passOverDown();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void thatWhatItIsToldOfAContainerCannotBeReadIsToldOnce() {
            Box web = bench.exited("web", 1).cannotBeRead();
            bench.exited("api", 1);

            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.told.count("look refused web: engine: not JSON")).isEqualTo(1);
            assertThat(bench.starts).containsExactly("api");
            web.canBeLookedAt();
            bench.watch(Duration.ofMinutes(1));
            assertThat(bench.starts).containsExactly("api", "web");
        }

        @Test
        void thatItMayNotBeLookedAtIsToldOnceAndOnceMoreWhenTheReasonChanges() {
            Box web = bench.exited("web", 1).mayNotBeLookedAt(403, "Forbidden");
            bench.withEvents().watch(Duration.ofMinutes(1));
            web.mayNotBeLookedAt(500, "layer does not exist");
            bench.watch(Duration.ofMinutes(1));
            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.facts())
                    .containsExactly(
                            "missing api,db-*",
                            "look refused web: engine: 403 Forbidden",
                            "look refused web: engine: 500 layer does not exist");

            web.canBeLookedAt();
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.told.facts()).contains("start web: it exited with code 1");
        }

        @Test
        void whatIsGoneWhenLookedAtIsForgotten() {
            Box web = bench.exited("web", 1);
            bench.handle(bench.listing());

            web.remove();
            bench.finishWork();

            assertThat(bench.size()).isZero();
            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.facts()).containsExactly("missing api,db-*");
        }

        @Test
        void anExitNobodySawIsLeftForTheSettleTime() {
            bench.exited("web", 143, Duration.ofSeconds(3));

            bench.pass();
            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.facts()).contains("wait web: it exited with code 143, and nobody saw why");

            bench.wait(SETTLE);
            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void anExitNobodySawIsTakenAtOnceIfTheListingSaysItWasLongAgo() {
            bench.exited("web", 143, SETTLE.plus(SECOND));

            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void labelsWithNonsenseAreToldOnceAndWhatTheyWantedIsAsUsual() {
            bench.exited("web", 0).label("watchdog.policy", "sometimes").label("watchdog.enable", "maybe");

            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.told.count("nonsense web: watchdog.policy=sometimes"))
                    .isEqualTo(1);
            assertThat(bench.told.count("nonsense web: watchdog.enable=maybe")).isEqualTo(1);
            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void dockersOwnRestartPolicyIsToldOnce() {
            bench.running("web").dockerPolicy = "always";
            bench.running("api");

            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.told.facts()).containsExactly("missing db-*", "docker policy web");
        }

        @Test
        void whatTheEngineRemovesByItselfIsLeft() {
            bench.exited("web", 1).autoRemove = true;

            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void whatIsDisabledByItsLabelIsLeft() {
            bench.exited("web", 1).label("watchdog.enable", "false");

            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void aLabelIsAsGoodAsAName() {
            bench = new Bench("api", List.of(LabelSelector.parse("team=a")), Rules.DEFAULT);
            bench.exited("web", 1).label("team", "a");
            bench.exited("www", 1).label("team", "b");

            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void whatIsCreatedAndStartedWhileWatchedIsLookedAtByItsEvents() {
            bench.withEvents().pass();
            Box web = bench.running("web");
            web.tell("create");
            web.tell("start");
            bench.finishWork();

            assertThat(bench.looks).containsExactly("web");
            web.crash(1);
            bench.finishWork();
            assertThat(bench.starts).containsExactly("web");
        }
    }

    /** What ends by itself. */
    @Nested
    class Crashes {

        @Test
        void aCrashIsAnsweredAtOnceWithoutAPass() {
            Box web = watched("web");

            web.crash(3);

            assertThat(bench.work).hasSize(1);
            bench.finishWork();
            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.told.facts()).contains("start web: it crashed with code 3");
            bench.wait(SECOND);
            assertThat(bench.told.facts()).last().asString().startsWith("web Up[down=PT0.");
        }

        @Test
        void theSecondCrashInARowWaitsForItsBackOffAndNotForAPass() {
            Box web = watched("web");
            web.crash(3);
            bench.finishWork();
            bench.wait(SECOND.multipliedBy(2));

            web.crash(3);
            bench.wait(SECOND.minusMillis(1));
            assertThat(bench.starts).hasSize(1);
            bench.wait(MOMENT.multipliedBy(2));

            assertThat(bench.starts).hasSize(2);
            assertThat(bench.told.facts()).contains("wait web: it crashed with code 3");
        }

        @Test
        void whatHasStayedUpForLongIsStartedAtOnceAgain() {
            Box web = watched("web");
            for (int crashes = 1; crashes <= 3; crashes++) {
                web.crash(3);
                bench.finishWork();
                assertThat(bench.starts).hasSize(crashes);
                bench.wait(Duration.ofMinutes(2));
            }
        }

        @Test
        void aCrashLongAfterAHangUpIsACrash() {
            Box web = watched("web");
            web.tell("kill", "signal", "1");
            bench.watch(Duration.ofHours(1));

            web.crash(3);
            bench.finishWork();

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.told.facts()).contains("start web: it crashed with code 3");
        }

        @Test
        void theWantOfMemoryIsToldAsTheReason() {
            Box web = watched("web");

            web.tell("oom");
            web.crash(137);
            bench.finishWork();

            assertThat(bench.told.facts()).contains("start web: it ran out of memory");
        }

        @Test
        void anOutOfMemoryOfAChildAloneStartsNothing() {
            Box web = watched("web");

            web.tell("oom");
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void whatDiesRightAfterItsStartIsStartedAgainOnlyAfterItsBackOff() {
            Box web = watched("web").diesAfterStart();
            web.crash(3);
            bench.finishWork();

            bench.wait(SECOND.plus(MOMENT));
            assertThat(bench.told.facts()).contains("web WentDown[exitCode=1]", "wait web: it crashed with code 1");
            assertThat(bench.starts).hasSize(1);

            bench.wait(SECOND);
            assertThat(bench.starts).hasSize(2);
        }

        @Test
        void whatTheEngineHasStartedMeanwhileIsLeft() {
            Box web = watched("web");
            web.crash(3);

            web.start();
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.facts()).contains("web NotNeeded[state=running]");
        }

        @Test
        void whoseTurnComesOnlyLaterIsLookedAtFirst() {
            Box web = watched("web");
            web.crash(3);
            web.rename("web-old");

            bench.stall(MOMENT.plus(SECOND));
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void whatDiedUnderAnotherNameIsLookedAtFirst() {
            Box web = watched("web");
            web.rename("0123456789ab_web");
            web.crash(3);
            bench.finishWork();
            bench.wait(SECOND);
            bench.looks.clear();

            web.rename("web");
            bench.finishWork();

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.looks).startsWith("web");
        }

        @Test
        void whatIsBeingRemovedIsNoFailedStart() {
            Box web = watched("web").startFails(409, "container is marked for removal and cannot be started");
            web.crash(3);
            web.inState(ContainerState.REMOVING);
            bench.finishWork();

            assertThat(bench.told.facts()).contains("web Gone[]").noneMatch(fact -> fact.contains("Failed"));
        }

        @Test
        void whatTheEngineMayStartItselfIsLookedAtFirst() {
            Box web = bench.running("web");
            web.dockerPolicy = "always";
            bench.withEvents().pass();
            web.crash(3);

            web.inState(ContainerState.RESTARTING);
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.facts()).contains("web NotNeeded[state=restarting]");
        }

        @Test
        void whatHasJustDiedIsStartedWithoutALook() {
            Box web = watched("web");
            bench.looks.clear();
            web.crash(3);
            bench.finishWork();

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.looks).isEmpty();
        }

        @Test
        void whatHasWaitedForItsStartIsLookedAtFirst() {
            Box web = watched("web").diesAfterStart();
            web.crash(3);
            bench.finishWork();
            bench.wait(SECOND.plus(MOMENT));
            bench.looks.clear();

            web.autoRemove = true;
            bench.wait(SECOND);

            assertThat(bench.starts).hasSize(1);
            assertThat(bench.looks).containsExactly("web");
        }

        @Test
        void underOnFailureSuccessIsLeftAndFailureIsNot() {
            beginWith(with(RestartMode.ON_FAILURE));
            Box web = watched("web");
            web.crash(0);
            bench.watch(Duration.ofMinutes(1));
            assertThat(bench.starts).isEmpty();

            web.start();
            web.crash(1);
            bench.finishWork();
            assertThat(bench.starts).containsExactly("web");
        }
    }

    /** Never two things at a time, and never on old news. */
    @Nested
    class OrderOfNews {

        @Test
        void nothingIsStartedTwiceWhileTheFirstStartIsUnderWay() {
            bench.exited("web", 137);
            bench.exited("db-1", 137);
            bench.handle(bench.listing());
            bench.work.remove().run();
            bench.work.remove().run();
            assertThat(bench.work).as("starts").hasSize(2);

            bench.handle(bench.listing());
            bench.handle(bench.listing());

            assertThat(bench.work).hasSize(2);
        }

        @Test
        void aSecondDeathWhileAStartIsUnderWayIsAnsweredAfterIt() {
            Box web = watched("web");
            web.crash(1);
            bench.finishWork();

            web.crash(2);
            assertThat(bench.work).isEmpty();
            bench.wait(SECOND.plus(MOMENT));

            assertThat(bench.starts).hasSize(1);
            assertThat(bench.told.facts()).contains("web WentDown[exitCode=2]", "wait web: it crashed with code 2");
            bench.wait(SECOND);
            assertThat(bench.starts).hasSize(2);
        }

        /** The last look at a start may be older than the event of the next death. */
        @Test
        void aDeathThatIsToldBeforeTheStartIsSeenToHaveSucceededIsNotLost() {
            Box web = watched("web");
            web.crash(1);
            bench.finishWork();
            Container before = container(web, ContainerState.RUNNING);
            web.crash(2);

            bench.handle(new Signal.Finished(before, Work.START, new Outcome.Up(null)));

            assertThat(bench.told.facts()).contains("wait web: it crashed with code 2");
        }

        @Test
        void nothingIsStartedTwiceWhenAListingLosesAContainerThatIsBeingStarted() {
            Box web = watched("web");
            web.crash(1);

            bench.handle(new Signal.Listed(bench.now(), 0, List.of()));
            bench.handle(bench.listing());

            assertThat(bench.work).hasSize(1);
        }

        @Test
        void aListingThatWasAskedForBeforeTheLastStartEndedSaysNothing() {
            bench.exited("web", 1);
            Signal.Listed old = bench.listing();
            bench.pass();
            bench.wait(SECOND);
            assertThat(bench.told.count("web Up")).isEqualTo(1);

            bench.handle(old);
            bench.finishWork();
            bench.wait(Duration.ofMinutes(1));

            assertThat(bench.starts).hasSize(1);
        }

        @Test
        void aListingThatIsOlderThanAnEventSaysNothing() {
            Box web = watched("web");
            web.crash(1);
            bench.finishWork();
            bench.wait(SECOND.multipliedBy(2));
            Signal.Listed running = bench.listing();
            web.stop();

            bench.handle(running);
            bench.finishWork();
            assertThat(bench.starts).hasSize(1);
            Signal.Listed stopped = bench.listing();
            web.start();
            bench.wait(SETTLE);
            bench.handle(stopped);
            bench.finishWork();

            assertThat(bench.starts).hasSize(1);
        }

        @Test
        void aLookThatIsOlderThanAnEventSaysNothingOfTheState() {
            bench.withEvents();
            Box web = bench.running("web");
            bench.handle(bench.listing());
            Signal.Looked running =
                    new Signal.Looked(bench.now(), web.id, Optional.of(container(web, ContainerState.RUNNING)));
            bench.work.clear();
            web.crash(1);

            bench.handle(running);
            bench.finishWork();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void aListingThatIsOlderThanARemovalBringsNothingBack() {
            Box web = watched("web");
            web.crash(1);
            bench.finishWork();
            bench.wait(SECOND);
            web.crash(1);
            Signal.Listed old = bench.listing();
            web.remove();
            assertThat(bench.size()).isZero();

            bench.handle(old);
            bench.finishWork();

            assertThat(bench.size()).isZero();
            assertThat(bench.starts).hasSize(1);
        }

        @Test
        void whatBecameOfAStartIsToldThoughTheContainerIsGoneMeanwhile() {
            Box web = watched("web");
            web.crash(1);
            web.remove();
            bench.finishWork();

            assertThat(bench.told.facts()).endsWith("web Gone[]");
            assertThat(bench.starts).isEmpty();
            assertThat(bench.size()).isZero();
        }

        @Test
        void eventsOfContainersThatAreNotWatchedLeaveNoTrace() {
            watched("web");
            Box other = bench.running("other");
            other.crash(1);
            other.start();
            other.tell("oom");
            other.remove();

            assertThat(bench.size()).isEqualTo(1);
            assertThat(bench.work).isEmpty();
        }
    }

    /** People at work, who must not be hindered. */
    @Nested
    class Operators {

        @Test
        void aStopIsLeftUntilALookConfirmsItAndItHasSettled() {
            Box web = watched("web");
            web.stop();

            bench.wait(SECOND.multipliedBy(2));
            assertThat(bench.starts).as("before it is looked at").isEmpty();
            bench.wait(SETTLE.multipliedBy(2));

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.told.facts()).contains("start web: an operator stopped it, but its policy is always");
        }

        @Test
        void aStopThatIsConfirmedIsStillLeftUntilItHasSettled() {
            Box web = watched("web");
            web.stop();

            for (Duration since = Duration.ZERO; since.compareTo(SETTLE) < 0; since = since.plus(SECOND)) {
                bench.pass();
                assertThat(bench.starts).as("after %s", since).isEmpty();
                bench.wait(SECOND);
            }
            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void itDoesNotMatterWhetherTheStopIsToldBeforeTheDeath() {
            Box web = watched("web");
            web.tell("kill", "signal", "15");
            web.tell("stop");
            web.crash(143);
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void aStopOfWhichOnlyTheEndIsToldIsAStop() {
            Box web = watched("web");
            web.tell("stop");
            web.crash(143);
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"9", "15", "2", ""})
        void aKillIsAStop(String signal) {
            Box web = watched("web");
            web.tell("kill", "signal", signal);
            web.crash(137);
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"SIGUSR1", "USR1", "10"})
        void aSignalThatTheImageStopsByIsAStopHoweverLongItTakes(String stopSignal) {
            Box web = bench.running("web");
            web.stopSignal = stopSignal;
            bench.withEvents().pass();
            web.tell("kill", "signal", "10");
            bench.watch(Duration.ofMinutes(1));

            web.crash(0);
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void thatTheImageStopsByASignalMayBeKnownOnlyAfterIt() {
            Box web = bench.running("web").cannotBeLookedAt();
            web.stopSignal = "SIGUSR1";
            bench.withEvents().pass();
            web.tell("kill", "signal", "10");
            web.canBeLookedAt();
            bench.watch(Duration.ofMinutes(1));

            web.crash(0);
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
        }

        /** Podman tells of no signal when a container is stopped, so that each death may be an operator's act. */
        @Test
        void whereADeathDoesNotTellWhyItIsLeftUntilItHasSettled() {
            Box web = watched("web").onPodman();
            web.crash(143);
            bench.finishWork();
            bench.wait(SETTLE.minus(SECOND));
            bench.pass();
            assertThat(bench.starts).isEmpty();

            bench.wait(SECOND);
            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void aRestartIsNotInterferedWith() {
            Box web = watched("web");
            for (int round = 0; round < 100; round++) {
                web.restart();
                bench.finishWork();
                bench.wait(SECOND);
                bench.pass();
            }

            assertThat(bench.starts).isEmpty();
            assertThat(bench.restarts).isEmpty();
            assertThat(bench.told.facts()).containsExactly("missing api,db-*");
        }

        @Test
        void stopAndRemoveAndRunAgainIsNotInterferedWith() {
            watched("web");
            for (int round = 0; round < 100; round++) {
                Box web = bench.running("web");
                web.tell("create");
                web.tell("start");
                bench.finishWork();
                web.stop();
                bench.pass();
                bench.wait(SECOND);
                web.remove();
                bench.pass();
            }

            assertThat(bench.starts).isEmpty();
            assertThat(bench.size()).isEqualTo(1);
        }

        @Test
        void aContainerMadeAnewUnderTheSameNameDoesNotInheritWhatWaited() {
            Box web = watched("web").diesAfterStart();
            web.crash(1);
            bench.finishWork();
            bench.wait(SECOND.plus(MOMENT));
            assertThat(bench.nextDeadline()).isPresent();

            web.remove();
            assertThat(bench.nextDeadline()).isEmpty();
            Box anew = bench.running("web");
            anew.tell("create");
            anew.tell("start");
            bench.finishWork();
            bench.wait(Duration.ofMinutes(10));
            assertThat(bench.starts).hasSize(1);

            anew.crash(1);
            bench.finishWork();
            assertThat(bench.starts).as("at once, as for the first time").hasSize(2);
        }

        @Test
        void aStopWhileOurStartIsUnderWayIsLeft() {
            Box web = watched("web");
            web.crash(1);
            bench.finishWork();

            web.stop();
            bench.wait(SETTLE.minus(SECOND));

            assertThat(bench.starts).hasSize(1);
        }

        @Test
        void aStopRightAfterACrashIsSeenRightBeforeTheStart() {
            Box web = watched("web");
            web.crash(1);

            web.remove();
            bench.finishWork();

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void aPauseIsLeft() {
            Box web = watched("web");
            web.state = ContainerState.PAUSED;
            web.tell("pause");
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.left()).endsWith("web: somebody paused it");
        }

        @Test
        void aStartAfterAStopForgetsTheBackOff() {
            Box web = watched("web");
            web.crash(1);
            bench.finishWork();
            bench.wait(SECOND);
            web.stop();
            web.start();
            bench.wait(SECOND);

            web.crash(1);
            bench.finishWork();

            assertThat(bench.starts).hasSize(2);
        }
    }

    /** A name is what a container is called now. */
    @Nested
    class Renames {

        @Test
        void whatIsRenamedOntoTheListIsWatchedFromThen() {
            watched("web");
            Box other = bench.running("other");
            other.rename("api");
            bench.finishWork();

            other.crash(1);
            bench.finishWork();

            assertThat(bench.starts).containsExactly("api");
        }

        @Test
        void whatIsRenamedOffTheListIsLeftAndForgotten() {
            Box web = watched("web");
            web.rename("old");

            web.crash(1);
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).isEmpty();
            assertThat(bench.size()).isZero();
        }

        @Test
        void whatWaitsForItsBackOffIsLeftOnceItIsRenamedOffTheList() {
            Box web = watched("web").diesAfterStart();
            web.crash(1);
            bench.finishWork();
            bench.wait(SECOND.plus(MOMENT));
            assertThat(bench.nextDeadline()).isPresent();

            web.rename("old");
            bench.wait(Duration.ofMinutes(10));

            assertThat(bench.starts).hasSize(1);
        }

        @Test
        void whatHasExitedAndIsRenamedOntoTheListIsStartedOnceItHasSettled() {
            bench.withEvents();
            Box other = bench.exited("other", 1, Duration.ofHours(1));
            bench.pass();
            other.rename("web");
            bench.finishWork();

            bench.watch(SETTLE.multipliedBy(2));

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void aListingThatIsOlderThanARenameDoesNotBringTheOldNameBack() {
            Box web = watched("web").startFails(500, "no");
            web.crash(1);
            bench.finishWork();
            web.startSucceeds();
            Signal.Listed old = bench.listing();
            web.rename("old");

            bench.handle(old);
            bench.wait(Duration.ofMinutes(1));

            assertThat(bench.starts).hasSize(1);
        }
    }

    /** What an operator has stopped stays down, beyond watchdog's own end. */
    @Nested
    class UnlessStopped {

        @Test
        void howeverOftenItIsStoppedOneLookIsDueThreeSecondsAfterTheLastTime() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = bench.running("web");
            bench.withEvents().pass();
            bench.looks.clear();
            web.stop();
            for (int n = 0; n < 1000; n++) {
                bench.wait(Duration.ofMillis(2));
                web.tell("kill", "signal", Integer.toString(1 + n % 2));
            }
            assertThat(bench.later()).isEqualTo(1);

            bench.wait(Duration.ofMillis(2900));
            assertThat(bench.looks).isEmpty();
            bench.wait(Duration.ofMillis(200));

            assertThat(bench.looks).containsExactly("web");
            bench.wait(Duration.ofMinutes(1));
            assertThat(bench.looks).hasSize(1);
            assertThat(bench.told.left()).contains("web: an operator stopped it");
        }

        @Test
        void aStopIsLeftForGoodAndToldOnce() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();

            bench.watch(Duration.ofHours(1));

            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.left()).containsExactly("web: it is running", "web: an operator stopped it");
        }

        @Test
        void aStopIsRememberedOnceAPassConfirmsItAndForgottenWithTheNextStart() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.finishWork();
            assertThat(bench.memory.stopped).isEmpty();

            bench.pass();
            assertThat(bench.memory.stopped)
                    .containsEntry(web.id, web.finishedAt)
                    .hasSize(1);

            web.start();
            assertThat(bench.memory.stopped).isEmpty();
            web.crash(1);
            bench.finishWork();
            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void aStopIsRememberedThoughTheEngineDoesNotAnswerAtOnce() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            web.cannotBeLookedAt();
            bench.pass();
            web.canBeLookedAt();

            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.memory.stopped).containsKey(web.id);
        }

        @Test
        void aStopIsForgottenWithItsContainer() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();

            web.remove();

            assertThat(bench.memory.stopped).isEmpty();
        }

        @Test
        void aStopIsForgottenWithItsContainerThoughNoEventToldOfIt() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            bench.eventsEnd();

            web.remove();
            bench.pass();

            assertThat(bench.memory.stopped).isEmpty();
        }

        @Test
        void whatIsRememberedIsLeftByTheNextWatchdog() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            bench.restartWatchdog();

            bench.withEvents().watch(Duration.ofHours(1));

            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.left()).endsWith("web: an operator stopped it");
            assertThat(bench.memory.stopped).containsKey(web.id);
        }

        /** It has run, and ended, while no watchdog was there to see. */
        @Test
        void whatHasEndedAnotherTimeSinceItWasRememberedIsStarted() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            bench.restartWatchdog();
            web.start();
            web.crash(1);

            bench.wait(SETTLE.multipliedBy(2));
            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void whatIsNotRememberedIsStarted() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            bench.exited("web", 143);

            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void theLabelOfAContainerOverridesThePolicyForIt() {
            Box web = bench.running("web").label("watchdog.policy", "unless-stopped");
            Box api = bench.running("api");
            bench.withEvents().pass();

            web.stop();
            api.stop();
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).containsExactly("api");
        }

        @Test
        void aCrashIsAnsweredAllTheSame() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            watched("web").crash(0);
            bench.finishWork();

            assertThat(bench.starts).containsExactly("web");
        }
    }

    /** An engine that goes, and comes back. */
    @Nested
    class Outages {

        @Test
        void anEngineThatShutsDownIsNoOperator() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.eventsEnd();
            bench.engineGoes();
            bench.wait(Duration.ofMinutes(1));

            bench.engineComes();

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.told.facts()).contains("start web: it went down with the engine");
            assertThat(bench.memory.stopped).isEmpty();
        }

        @Test
        void anOperatorWhomAPassConfirmedIsAnOperatorThoughTheEngineShutsDownLater() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            bench.eventsEnd();
            bench.engineGoes();

            bench.engineComes();
            bench.withEvents().watch(Duration.ofHours(1));

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void whatRanUnseenSinceItsStopAndDiedWithTheEngineIsStarted() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            assertThat(bench.memory.stopped).isNotEmpty();
            web.finishedAt = bench.now();
            bench.engineGoes();

            bench.engineComes();
            assertThat(bench.memory.stopped).isEmpty();
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void aStopThatIsToldAfterAnOutageIsAStopThoughTheStartBeforeItWasNotTold() {
            Box web = runsUnseenSinceItsStop();

            web.stop();
            web.canBeLookedAt();
            bench.watch(Duration.ofHours(1));

            assertThat(bench.starts).isEmpty();
            assertThat(bench.memory.stopped).containsValue(web.finishedAt);
        }

        @Test
        void aKillThatIsToldAfterAnOutageIsRememberedAsTheStopThatItIs() {
            Box web = runsUnseenSinceItsStop();

            web.tell("kill", "signal", "9");
            web.crash(137);
            web.canBeLookedAt();
            bench.watch(Duration.ofHours(1));

            assertThat(bench.starts).isEmpty();
            assertThat(bench.memory.stopped).containsValue(web.finishedAt);
        }

        @Test
        void aCrashThatIsToldAfterAnOutageIsACrashThoughTheStartBeforeItWasNotTold() {
            Box web = runsUnseenSinceItsStop();

            web.crash(1);
            bench.finishWork();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void whatIsRenamedAfterAnOutageMayBeStoppedStill() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            bench.engineGoes();
            web.cannotBeLookedAt();
            bench.engineComes();

            web.rename("web");
            web.canBeLookedAt();
            bench.watch(Duration.ofHours(1));

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void aSecondStopIsNotTakenForTheFirstThoughTheStartBetweenWasNotTold() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            web.inState(ContainerState.RUNNING);

            web.stop();
            bench.pass();
            assertThat(bench.memory.stopped).containsValue(web.finishedAt);
            bench.withEvents().watch(Duration.ofHours(1));

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void whatRanUnseenWhileNoEventsWereToldIsStartedThoughTheEngineWasThereAllTheTime() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            bench.eventsEnd();
            web.finishedAt = bench.now();

            bench.withEvents().watch(Duration.ofMinutes(1));

            assertThat(bench.starts).containsExactly("web");
        }

        /** Stopped, and started when there was neither an engine nor a look that could tell. */
        private Box runsUnseenSinceItsStop() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.pass();
            bench.eventsEnd();
            bench.engineGoes();
            web.inState(ContainerState.RUNNING).cannotBeLookedAt();
            bench.withEvents();
            bench.engineComes();
            return web;
        }

        @Test
        void aPassWithoutEventsConfirmsNoOperator() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.eventsEnd();
            bench.pass();
            assertThat(bench.memory.stopped).isEmpty();

            bench.withEvents().watch(Duration.ofMinutes(1));

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void whatDiedWithTheEngineIsStartedAsSoonAsItIsBack() {
            Box web = watched("web");
            bench.engineGoes();
            web.state = ContainerState.EXITED;
            web.exitCode = 255;
            web.finishedAt = bench.now();

            bench.engineComes();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void nothingIsDoneDuringAnOutageAndWhatCameDueIsDoneAfterIt() {
            Box web = watched("web").diesAfterStart();
            web.crash(1);
            bench.finishWork();
            bench.wait(SECOND.plus(MOMENT));
            assertThat(bench.nextDeadline()).isPresent();
            bench.engineGoes();

            bench.wait(Duration.ofMinutes(1));
            assertThat(bench.starts).hasSize(1);
            bench.engineComes();

            assertThat(bench.starts).hasSize(2);
        }

        @Test
        void whatIsStillRunningAfterAnOutageIsLeft() {
            watched("web");
            bench.engineGoes();
            bench.wait(Duration.ofMinutes(1));

            bench.engineComes();
            bench.wait(Duration.ofMinutes(1));

            assertThat(bench.starts).isEmpty();
        }

        @Test
        void aStartOfUnknownOutcomeIsTriedAgainByThePassAfterIt() {
            Box web = watched("web");
            web.crash(1);
            bench.engineGoes();
            bench.finishWork();
            assertThat(bench.told.facts()).contains("web Unknown[problem=engine: no such socket, asked=false]");

            bench.engineComes();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void lossIsToldOnceThenEveryTenMinutesAndReturnOnce() {
            bench.handle(new Signal.EngineFound("Docker"));
            for (int second = 0; second <= 1205; second += 5) {
                bench.handle(new Signal.EngineLost("no such socket", true));
                bench.wait(Duration.ofSeconds(5));
            }
            bench.handle(new Signal.EngineFound("Docker"));
            bench.handle(new Signal.EngineLost("refused", true));

            assertThat(bench.told.facts()).hasSize(6).element(0).isEqualTo("found");
            assertThat(bench.told.facts().get(1)).isEqualTo("lost: no such socket");
            assertThat(bench.told.facts().get(2))
                    .startsWith("still lost after PT10M")
                    .endsWith(": no such socket");
            assertThat(bench.told.facts().get(3)).startsWith("still lost after PT20M");
            assertThat(bench.told.facts().get(4)).startsWith("found again after PT20M10");
            assertThat(bench.told.facts().get(5)).isEqualTo("lost: refused");
        }

        @Test
        void missingEventsAreToldOnceAndTheirReturnOnce() {
            bench.running("web");
            for (int pass = 0; pass < 3; pass++) {
                bench.handle(new Signal.EventsEnded("403 Forbidden"));
                bench.pass();
            }
            bench.withEvents();
            bench.pass();
            bench.wait(Duration.ofSeconds(2));
            bench.pass();

            assertThat(bench.told.facts()).containsExactly("events lost", "missing api,db-*", "events found");
        }

        @Test
        void eventsThatBeginAndEndTimeAndAgainAreToldOnce() {
            watched("web");
            for (int round = 0; round < 3; round++) {
                bench.handle(new Signal.EventsEnded("the engine ended them"));
                bench.pass();
                bench.handle(new Signal.EventsBegun());
                bench.pass();
                bench.wait(Duration.ofSeconds(1));
                bench.pass();
            }

            assertThat(bench.told.count("events")).isEqualTo(1);
        }

        @Test
        void eventsThatEndTogetherWithTheEngineAreNotWorthALineOfTheirOwn() {
            watched("web");
            bench.eventsEnd();
            bench.engineGoes();
            bench.withEvents();
            bench.engineComes();

            assertThat(bench.told.count("events")).isZero();
        }

        @Test
        void withoutEventsEverythingIsTakenByThePassOnceItHasSettled() {
            Box web = bench.running("web");
            bench.handle(new Signal.EventsEnded("403 Forbidden"));
            bench.pass();
            web.crash(1);

            bench.pass();
            assertThat(bench.starts).isEmpty();
            bench.watch(SETTLE);

            assertThat(bench.starts).containsExactly("web");
        }
    }

    /** What does not stay up. */
    @Nested
    class CrashLoops {

        @Test
        void theAlarmAndTheAllClearAreToldOnce() {
            Box web = watched("web").diesAfterStart();
            web.crash(1);
            bench.finishWork();
            bench.watch(Duration.ofMinutes(8));
            assertThat(bench.told.count("crash loop web")).isEqualTo(1);
            assertThat(bench.told.count("crash loop over")).isZero();

            web.startSucceeds();
            bench.watch(Duration.ofMinutes(8));

            assertThat(bench.told.count("crash loop web")).isEqualTo(1);
            assertThat(bench.told.count("crash loop over web")).isEqualTo(1);
            assertThat(web.state).isEqualTo(ContainerState.RUNNING);
        }

        @Test
        void theAllClearIsToldAtAPassOverWhatIsDown() {
            Box web = watched("web").diesAfterStart();
            web.crash(1);
            bench.finishWork();
            bench.watch(Duration.ofMinutes(8));
            web.startSucceeds();
            bench.wait(Duration.ofMinutes(8));
            assertThat(bench.told.count("crash loop over")).isZero();

            bench.passOverDown();

            assertThat(bench.told.count("crash loop over web")).isEqualTo(1);
        }

        @Test
        void fourStartsAreNoCrashLoop() {
            Box web = watched("web").diesAfterStart();
            web.crash(1);
            bench.finishWork();
            bench.wait(Duration.ofSeconds(6));
            assertThat(bench.starts).hasSize(3);

            web.startSucceeds();
            bench.watch(Duration.ofMinutes(30));
            assertThat(bench.starts).hasSize(4);

            assertThat(bench.told.count("crash loop")).isZero();
        }

        @Test
        void theIntervalsGrowUpToTheLargestAndTheTryingGoesOn() {
            watched("web").diesAfterStart().crash(1);
            bench.finishWork();

            bench.watch(Duration.ofHours(1));
            int inTheFirstHour = bench.starts.size();
            bench.watch(Duration.ofHours(1));

            assertThat(inTheFirstHour).isBetween(16, 22);
            assertThat(bench.starts.size() - inTheFirstHour).isBetween(11, 13);
        }

        @Test
        void whatIsGivenUpIsToldOnceAndTakenUpAgainOnceSomebodyStartsIt() {
            beginWith(giveUpAfter(3));
            Box web = watched("web").diesAfterStart();
            web.crash(1);
            bench.finishWork();
            bench.watch(Duration.ofHours(1));
            assertThat(bench.starts).hasSize(3);
            assertThat(bench.told.facts()).endsWith("giveup web: it crashed with code 1 after 3 starts in a row");

            web.startSucceeds().start();
            web.crash(1);
            bench.finishWork();

            assertThat(bench.starts).hasSize(4);
        }

        @Test
        void aStartThatFailsIsTriedForEverAndToldOnlyWhenItsReasonChanges() {
            Box web = watched("web").startFails(500, "port is already allocated");
            web.crash(1);
            bench.finishWork();
            bench.watch(Duration.ofHours(1));
            web.startFails(500, "no space left on device");
            bench.watch(Duration.ofHours(1));
            assertThat(bench.starts).hasSizeGreaterThan(20);

            assertThat(bench.told.facts())
                    .containsExactly(
                            "missing api,db-*",
                            "start web: it crashed with code 1",
                            "web Failed[problem=engine: 500 port is already allocated]",
                            "web Failed[problem=engine: 500 no space left on device]");

            web.startSucceeds();
            bench.watch(Duration.ofMinutes(10));
            assertThat(bench.told.facts()).hasSize(5).last().asString().startsWith("web Up[down=PT2H");
        }

        @Test
        void aStartThatFailsIsNotGivenUpNorACrashLoop() {
            beginWith(giveUpAfter(3));
            watched("web").startFails(500, "port is already allocated").crash(1);
            bench.finishWork();

            bench.watch(Duration.ofHours(2));

            assertThat(bench.starts).hasSizeGreaterThan(20);
            assertThat(bench.told.count("giveup")).isZero();
            assertThat(bench.told.count("crash loop")).isZero();
        }

        @Test
        void aMissingNetworkIsNotTakenForAMissingContainer() {
            Box web = watched("web").startFails(404, "network backend not found");
            web.crash(1);
            bench.finishWork();
            assertThat(bench.told.facts()).endsWith("web Failed[problem=engine: 404 network backend not found]");

            web.startSucceeds();
            bench.wait(SECOND.multipliedBy(2));

            assertThat(web.state).isEqualTo(ContainerState.RUNNING);
        }
    }

    /** Other states than exited. */
    @Nested
    class Triggers {

        @Test
        void whatCrashesBeforeItsRestartHasBegunIsStartedAtOnce() {
            beginWith(on(Trigger.EXITED, Trigger.UNHEALTHY));
            Box web = bench.running("web");
            bench.withEvents().pass();
            web.becomes(Health.UNHEALTHY);

            web.crash(1);
            bench.finishWork();

            assertThat(bench.restarts).isEmpty();
            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.told.facts()).contains("start web: it crashed with code 1");
        }

        @Test
        void whatBecomesUnhealthyIsRestartedAtOnceWithItsStopTimeout() {
            beginWith(on(Trigger.UNHEALTHY));
            Box web = bench.running("web").health(Health.HEALTHY);
            web.stopTimeout = Duration.ofSeconds(30);
            Box api = bench.running("api").health(Health.HEALTHY).label("watchdog.stop-timeout", "5s");
            Box db = bench.running("db-1").health(Health.HEALTHY);
            bench.withEvents().pass();

            web.becomes(Health.UNHEALTHY);
            api.becomes(Health.UNHEALTHY);
            db.becomes(Health.UNHEALTHY);
            bench.finishWork();

            assertThat(bench.restarts).containsExactly("web PT30S", "api PT5S", "db-1 PT10S");
            assertThat(bench.starts).isEmpty();
            assertThat(bench.told.facts()).contains("restart web: it is unhealthy");
        }

        @Test
        void whatWasUnhealthyBeforeIsTakenByThePass() {
            beginWith(on(Trigger.UNHEALTHY));
            bench.running("web").health(Health.UNHEALTHY);

            bench.pass();

            assertThat(bench.restarts).containsExactly("web PT10S");
        }

        @Test
        void whatIsHealthyAgainWhenAskedRightBeforeIsLeft() {
            beginWith(on(Trigger.UNHEALTHY));
            Box web = bench.running("web").health(Health.HEALTHY);
            bench.withEvents().pass();
            web.becomes(Health.UNHEALTHY);
            web.health(Health.HEALTHY);

            bench.finishWork();

            assertThat(bench.restarts).isEmpty();
            assertThat(bench.told.facts()).contains("web NotNeeded[state=running]");
        }

        @Test
        void whatStaysUnhealthyIsRestartedWithABackOffOfItsOwn() {
            beginWith(on(Trigger.UNHEALTHY));
            Box web = bench.running("web").health(Health.HEALTHY);
            bench.withEvents().pass();
            for (int restarts = 0; restarts < 200; restarts++) {
                web.becomes(Health.UNHEALTHY);
                bench.finishWork();
                bench.wait(SECOND.multipliedBy(3));
            }

            assertThat(bench.restarts).as("in ten minutes").hasSizeBetween(7, 11);
        }

        /** Or else the restart's own kill and die would count as an operator's. */
        @Test
        void ourOwnRestartIsNotTakenForAnOperators() {
            Box web = isUnhealthyAndCannotBeStarted();
            bench.finishWork();
            assertThat(web.state).isEqualTo(ContainerState.EXITED);
            bench.watch(SECOND);
            assertThat(bench.memory.stopped).isEmpty();

            web.startSucceeds();
            bench.watch(Duration.ofMinutes(1));

            assertThat(web.state).isEqualTo(ContainerState.RUNNING);
        }

        @ParameterizedTest
        @ValueSource(strings = {"stop", "die stop", "kill die stop"})
        void norIsItWhereThatIsToldOnlyAfterItHasFailed(String late) {
            Box web = isUnhealthyAndCannotBeStarted();
            bench.delay(late.split(" "));
            bench.finishWork();
            assertThat(web.state).isEqualTo(ContainerState.EXITED);

            bench.tellLate();
            bench.watch(SECOND);
            web.startSucceeds();
            bench.watch(Duration.ofMinutes(1));

            assertThat(web.state).isEqualTo(ContainerState.RUNNING);
            assertThat(bench.memory.stopped).isEmpty();
        }

        /** Though the signal was not told, so that nothing but the stop's end tells of it. */
        @Test
        void anOperatorsStopSoonAfterIsAnOperators() {
            Box web = isUnhealthyAndCannotBeStarted();
            bench.finishWork();
            web.startSucceeds().start();

            web.crash(143);
            web.tell("stop");
            bench.watch(Duration.ofMinutes(1));

            assertThat(web.state).isEqualTo(ContainerState.EXITED);
            assertThat(bench.memory.stopped).isNotEmpty();
        }

        @Test
        void anOperatorsStopWhileARestartIsRefusedIsAnOperators() {
            Box web = isUnhealthyAndCannotBeStarted().restartIsRefused(403, "Forbidden");

            web.tell("kill", "signal", "15");
            bench.finishWork();
            web.crash(143);
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).isEmpty();
            assertThat(bench.memory.stopped).isNotEmpty();
        }

        private Box isUnhealthyAndCannotBeStarted() {
            beginWith(new Rules(
                    RestartMode.UNLESS_STOPPED,
                    Set.of(Trigger.EXITED, Trigger.UNHEALTHY),
                    SETTLE,
                    Rules.DEFAULT.backoff(),
                    Rules.DEFAULT.resetAfter(),
                    Rules.DEFAULT.crashLoop(),
                    0,
                    false,
                    ""));
            Box web = bench.running("web").health(Health.HEALTHY).startFails(500, "port is already allocated");
            bench.withEvents().pass();
            web.becomes(Health.UNHEALTHY);
            return web;
        }

        @Test
        void whatAnOperatorIsStoppingIsNotRestarted() {
            beginWith(on(Trigger.UNHEALTHY));
            Box web = bench.running("web").health(Health.HEALTHY);
            bench.withEvents().pass();
            web.tell("kill", "signal", "15");

            web.becomes(Health.UNHEALTHY);
            bench.finishWork();

            assertThat(bench.restarts).isEmpty();
        }

        @Test
        void unlessAskedForUnhealthyIsLeft() {
            bench.running("web").health(Health.UNHEALTHY);

            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.restarts).isEmpty();
        }

        @Test
        void whatWasCreatedAndFailedToStartIsStartedAndWhatHasNotRunYetIsLeft() {
            beginWith(on(Trigger.EXITED, Trigger.CREATED));
            Box web = bench.running("web").inState(ContainerState.CREATED);
            web.error = "port is already allocated";
            bench.running("api").inState(ContainerState.CREATED);

            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void theFailureOfAFirstStartIsFoundByThePassAfterIt() {
            beginWith(on(Trigger.CREATED));
            Box web = bench.running("web").inState(ContainerState.CREATED);
            bench.withEvents().pass();
            web.error = "port is already allocated";

            bench.pass();

            assertThat(bench.starts).containsExactly("web");
        }

        @ParameterizedTest
        @EnumSource(names = {"UNHEALTHY", "CREATED"})
        void whereExitedIsNotAskedForACrashIsLeft(Trigger other) {
            beginWith(on(other));
            watched("web").crash(1);
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.starts).isEmpty();
        }
    }

    /** Containers that live in the network of another. */
    @Nested
    class Dependents {

        @Test
        void atBootTheProviderIsStartedFirst() {
            Box vpn = bench.exited("db-vpn", 255);
            bench.exited("api", 255).in(vpn);
            Box web = bench.exited("web", 255).in(vpn);
            web.in(vpn);

            bench.pass();
            assertThat(bench.starts).first().isEqualTo("db-vpn");
            bench.wait(SECOND.multipliedBy(3));

            assertThat(bench.starts).containsExactlyInAnyOrder("db-vpn", "api", "web");
            assertThat(bench.told.count("Failed")).isZero();
        }

        @Test
        void atBootTheProviderIsStartedFirstThoughItsLookTakesLonger() {
            Box web = bench.exited("web", 255);
            Box vpn = bench.exited("db-vpn", 255);
            web.in(vpn);
            bench.handle(bench.listing());
            Runnable lookAtProvider = bench.work.remove();
            bench.finishWork();

            lookAtProvider.run();
            bench.finishWork();
            bench.wait(SECOND.multipliedBy(3));

            assertThat(bench.starts).containsExactly("db-vpn", "web");
        }

        @Test
        void whatRunsIsRestartedOnceWhenItsProviderWasRestartedByAnyone() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            Box web = bench.running("web").in(vpn);
            bench.withEvents().pass();
            bench.watch(Duration.ofMinutes(1));

            vpn.restart();
            bench.watch(Duration.ofMinutes(10));

            assertThat(bench.restarts).containsExactly("web PT10S");
            assertThat(bench.told.facts())
                    .contains("restart web: the container whose network it lives in was started anew");
            assertThat(web.state).isEqualTo(ContainerState.RUNNING);
        }

        @Test
        void whatRunsIsRestartedOnceAfterWatchdogHasStartedItsProvider() {
            beginWith(withDependents());
            Box vpn = bench.running("db-vpn");
            bench.running("web").in(vpn);
            bench.withEvents().watch(Duration.ofMinutes(1));

            vpn.crash(1);
            bench.finishWork();
            assertThat(bench.restarts).isEmpty();
            bench.watch(Duration.ofMinutes(10));

            assertThat(bench.starts).containsExactly("db-vpn");
            assertThat(bench.restarts).containsExactly("web PT10S");
        }

        @Test
        void theTimeOfOneCommandIsLeftToAnOperatorWhoRestartsBoth() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            Box web = bench.running("web").in(vpn);
            bench.withEvents().watch(Duration.ofMinutes(1));

            vpn.restart();
            bench.wait(Duration.ofMillis(500));
            web.restart();
            bench.watch(Duration.ofMinutes(10));

            assertThat(bench.restarts).isEmpty();
        }

        @Test
        void whatIsDownIsStartedAsSoonAsItsProviderIsWhateverItsBackOff() {
            Box vpn = bench.running("vpn").inState(ContainerState.EXITED);
            Box web = bench.running("web").in(vpn);
            bench.withEvents().pass();
            web.crash(1);
            bench.finishWork();
            bench.watch(Duration.ofMinutes(30));
            int tries = bench.starts.size();

            vpn.start();
            bench.finishWork();

            assertThat(bench.starts).hasSize(tries + 1);
            assertThat(web.state).isEqualTo(ContainerState.RUNNING);
        }

        @Test
        void unlessAskedForNothingThatRunsIsRestarted() {
            Box vpn = bench.running("vpn");
            bench.running("web").in(vpn);
            bench.withEvents().watch(Duration.ofMinutes(1));

            vpn.restart();
            bench.watch(Duration.ofMinutes(10));

            assertThat(bench.restarts).isEmpty();
        }

        @Test
        void whatLostItsNetworkWhileNoEventsWereToldIsFoundOnceTheyAreAgain() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            bench.running("web").in(vpn);
            bench.withEvents().watch(Duration.ofMinutes(1));
            bench.eventsEnd();
            vpn.restart();
            bench.withEvents();

            bench.watch(Duration.ofMinutes(10));

            assertThat(bench.restarts).containsExactly("web PT10S");
        }

        @Test
        void whatLostItsNetworkIsFoundByPassesWhereThereAreNoEvents() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            bench.running("web").in(vpn);
            bench.handle(new Signal.EventsEnded("403 Forbidden"));
            bench.watch(Duration.ofMinutes(1));
            assertThat(bench.restarts).isEmpty();

            vpn.restart();
            bench.watch(Duration.ofMinutes(10));

            assertThat(bench.restarts).containsExactly("web PT10S");
        }

        @Test
        void passesInQuickSuccessionDoNotPutARestartOffForEver() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            bench.running("web").in(vpn);
            bench.handle(new Signal.EventsEnded("403 Forbidden"));
            bench.pass();
            vpn.restart();

            for (int pass = 0; pass < 100; pass++) {
                bench.pass();
                bench.wait(Duration.ofMillis(500));
            }

            assertThat(bench.restarts).containsExactly("web PT10S");
        }

        /** The second network is lost as well, and the first restart may have joined it or not. */
        @Test
        void aProviderThatIsStartedAgainDuringTheRestartIsNotOverlooked() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            Box web = bench.running("web").in(vpn);
            bench.withEvents().watch(Duration.ofMinutes(1));
            vpn.restart();
            bench.wait(Duration.ofMillis(1500));
            assertThat(bench.restarts).hasSize(1);

            vpn.restart();
            bench.watch(Duration.ofMinutes(10));

            assertThat(web.startedAt).isAfter(vpn.startedAt);
        }

        @Test
        void whatWentDownBeforeItsProviderIsNotStartedBeforeIt() {
            Box vpn = bench.exited("db-vpn", 137, Duration.ofSeconds(3));
            bench.exited("web", 137, SETTLE.minus(SECOND)).in(vpn);

            bench.pass();
            bench.wait(SETTLE.multipliedBy(2));

            assertThat(bench.starts).containsExactly("db-vpn", "web");
        }

        @Test
        void whatLostItsProviderForGoodIsToldOnceAndTriedNoMore() {
            Box vpn = bench.running("vpn");
            Box web = bench.running("web").in(vpn);
            bench.withEvents().pass();
            web.crash(1);
            vpn.remove();
            bench.finishWork();

            bench.watch(Duration.ofHours(1));

            assertThat(bench.starts).hasSize(1);
            assertThat(bench.told.facts())
                    .containsOnlyOnce("giveup web: the container whose network it joins is gone:"
                            + " it needs to be created anew");
        }

        @Test
        void whatStillRunsInTheNetworkOfAProviderThatIsGoneIsToldOfToo() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            bench.running("web").in(vpn);
            bench.withEvents().watch(Duration.ofMinutes(1));

            vpn.remove();
            bench.watch(Duration.ofHours(1));

            assertThat(bench.restarts).isEmpty();
            assertThat(bench.told.count("it needs to be created anew")).isEqualTo(1);
        }
    }

    /** What is on the list and does not exist. */
    @Nested
    class MissingOnes {

        @Test
        void areToldOnceAndOnceWhenTheyAppear() {
            Box web = bench.running("web");
            bench.watch(Duration.ofMinutes(1));
            bench.running("db-7");
            bench.watch(Duration.ofMinutes(1));
            web.remove();
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.told.facts()).containsExactly("missing api,db-*", "appeared db-*", "missing web");
        }

        @Test
        void areNotRemembered() {
            Box web = watched("web");
            Box api = bench.running("api");
            bench.pass();
            assertThat(bench.size()).isEqualTo(2);
            bench.eventsEnd();
            web.remove();
            api.remove();

            bench.pass();

            assertThat(bench.size()).isZero();
        }
    }

    /** What is not known for certain is not taken for more than it is. */
    @Nested
    class InDoubt {

        @Test
        void aListingThatFailsIsNoOutageSoAStopAfterItIsLeftForTheSettleTime() {
            Box web = bench.running("web");
            bench.pass();
            bench.handle(new Signal.EngineLost("no answer for 10000 ms", false));
            web.stop();

            bench.pass();
            bench.wait(SETTLE.minus(SECOND));
            assertThat(bench.starts).isEmpty();
            bench.wait(SECOND.multipliedBy(2));
            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void whatGoesDownWhileThereIsNoEngineIsStartedAsSoonAsThereIsOne() {
            Box web = bench.running("web");
            bench.pass();
            bench.engineGoes();
            web.crash(255);
            bench.engineComes();

            assertThat(bench.starts).containsExactly("web");
            assertThat(bench.told.facts()).contains("start web: it went down with the engine");
        }

        @Test
        void aStopBeforeOurRestartBeganInTheEngineIsAnOperators() {
            beginWith(new Rules(
                    RestartMode.UNLESS_STOPPED,
                    Set.of(Trigger.EXITED, Trigger.UNHEALTHY),
                    SETTLE,
                    Rules.DEFAULT.backoff(),
                    Rules.DEFAULT.resetAfter(),
                    Rules.DEFAULT.crashLoop(),
                    0,
                    false,
                    ""));
            Box web = watched("web");
            web.becomes(Health.UNHEALTHY);
            web.stop();

            bench.watch(Duration.ofMinutes(5));

            assertThat(bench.restarts).isEmpty();
            assertThat(bench.starts).isEmpty();
        }

        @Test
        void aStartOfUnknownOutcomeCountsForTheBackoff() {
            Box web = watched("web").startFails(EngineExceptions.unreachable("no answer for 130000 ms"));
            web.crash(1);

            bench.watch(Duration.ofMinutes(5));

            assertThat(bench.starts).hasSizeBetween(6, 9);
        }

        @Test
        void aFailureIsToldAgainOnceItHadBeenMended() {
            Box web = watched("web").startFails(500, "port is already allocated");
            web.crash(1);
            bench.watch(Duration.ofMinutes(1));
            web.start();
            bench.watch(Duration.ofMinutes(10));

            web.crash(1);
            bench.finishWork();

            assertThat(bench.told.facts().stream().filter("start web: it crashed with code 1"::equals))
                    .hasSize(2);
        }

        @Test
        void aStopIsRememberedAfterALookAndWithoutAPass() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.finishWork();
            assertThat(bench.memory.stopped).isEmpty();

            bench.wait(SECOND.multipliedBy(4));

            assertThat(bench.memory.stopped).containsEntry(web.id, web.finishedAt);
        }

        @Test
        void aStopOfWhatIsRenamedIsRememberedUnderItsNextName() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.stop();
            bench.watch(SETTLE);
            web.rename("old");
            bench.watch(SETTLE);
            web.rename("web");
            bench.watch(Duration.ofMinutes(2));

            assertThat(bench.starts).isEmpty();
            assertThat(bench.memory.stopped).containsKey(web.id);
        }

        @Test
        void aSignalThatIsNotMeantToStopItOnlyDelaysTheStart() {
            beginWith(with(RestartMode.UNLESS_STOPPED));
            Box web = watched("web");
            web.tell("kill", "signal", "3");
            web.crash(1);
            bench.wait(SETTLE.minus(SECOND));
            assertThat(bench.starts).isEmpty();

            bench.wait(SECOND.multipliedBy(2));

            assertThat(bench.starts).containsExactly("web");
        }

        @Test
        void aProviderThatWasGoneBeforeAnybodyWatchedIsFoundOut() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            bench.running("web").in(vpn);
            vpn.remove();
            bench.watch(Duration.ofMinutes(1));

            assertThat(bench.told.facts())
                    .containsOnlyOnce("giveup web: the container whose network it joins is gone:"
                            + " it needs to be created anew");
        }

        @Test
        void aProviderThatIsKnownByNameOnlyMayYetCome() {
            beginWith(withDependents());
            Box web = watched("web");
            web.network = "container:vpn";
            web.startFails(404, "No such container: vpn");
            web.crash(1);
            bench.watch(Duration.ofMinutes(1));
            web.startSucceeds();
            web.network = "bridge";
            bench.watch(Duration.ofMinutes(10));

            assertThat(web.state).isEqualTo(ContainerState.RUNNING);
        }

        @Test
        void theEndOfACrashLoopIsTheBeginningOfNone() {
            Box web = watched("web");
            for (int crash = 0; crash < 12; crash++) {
                web.crash(1);
                bench.watch(Duration.ofSeconds(100));
            }

            assertThat(bench.told.count("crash loop")).isLessThanOrEqualTo(6);
        }

        @Test
        void networksLostDaysApartAreEachRestoredAtOnce() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            bench.running("web").in(vpn);
            bench.withEvents().pass();
            for (int night = 1; night <= 10; night++) {
                bench.wait(Duration.ofHours(24));
                vpn.restart();
                bench.wait(SECOND.multipliedBy(3));
                assertThat(bench.restarts).as("in night %d", night).hasSize(night);
            }
        }

        @Test
        void looksThatWaitForTheirTurnDoNotPileUp() {
            beginWith(withDependents());
            Box vpn = bench.running("vpn");
            bench.running("web").in(vpn);
            bench.pass();
            for (int pass = 0; pass < 50; pass++) {
                bench.handle(bench.listing());
            }
            int before = bench.looks.size();
            bench.finishWork();

            assertThat(bench.looks.size() - before).isLessThanOrEqualTo(4);
        }
    }

    /** A container that runs, has been looked at, and of which events are told. */
    private Box watched(String name) {
        Box box = bench.running(name);
        bench.withEvents().pass();
        return box;
    }

    private Container container(Box box, ContainerState state) {
        Container seen = bench.listing().watched().stream()
                .filter(container -> container.id().equals(box.id))
                .findFirst()
                .orElseThrow();
        return seen.withStatus(Status.of(state));
    }
}
