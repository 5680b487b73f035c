package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void countsForTheBackoffOnceTheEngineWasAskedToDoIt() {
        assertThat(new Outcome.Unknown("no answer for 130000 ms", true).isTry()).isTrue();
        assertThat(new Outcome.Unknown("no answer for 10000 ms", false).isTry()).isFalse();
        assertThat(new Outcome.Gone().isTry()).isFalse();
        assertThat(new Outcome.Failed("port is already allocated").isTry()).isTrue();
    }
}
