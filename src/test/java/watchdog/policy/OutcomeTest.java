package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void countsForTheBackoffOnceTheEngineWasAskedToDoIt() {
        assertThat(new Outcome.Unknown("no answer for 130000 ms", true).isTry()).isTrue();
        assertThat(new Outcome.Unknown("no answer for 10000 ms", false).isTry()).isFalse();
        assertThat(new Outcome.Gone().isTry()).isFalse();
        Container web = new Container("1f", "web", Status.exited(1), Setup.of(Map.of()));
        assertThat(new Outcome.Failed("port is already allocated", web).isTry()).isTrue();
    }
}
