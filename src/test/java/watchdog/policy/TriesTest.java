package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When the next try may be made. */
class TriesTest {

    private static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");
    private static final double NO_JITTER = 0.5;

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Test
    void theFirstMayBeMadeAtAnyTime() {
        assertThat(Tries.NONE.next(backoff)).isEqualTo(Instant.MIN);
    }

    @Test
    void theNextWaitsAfterTheLastOneAndNotAfterThoseBefore() {
        Tries once = Tries.NONE.and(T0, NO_JITTER);
        Tries twice = once.and(T0.plusSeconds(10), NO_JITTER);

        assertThat(once.next(backoff)).isEqualTo(T0.plusSeconds(1));
        assertThat(twice.next(backoff)).isEqualTo(T0.plusSeconds(12));
    }

    @Test
    void theWaitAfterATryIsTheSameWheneverAsked() {
        Tries once = Tries.NONE.and(T0, 1.0);

        assertThat(once.next(backoff)).isEqualTo(T0.plusMillis(1100)).isEqualTo(once.next(backoff));
    }

    @Test
    void eachTryHasItsOwnJitter() {
        Tries early = Tries.NONE.and(T0, 1.0).and(T0, 0.0);

        assertThat(early.next(backoff)).isEqualTo(T0.plusMillis(1800));
    }
}
