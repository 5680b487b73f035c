package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartPolicyTest {

    private final RestartPolicy policy = new RestartPolicy();

    private static Container container(ContainerState state, OptionalInt exitCode) {
        return new Container("1f".repeat(32), "web", state, exitCode, null, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137, 255})
    void startsWhatHasExitedWhateverItsCode(int exitCode) {
        assertThat(policy.decide(container(ContainerState.EXITED, OptionalInt.of(exitCode))))
                .isEqualTo(new Decision.Start("it exited with code " + exitCode));
    }

    @Test
    void startsWhatHasExitedAlsoWithoutKnowingItsCode() {
        assertThat(policy.decide(container(ContainerState.EXITED, OptionalInt.empty())))
                .isEqualTo(new Decision.Start("it exited"));
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, it has not run yet",
        "RUNNING, it is running",
        "PAUSED, somebody paused it",
        "RESTARTING, the engine is restarting it",
        "REMOVING, it is being removed",
        "DEAD, its removal failed",
        "UNKNOWN, its state is not known",
    })
    void leavesWhatHasNotExitedAndSaysWhy(ContainerState state, String reason) {
        assertThat(policy.decide(container(state, OptionalInt.of(137)))).isEqualTo(new Decision.Leave(reason));
    }

    @ParameterizedTest
    @EnumSource
    void hasAReasonInEveryState(ContainerState state) {
        assertThat(policy.decide(container(state, OptionalInt.empty())).reason())
                .isNotBlank();
    }
}
