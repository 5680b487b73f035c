package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;
import static watchdog.policy.LifeBench.time;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What joins the namespaces of another container, and what befalls that one. */
class DependentsTest {

    private static final Rules DEPENDENTS = new RulesBuilder().dependents().build();
    private static final List<String> RESTART = List.of("restart within 10 s");

    /** It runs since an hour ago, and its provider since a minute before. */
    private static LifeBench dependent(Rules rules) {
        return LifeBench.running(rules, LifeBench.JOINS).providersInspected(time(-3660));
    }

    private static LifeBench dependent() {
        return dependent(DEPENDENTS);
    }

    // ---- its provider is started anew ----

    @Test
    void isRestartedASecondAfterItsProviderWasStartedAnew() {
        LifeBench web = dependent().at(10).providerStarted();
        assertThat(web.calls()).isEmpty();
        assertThat(web.wakesAt()).isEqualTo(11);

        assertThat(web.whenDue().calls()).containsExactly("inspect");
        assertThat(web.inspectedUp().calls()).containsExactly("inspect providers");
        assertThat(web.providersInspected(time(10)).calls()).isEqualTo(RESTART);
    }

    @Test
    void isLeftWhereDependentsAreNotToBeRestarted() {
        LifeBench web = dependent(Rules.DEFAULT).providerStarted();

        assertThat(web.at(60).due().calls()).isEmpty();
        assertThat(web.inListingUp().calls()).isEmpty();
    }

    @Test
    void isLeftWhereAnOperatorRestartsItFirst() {
        LifeBench web = dependent()
                .at(10)
                .providerStarted()
                .at(10.5)
                .signalled(15)
                .died(143)
                .started();

        assertThat(web.at(60).due().calls()).isEmpty();
        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void isLeftWhereItIsFoundToHaveBeenStartedAfterItsProvider() {
        Status startedSince = new Status(
                ContainerState.RUNNING, Health.NONE, OptionalInt.empty(), "", time(10.5), null, Duration.ZERO);
        LifeBench web = dependent().at(10).providerStarted().whenDue().inspected(startedSince);

        assertThat(web.calls()).isEmpty();
        assertThat(web.outcomes()).hasOnlyElementsOfType(Outcome.NotNeeded.class);
    }

    @Test
    void isRestartedOncePerStartOfItsProvider() {
        LifeBench web = dependent().at(10).providerStarted().whenDue().inspectedUp();
        web.providersInspected(time(10)).restarts(Health.NONE);
        assertThat(web.outcomes()).hasOnlyElementsOfType(Outcome.Up.class);

        web.at(100).inListingUp();
        assertThat(web.calls()).contains("inspect providers");
        web.providersInspected(time(10));
        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void isRestartedOncePerStartOfItsProviderThoughTheClockWasSetBackMeanwhile() {
        LifeBench web = dependent().at(10).providerStarted().whenDue().inspectedUp();
        // By the engine's clock before the hour was set back.
        web.providersInspected(time(3610)).restarts(Health.NONE);

        for (int listing = 1; listing <= 3; listing++) {
            web.at(listing * 100).inListingUp().providersInspected(time(3610));
            assertThat(web.decision()).isEqualTo("leave because it is running");
        }
    }

    @Test
    void isRestartedForAStartOfItsProviderThatWasNotToldThoughTheClockWasSetBack() {
        LifeBench web = dependent().at(100).inListingUp().providersInspected(time(-7200));

        assertThat(web.decision()).startsWith("wait until PT1M41S because the container whose namespace it joins");
    }

    @Test
    void isRestartedForAStartThatWasToldThoughTheClockWasSetBackBeforeItsProviderWasEverInspected() {
        LifeBench web = LifeBench.running(DEPENDENTS, LifeBench.JOINS)
                .at(10)
                .providerStarted()
                .whenDue();

        web.inspectedUp().providersInspected(time(-7200));

        assertThat(web.calls()).isEqualTo(RESTART);
    }

    @Test
    void isRestartedForAStartOfItsProviderBeforeWatchdogBegan() {
        LifeBench web = LifeBench.running(DEPENDENTS, LifeBench.JOINS).providersInspected(time(-10));

        assertThat(web.decision()).startsWith("wait until PT1S because the container whose namespace it joins");
    }

    /** That it was itself started was told before, but not by what time of the engine's clock. */
    @Test
    void isRestartedForAStartThatWasNotToldThoughItsProviderIsInspectedBeforeItself() {
        LifeBench web = dependent().at(10).stoppedByOperator().at(20).started();
        web.at(30).inListing(Status.of(ContainerState.RUNNING)).providersInspected(time(25));
        assertThat(web.decision()).isEqualTo("leave because it is running");

        web.inspectedUp().at(100).inListingUp().providersInspected(time(25));

        assertThat(web.decision()).startsWith("wait until PT1M41S because the container whose namespace it joins");
    }

    @Test
    void isLeftWhereAStartOfItsProviderIsToldWhichItHasJoinedAlready() {
        LifeBench web = dependent().at(10).providerStarted().providersInspected(time(-3660));

        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void isLeftWhereItsProviderDoesNotRun() {
        assertThat(dependent().at(10).noProviderFound().decision()).isEqualTo("leave because it is running");
    }

    @Test
    void doesNotWaitForTheBackoffOfItsFirstStartOnceItsProviderIsUp() {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.CREATED, Trigger.EXITED).build();
        Status cannotJoin = LifeBench.created("cannot join");
        LifeBench web = LifeBench.unknown(rules, LifeBench.JOINS)
                .at(0)
                .inspected(cannotJoin)
                .inspected(cannotJoin);
        for (int start = 1; start <= 3; start++) {
            assertThat(web.refused("cannot join").inspected(cannotJoin).decision())
                    .startsWith("wait");
            web.whenDue().inspected(cannotJoin);
        }
        web.refused("cannot join").inspected(cannotJoin);

        assertThat(web.providerStarted().inspected(cannotJoin).calls()).containsExactly("start");
    }

    private static LifeBench beingRestarted() {
        return dependent().at(10).providerStarted().whenDue().inspectedUp().providersInspected(time(10));
    }

    /** An operator has restarted it first, and the engine is slow to answer. */
    @Test
    void isRestartedForAStartOfItsProviderAfterItsOwnThoughTheEngineHasNotAnsweredYet() {
        LifeBench web = beingRestarted().signalled(15).died(143).started().at(13);

        web.providerStarted().accepted().providersInspected(time(13)).at(14);

        assertThat(web.due().inspectedUp().calls()).containsExactly("inspect");
    }

    @Test
    void isLeftWhereAStartOfItsProviderBeforeItsOwnIsToldLate() {
        LifeBench web = beingRestarted().accepted().providersInspected(time(11));

        web.providerStarted().signalled(15).died(143).started().at(13).due().inspectedUp();

        assertThat(web.outcome()).isInstanceOf(Outcome.Up.class);
        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void aStartThatWasNotToldIsFoundByTheNextListing() {
        LifeBench web = dependent().at(100).inListingUp();
        assertThat(web.calls()).containsExactly("inspect providers");

        web.providersInspected(time(50));
        assertThat(web.wakesAt()).isEqualTo(101);
    }

    @Test
    void aStartThatWasNotToldIsFoundByAListingOfThoseThatAreDown() {
        assertThat(dependent().at(100).notListedDown().calls()).containsExactly("inspect providers");
    }

    @Test
    void whatCouldNotBeFoundOutOfItsProviderChangesNothing() {
        LifeBench web = dependent().at(10).providerStarted().noProviderFound();

        assertThat(web.wakesAt()).isEqualTo(11);
    }

    @Test
    void anAnswerFromBeforeTheStartWasToldSaysNothingOfIt() {
        LifeBench web = dependent().at(10).asks().providerStarted();

        web.take(new Input.ProvidersInspected(time(10), Map.of(LifeBench.PROVIDER, time(-3660)), false));

        assertThat(web.wakesAt()).isEqualTo(11);
    }

    @Test
    void aRestartForItsNamespaceRaisesNoAlarmAndIsNotGivenUp() {
        LifeBench web = dependent(new RulesBuilder().dependents().giveUpAfter(1).build());
        for (int start = 1; start <= 6; start++) {
            web.at(start * 60).providerStarted().whenDue().inspectedUp();
            assertThat(web.providersInspected(time(start * 60)).calls()).isEqualTo(RESTART);
            web.restarts(Health.NONE);
        }

        assertThat(web.told(Fact.InCrashLoop.class)).isEmpty();
        assertThat(web.life().attempts().inVain()).isZero();
    }

    @Test
    void itsRestartIsNobodysStopEither() {
        LifeBench web = dependent(
                new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).dependents().build());
        web.at(10).providerStarted().whenDue().inspectedUp().providersInspected(time(10));

        web.signalled(15).died(137).refusedHalfway("did not receive an exit event");

        assertThat(web.inspected(exited(137)).inspected(exited(137)).calls()).containsExactly("start");
    }

    // ---- its provider is awaited ----

    @Test
    void waitsForItsProviderToBeUp() {
        LifeBench web = dependent().providersReady(false).died(1);
        assertThat(web.calls()).isEmpty();

        assertThat(web.providersReady(true).due().calls()).containsExactly("inspect");
        assertThat(web.inspected(exited(1)).calls()).containsExactly("start");
    }

    @Test
    void doesNotWaitForABackoffThatItEarnedWithoutItsProvider() {
        LifeBench web = dependent(Rules.DEFAULT).died(1);
        for (int start = 1; start <= 6; start++) {
            web.refused("cannot join network of a non running container").inspected(exited(1));
            web.whenDue().inspected(exited(1));
        }
        web.refused("cannot join network of a non running container").inspected(exited(1));
        assertThat(web.calls()).isEmpty();

        assertThat(web.providerStarted().calls()).containsExactly("inspect");
    }

    @Test
    void asksForItsProviderWhereItsStartIsRefused() {
        assertThat(dependent().died(1).refused("No such container").calls())
                .containsExactlyInAnyOrder("inspect", "inspect providers");
    }

    // ---- its provider is gone for good ----

    @Test
    void isGivenUpOnceItsProviderIsGone() {
        LifeBench web = dependent().take(new Input.ProviderGone());
        assertThat(web.decision()).startsWith("give up because the container whose namespace it joins is gone");

        assertThat(web.died(1).calls()).isEmpty();
    }

    @Test
    void isLeftRunningOnceItsProviderIsGoneWhereDependentsAreNotToBeRestarted() {
        LifeBench web = dependent(Rules.DEFAULT).take(new Input.ProviderGone());

        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void isGivenUpOnceItsProviderIsFoundGone() {
        LifeBench web = dependent()
                .died(1)
                .refused("No such container")
                .providerFoundGone()
                .inspected(exited(1));

        assertThat(web.calls()).isEmpty();
        assertThat(web.decision()).startsWith("give up because the container whose namespace it joins is gone");
    }

    @Test
    void isNotTakenDownForIllHealthOnceItsProviderIsGoneWhetherOrNotDependentsAreRestarted() {
        for (RulesBuilder builder : List.of(new RulesBuilder(), new RulesBuilder().dependents())) {
            LifeBench web =
                    dependent(builder.restartOn(Trigger.UNHEALTHY).build()).take(new Input.ProviderGone());

            web.healthTold(Health.UNHEALTHY);

            assertThat(web.decision()).startsWith("give up because");
        }
    }

    // ---- what is asked of its providers ----

    @Test
    void noProvidersAreAskedForWhereThereAreNone() {
        LifeBench web = LifeBench.running(DEPENDENTS).at(10);
        assertThat(web.inListingUp().calls()).isEmpty();

        assertThat(web.died(1).accepted().calls()).isEmpty();
    }

    @Test
    void noProvidersAreAskedForWhereDependentsAreNotToBeRestarted() {
        LifeBench web = LifeBench.running(Rules.DEFAULT, LifeBench.JOINS).at(10).died(1);

        assertThat(web.accepted().calls()).isEmpty();
    }

    @Test
    void whenItWasStartedIsAskedForWhereThatWasOnlyTold() {
        LifeBench web = dependent().at(10).stoppedByOperator().at(20).started();

        assertThat(web.at(30).inListing(Status.of(ContainerState.RUNNING)).calls())
                .containsExactlyInAnyOrder("inspect", "inspect providers");
    }

    @Test
    void isLeftWhereItsProviderDoesNotRunWhenAskedAgain() {
        LifeBench web = dependent().at(10).providerStarted().whenDue().inspectedUp();

        web.noProviderFound();

        assertThat(web.outcome()).isInstanceOf(Outcome.NotNeeded.class);
        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void isNotRestartedBlindlyWhereItsProviderCannotBeInspected() {
        LifeBench web = dependent().at(10).providerStarted().whenDue();
        web.take(new Input.ProvidersNotInspected("too early"));
        assertThat(web.outcomes()).isEmpty();

        web.inspectedUp().take(new Input.ProvidersNotInspected("no answer"));

        assertThat(web.outcome()).isEqualTo(new Outcome.Unknown("no answer", false));
        web.take(new Input.ProvidersNotInspected("too late"));
        assertThat(web.outcomes()).hasSize(1);
    }

    @Test
    void isRestartedForIllHealthThoughItHasItsNamespace() {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.UNHEALTHY).dependents().build();
        LifeBench web = dependent(rules).at(10).healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);

        assertThat(web.providersInspected(time(-3660)).calls()).isEqualTo(RESTART);
    }

    /** It had joined its provider's present run, and both starts are told only during a restart for ill health. */
    @Test
    void isLeftWhereItsOwnStartAfterThatOfItsProviderIsToldLate() {
        Rules rules =
                new RulesBuilder().restartOn(Trigger.UNHEALTHY).dependents().build();
        LifeBench web = dependent(rules).healthTold(Health.UNHEALTHY).inspectedUp(Health.UNHEALTHY);
        web.providersInspected(time(-3660));
        assertThat(web.calls()).isEqualTo(RESTART);

        web.providerStarted().take(new Input.Started()).refused("no").inspectedUp(Health.HEALTHY);

        assertThat(web.decision()).isEqualTo("leave because it is running");
    }

    @Test
    void isRestartedForAStartOfItsProviderThatMayBeAfterItsOwn() {
        LifeBench web = beingRestarted().take(new Input.EventsEnded()).take(new Input.EventsBegun());

        web.at(13)
                .accepted()
                .providerStarted()
                .providersInspected(time(13))
                .at(15)
                .due();

        assertThat(web.inspectedUp().calls()).containsExactly("inspect");
    }

    /** Both starts are told only after it was found up. */
    @Test
    void isLeftWhereTheStartOfItsProviderThatItHasJoinedIsToldLate() {
        LifeBench web = dependent().at(10).died(1).accepted().providersInspected(time(9));
        web.at(12).due().inspectedUp();
        assertThat(web.outcome()).isInstanceOf(Outcome.Up.class);

        web.providerStarted().at(14).due().inspectedUp().providersInspected(time(9));

        assertThat(web.calls()).isEmpty();
        assertThat(web.decision()).isEqualTo("leave because it is running");
    }
}
