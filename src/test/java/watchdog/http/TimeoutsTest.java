package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void anAnswerThatKeepsComingMayTakeLongerThanASilentOne() {
        assertThat(Timeouts.of(SECOND)).isEqualTo(new Timeouts(SECOND, SECOND, SECOND.multipliedBy(6)));
    }

    @Test
    void workAddsToTheAnswerButNotToTheConnection() {
        assertThat(new Timeouts(SECOND, SECOND.multipliedBy(2), SECOND.multipliedBy(3)).plus(SECOND.multipliedBy(10)))
                .isEqualTo(new Timeouts(SECOND, SECOND.multipliedBy(12), SECOND.multipliedBy(13)));
    }
}
