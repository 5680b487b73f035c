package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {

    private static Container container(String id) {
        return new Container(id, "web", ContainerState.EXITED, OptionalInt.of(1), null, null);
    }

    @Test
    void theShortIdIsTheOneThatDockerPrints() {
        assertThat(container("0123456789abcdef".repeat(4)).shortId()).isEqualTo("0123456789ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0123456789a", "0123456789ab"})
    void anIdThatIsShortAlreadyStaysAsItIs(String id) {
        assertThat(container(id).shortId()).isEqualTo(id);
    }

    @Test
    void isCalledByItsNameAndShortId() {
        assertThat(container("0123456789abcdef".repeat(4))).hasToString("web (0123456789ab)");
    }

    @ParameterizedTest
    @CsvSource({
        "created, CREATED",
        "running, RUNNING",
        "paused, PAUSED",
        "restarting, RESTARTING",
        "removing, REMOVING",
        "exited, EXITED",
        "dead, DEAD",
    })
    void itsStateIsTheWordThatDockerHasForIt(String word, ContainerState state) {
        assertThat(ContainerState.of(word)).isEqualTo(state).hasToString(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EXITED", "Exited", " exited", "exited (1)", "initialized"})
    void itsStateIsUnknownWhereDockerHasNoSuchWord(String word) {
        assertThat(ContainerState.of(word)).isEqualTo(ContainerState.UNKNOWN);
    }
}
