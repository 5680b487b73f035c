package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.fake.FakeContainer;
import watchdog.policy.RestartMode;
import watchdog.policy.Trigger;

/** The loop beside operators who stop, restart, remove and run containers. */
class WatchLoopOperatorsTest extends WatchLoopBench {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopAndRemoveAndRunInALoopIsNotInterferedWith(boolean stopEventFirst) {
        engine.stopEventFirst(stopEventFirst);
        watch("web", with(RestartMode.ALWAYS, Set.of(Trigger.EXITED), LIMIT), INTERVAL, 8);
        engine.awaitEventStreams(1, LIMIT);
        for (int round = 0; round < 20; round++) {
            FakeContainer web = engine.add("web");
            if (round % 4 == 0) {
                awaitTwoPasses();
            }
            web.operatorStops();
            if (round % 4 == 1) {
                awaitTwoPasses();
            }
            web.remove();
            assertThat(web.startCount()).isZero();
        }

        assertThat(engine.requests("POST", "*")).isEmpty();
        FakeContainer last = engine.add("web");
        awaitTwoPasses();
        last.crash(1);
        last.awaitStarts(1, LIMIT);
    }

    @Test
    void restartsByAnOperatorAreNotInterferedWith() {
        FakeContainer web = engine.add("web");
        watch("web", with(RestartMode.ALWAYS, Set.of(Trigger.EXITED), LIMIT), INTERVAL, 8);
        engine.awaitEventStreams(1, LIMIT);
        for (int round = 0; round < 20; round++) {
            web.operatorRestarts();
        }
        awaitTwoPasses();

        assertThat(engine.requests("POST", "*")).isEmpty();
        assertThat(told.facts()).containsExactly("watching web", "found");
    }

    @Test
    void anOperatorsStopStaysUnlessThePolicyIsAlways() {
        FakeContainer web = engine.add("web");
        FakeContainer api = engine.add("api", c -> c.label("watchdog.policy", "always"));
        watch("web,api", with(RestartMode.UNLESS_STOPPED, Set.of(Trigger.EXITED), RULES.settle()), INTERVAL, 8);
        engine.awaitEventStreams(1, LIMIT);
        awaitTwoPasses();
        web.operatorStops();
        api.operatorStops();

        api.awaitStarts(1, LIMIT);
        awaitTwoPasses();

        assertThat(web.startCount()).isZero();
        assertThat(told.left()).contains("web: an operator stopped it");
    }

    @Test
    void anEngineThatShutsDownIsNoOperator() {
        FakeContainer web = engine.add("web");
        watchByEventsAlone(with(RestartMode.UNLESS_STOPPED, Set.of(Trigger.EXITED), RULES.settle()));

        engine.shutDown();
        assertThat(web.state()).isEqualTo("exited");
        // None is back before its end is noticed.
        within(LIMIT, "the engine is lost", () -> told.count("lost") > 0);
        engine.start();

        web.awaitState("running", LIMIT);
    }
}
