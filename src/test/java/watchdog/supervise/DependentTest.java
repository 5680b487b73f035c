package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import watchdog.policy.ContainerState;

/** Containers that live in the network of another. */
class DependentTest extends SupervisorBench {

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
        assertThat(bench.told.facts()).contains("restart web: the container whose namespace it joins was started anew");
        assertThat(web.state()).isEqualTo(ContainerState.RUNNING);
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
        assertThat(web.state()).isEqualTo(ContainerState.RUNNING);
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

        assertThat(web.is.startedAt()).isAfter(vpn.is.startedAt());
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
                .containsOnlyOnce(
                        "giveup web: the container whose namespace it joins is gone:" + " it needs to be created anew");
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
