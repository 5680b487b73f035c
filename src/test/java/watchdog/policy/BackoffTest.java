package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final double NO_JITTER = 0.5;

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "1, PT1S",
        "2, PT2S",
        "3, PT4S",
        "4, PT8S",
        "8, PT2M8S",
        "9, PT4M16S",
        "10, PT5M",
        "11, PT5M",
    })
    void doublesFromTheLeastToTheMost(int tries, Duration wait) {
        assertThat(backoff.after(tries, NO_JITTER)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 1000, 1025, 1_000_000, Integer.MAX_VALUE})
    void staysAtTheMostHoweverManyTries(int tries) {
        assertThat(backoff.after(tries, NO_JITTER)).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.0, PT0.9S",
        "1, 0.25, PT0.95S",
        "1, 0.75, PT1.05S",
        "1, 1.0, PT1.1S",
        "3, 0.0, PT3.6S",
        "3, 1.0, PT4.4S",
    })
    void isSpreadByATenthToEitherSide(int tries, double random, Duration wait) {
        assertThat(backoff.after(tries, random)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"0.0, PT4M30S", "1.0, PT5M30S"})
    void isSpreadAtTheMostToo(double random, Duration wait) {
        assertThat(backoff.after(1000, random)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.5, 1.0})
    void doesNotWaitBeforeTheFirstTry(double random) {
        assertThat(backoff.after(0, random)).isZero();
    }

    @Test
    void isAlwaysTheSameWhereLeastAndMostAre() {
        Backoff even = new Backoff(Duration.ofSeconds(7), Duration.ofSeconds(7));

        assertThat(even.after(1, NO_JITTER)).isEqualTo(Duration.ofSeconds(7));
        assertThat(even.after(20, NO_JITTER)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void canBeAsShortAsAMillisecond() {
        Duration millisecond = Duration.ofMillis(1);

        assertThat(new Backoff(millisecond, millisecond).after(9, NO_JITTER)).isEqualTo(millisecond);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1M", "PT0.000999999S, PT1M", "PT-1S, PT1M", "PT1M, PT59.999S", "PT1S, PT0S"})
    void refusesWhatIsNoRange(Duration least, Duration most) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(least, most))
                .withMessage("not a range of waits: " + least + " to " + most);
    }
}
