package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;

/** Other states than exited. */
class TriggerTest extends SupervisorBench {

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
        assertThat(web.state()).isEqualTo(ContainerState.EXITED);
        bench.watch(SECOND);
        assertThat(bench.memory.stopped).isEmpty();

        web.startSucceeds();
        bench.watch(Duration.ofMinutes(1));

        assertThat(web.state()).isEqualTo(ContainerState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "die stop", "kill die stop"})
    void norIsItWhereThatIsToldOnlyAfterItHasFailed(String late) {
        Box web = isUnhealthyAndCannotBeStarted();
        bench.delay(late.split(" "));
        bench.finishWork();
        assertThat(web.state()).isEqualTo(ContainerState.EXITED);

        bench.tellLate();
        bench.watch(SECOND);
        web.startSucceeds();
        bench.watch(Duration.ofMinutes(1));

        assertThat(web.state()).isEqualTo(ContainerState.RUNNING);
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

        assertThat(web.state()).isEqualTo(ContainerState.EXITED);
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
        web.failed("port is already allocated");
        bench.running("api").inState(ContainerState.CREATED);

        bench.pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void theFailureOfAFirstStartIsFoundByThePassAfterIt() {
        beginWith(on(Trigger.CREATED));
        Box web = bench.running("web").inState(ContainerState.CREATED);
        bench.withEvents().pass();
        web.failed("port is already allocated");

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
