package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {

    private static final Duration YOUNG = Duration.ZERO;

    private final Retry retry = Retry.OF_MESSAGES;

    @ParameterizedTest
    @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "6, PT32S", "7, PT60S", "100, PT60S"})
    void itDoublesUpToAMinute(int tries, Duration wait) {
        assertThat(retry.after(tries, YOUNG, 0.5)).contains(wait);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, PT0.5S", "1, 1, PT1.5S", "7, 0, PT30S", "7, 1, PT90S"})
    void itIsSpreadByAHalfToEitherSide(int tries, double random, Duration wait) {
        assertThat(retry.after(tries, YOUNG, random)).contains(wait);
    }

    @Test
    void itEndsAfterAnHour() {
        Duration hour = Duration.ofHours(1);

        assertThat(retry.after(7, hour, 0.5)).isPresent();
        assertThat(retry.after(7, hour.plusMillis(1), 0.5)).isEmpty();
    }
}
