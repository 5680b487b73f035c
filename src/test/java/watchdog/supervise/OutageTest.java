package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import watchdog.policy.ContainerState;
import watchdog.policy.RestartMode;

/** An engine that goes, and comes back. */
class OutageTest extends SupervisorBench {

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

    /** Nobody noticed that there was no engine; but the events ended, and the container at that time. */
    @Test
    void aRestartOfTheEngineThatIsQuickerThanAPassIsToldOnceAndSettlesNothing() {
        Box web = watched("web");
        bench.eventsEnd();
        web.crash(137);

        bench.withEvents().pass();

        assertThat(bench.told.count("engine restarted")).isEqualTo(1);
        assertThat(bench.told.facts()).contains("start web: it went down with the engine");
        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void aListingIsAskedForWhenEventsBeginAndWhenTheyEndButNotForEachTryInVain() {
        bench.withEvents();
        assertThat(bench.listingsAskedFor).isEqualTo(1);

        bench.eventsEnd();
        assertThat(bench.listingsAskedFor).isEqualTo(2);
        bench.handle(new Signal.EventsEnded("connection refused"));
        assertThat(bench.listingsAskedFor).isEqualTo(2);

        bench.withEvents();
        assertThat(bench.listingsAskedFor).isEqualTo(3);
    }

    @Test
    void whatIsDownWhenWatchdogBeginsIsToldTogetherAndOnce() {
        bench.exited("web", 137);
        bench.exited("api", 0);
        bench.running("db-1");
        bench.exited("unwatched", 1);

        bench.withEvents().pass();
        bench.engineGoes();
        bench.withEvents().engineComes();
        bench.pass();

        assertThat(bench.told.foundDown).containsExactly(List.of("web", "api"));
    }

    @Test
    void whatRanUnseenSinceItsStopAndDiedWithTheEngineIsStarted() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        bench.pass();
        assertThat(bench.memory.stopped).isNotEmpty();
        web.endedUnseen(143);
        bench.eventsEnd();
        bench.engineGoes();

        bench.withEvents().engineComes();
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
        assertThat(bench.memory.stopped).containsValue(web.is.finishedAt());
    }

    @Test
    void aKillThatIsToldAfterAnOutageIsRememberedAsTheStopThatItIs() {
        Box web = runsUnseenSinceItsStop();

        web.tell("kill", "signal", "9");
        web.crash(137);
        web.canBeLookedAt();
        bench.watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
        assertThat(bench.memory.stopped).containsValue(web.is.finishedAt());
    }

    @Test
    void aCrashThatIsToldAfterAnOutageIsACrashThoughTheStartBeforeItWasNotTold() {
        Box web = runsUnseenSinceItsStop();

        web.crash(1);
        web.canBeLookedAt();
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
        assertThat(bench.memory.stopped).containsValue(web.is.finishedAt());
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
        web.endedUnseen(143);

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
        web.endedUnseen(255);

        bench.engineComes();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void nothingIsDoneDuringAnOutageAndWhatCameDueIsDoneAfterIt() {
        Box web = watched("web").diesAfterStart();
        web.crash(1);
        bench.finishWork();
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
