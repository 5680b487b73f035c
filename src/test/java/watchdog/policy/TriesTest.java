package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TriesTest {

    private static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");
    private static final double NO_JITTER = 0.5;

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Test
    void theFirstMayBeMadeAtOnce() {
        assertThat(Tries.NONE.nextAt(T0, backoff)).isEqualTo(T0);
    }

    @Test
    void theFirstMayBeMadeAtAnyTimeForWhatHasNoBeginning() {
        assertThat(Tries.NONE.nextAt(Instant.MIN, backoff)).isEqualTo(Instant.MIN);
    }

    @Test
    void theNextWaitsFromTheEndOfTheLastOne() {
        Tries twice = Tries.NONE.and(T0, NO_JITTER).and(T0.plusSeconds(10), NO_JITTER);

        assertThat(twice.nextAt(T0, backoff)).isEqualTo(T0.plusSeconds(12));
        assertThat(twice.nextAt(Instant.MIN, backoff)).isEqualTo(T0.plusSeconds(12));
    }

    @Test
    void theNextWaitsFromTheExitWhereThatIsLater() {
        Tries once = Tries.NONE.and(T0, NO_JITTER);

        assertThat(once.nextAt(T0.plusSeconds(40), backoff)).isEqualTo(T0.plusSeconds(41));
    }

    @Test
    void theWaitAfterATryIsTheSameWheneverAsked() {
        Tries once = Tries.NONE.and(T0, 1.0);

        assertThat(once.nextAt(T0, backoff)).isEqualTo(T0.plusMillis(1100)).isEqualTo(once.nextAt(T0, backoff));
    }

    @Test
    void eachTryHasItsOwnJitter() {
        Tries early = Tries.NONE.and(T0, 1.0).and(T0, 0.0);

        assertThat(early.nextAt(T0, backoff)).isEqualTo(T0.plusMillis(1800));
    }
}
