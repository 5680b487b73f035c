package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a start or a restart is told to answer. */
class RestartCauseTest {

    static Stream<Arguments> phases() {
        return Stream.of(
                arguments(down(Cause.Accident.CRASH), false, "crash"),
                arguments(down(Cause.Accident.OUT_OF_MEMORY), false, "out-of-memory"),
                arguments(down(Cause.Accident.OUTAGE), false, "outage"),
                arguments(down(Cause.Accident.OWN_RESTART), false, "own-restart"),
                arguments(down(Cause.Accident.UNWITNESSED), false, "unwitnessed"),
                arguments(down(new Cause.Stop(new Cause.Proof.Told())), false, "operators-stop"),
                arguments(down(new Cause.Stop(new Cause.Proof.Sure(null))), false, "operators-stop"),
                arguments(new Created("no such file"), false, "first-start-failed"),
                arguments(Up.begun(Instant.EPOCH), true, "unhealthy"),
                arguments(Up.begun(Instant.EPOCH), false, "namespace-lost"));
    }

    private static Phase down(Cause cause) {
        return new Down(cause, Instant.EPOCH, OptionalInt.of(1));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("phases")
    void isOfThePhaseInWhichItBegins(Phase phase, boolean isIll, String cause) {
        assertThat(RestartCause.of(phase, isIll)).hasToString(cause);
    }

    @Test
    void thereIsAPhaseForEach() {
        assertThat(phases().map(phase -> phase.get()[2]).distinct()).hasSize(RestartCause.values().length);
    }

    @Test
    void isToldWithWhatBecameOfIt() {
        LifeBench web = LifeBench.running().died(1).accepted().started().died(3);

        assertThat(web.told(Fact.Finished.class))
                .singleElement()
                .returns(RestartCause.CRASH, Fact.Finished::cause)
                .returns(new Outcome.WentDown(OptionalInt.of(3)), Fact.Finished::outcome);
    }

    @Test
    void ofARestartIsIllHealthOrALostNamespace() {
        Rules rules = new RulesBuilder().restartOn(Trigger.UNHEALTHY).build();
        LifeBench web = LifeBench.running(rules, Setup.of(Map.of()));

        assertThat(web.healthTold(Health.UNHEALTHY).life().operation())
                .returns(Work.RESTART, Operation::work)
                .returns(RestartCause.UNHEALTHY, Operation::cause);
    }
}
