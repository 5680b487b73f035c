package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import watchdog.engine.EngineExceptions;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.RulesBuilder;
import watchdog.policy.Trigger;

/** What is not known for certain is not taken for more than it is. */
class InDoubtTest extends SupervisorBench {

    private static final Rules UNHEALTHY_TOO = new RulesBuilder()
            .mode(RestartMode.UNLESS_STOPPED)
            .restartOn(Trigger.EXITED, Trigger.UNHEALTHY)
            .build();

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
    void aStopDuringWhichTheEventsBeginAnewIsAStopThoughItsEndIsFoundBeforeItIsTold() {
        Box web = watched("web");
        web.tell("kill", "signal", "15");
        bench.eventsEnd();
        bench.withEvents().pass();
        web.endedUnseen(0);
        bench.pass();

        web.tell("die", "exitCode", "0");
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.facts()).contains("wait web: an operator stopped it, but its policy is always");
        bench.wait(SETTLE);
        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void aSignalThatIsToldOnceItWasFoundDownMayHaveBeenWhy() {
        Box web = watched("web");
        web.tell("kill", "signal", "1");
        web.endedUnseen(143);
        bench.pass();

        web.tell("die", "exitCode", "143");
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
        bench.wait(SETTLE);
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
    void aStopAfterOurRestartWasRefusedIsAnOperators() {
        beginWith(UNHEALTHY_TOO);
        Box web = watched("web").restartIsRefused(403, "a proxy does not let it through");
        web.becomes(Health.UNHEALTHY);
        bench.work.remove().run();
        bench.work.remove().run();
        assertThat(bench.work).as("the inspection after the refusal").hasSize(1);
        web.stop();

        bench.watch(Duration.ofMinutes(5));

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void aStopBeforeOurRestartBeganInTheEngineIsAnOperators() {
        beginWith(UNHEALTHY_TOO);
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
                .containsOnlyOnce(
                        "giveup web: the container whose namespace it joins is gone:" + " it needs to be created anew");
    }

    @Test
    void aProviderThatIsKnownByNameOnlyMayYetCome() {
        beginWith(withDependents());
        Box web = watched("web");
        web.provider = "vpn";
        web.startFails(404, "No such container: vpn");
        web.crash(1);
        bench.watch(Duration.ofMinutes(1));
        web.startSucceeds();
        web.provider = "";
        bench.watch(Duration.ofMinutes(10));

        assertThat(web.state()).isEqualTo(ContainerState.RUNNING);
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
