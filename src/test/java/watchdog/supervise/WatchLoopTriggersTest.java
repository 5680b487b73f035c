package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import watchdog.fake.FakeContainer;
import watchdog.fake.Request;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;

/** What the loop starts or restarts besides what has exited. */
class WatchLoopTriggersTest extends WatchLoopBench {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, -, 10", "7, -, 7", "7, 3s, 3", "-, 0, 0"})
    void whatBecomesUnhealthyIsRestartedWithItsStopTimeout(Integer ofContainer, String label, String asked) {
        FakeContainer web = engine.add("web", c -> {
            c.withHealth("healthy").healthAfterStart("healthy");
            if (ofContainer != null) {
                c.stopTimeout(ofContainer);
            }
            if (label != null) {
                c.label("watchdog.stop-timeout", label);
            }
        });
        watchByEventsAlone(with(RestartMode.ALWAYS, Set.of(Trigger.UNHEALTHY), RULES.settle()));

        web.becomes("unhealthy");

        Request restart = engine.awaitRequest(request -> request.is("POST", "/containers/*/restart"), LIMIT);
        assertThat(restart.parameter("t")).isEqualTo(asked);
        awaitTold("restart web: it is unhealthy");
        awaitTold("web Up[");
        assertThat(web.health()).isEqualTo("healthy");
        assertThat(engine.requests("POST", "*")).hasSize(1);
    }

    /** A process that takes its whole stop timeout to end takes longer than the engine may be silent otherwise. */
    @Test
    void aRestartMayTakeAsLongAsTheStopTimeout() {
        FakeContainer web = engine.add(
                "web",
                c -> c.withHealth("healthy").stopTimeout(1).ignoresSigterm().startDelay(SILENCE.multipliedBy(2)));
        watchByEventsAlone(with(RestartMode.ALWAYS, Set.of(Trigger.UNHEALTHY), RULES.settle()));

        web.becomes("unhealthy");

        awaitTold("web Up[");
        assertThat(web.restarts()).hasSize(1);
    }

    @Test
    void whatWasCreatedAndFailedToStartIsStartedAndWhatHasNotRunYetIsLeft() {
        FakeContainer web = engine.add("web", c -> c.createdWithError("port is already allocated"));
        FakeContainer api = engine.add("api", c -> c.created());
        watch("web,api", with(RestartMode.ALWAYS, Set.of(Trigger.CREATED), RULES.settle()), INTERVAL, 8);

        web.awaitState("running", LIMIT);
        awaitTwoPasses();

        assertThat(api.startCount()).isZero();
    }

    @Test
    void whatLivesInTheNetworkOfAnotherIsRestartedOnceTheOtherIs() {
        FakeContainer vpn = engine.add("vpn");
        FakeContainer web = engine.add("web", c -> c.inNetworkOf(vpn));
        FakeContainer api = engine.add("api");
        Rules rules = new Rules(
                RULES.mode(),
                RULES.restartOn(),
                RULES.settle(),
                RULES.backoff(),
                RULES.resetAfter(),
                RULES.crashLoop(),
                RULES.giveUpAfter(),
                true,
                "");
        watch("web,api", rules, INTERVAL, 8);
        engine.awaitEventStreams(1, LIMIT);
        awaitLeft("web: it is running");
        awaitLeft("api: it is running");

        vpn.operatorRestarts();

        awaitTold("web Up[");
        assertThat(web.restarts()).hasSize(1);
        assertThat(api.restarts()).isEmpty();
        assertThat(told.facts()).contains("restart web: the container whose namespace it joins was started anew");
    }
}
