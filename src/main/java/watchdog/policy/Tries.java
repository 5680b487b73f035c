package watchdog.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * Tries in a row that have not helped for long.
 *
 * @param last when the last one was made
 * @param random of its own for each, from 0 to 1, so that the wait after it is always the same
 */
public record Tries(int count, Instant last, double random) {

    /** No try at all. */
    public static final Tries NONE = new Tries(0, Instant.MIN, 0.5);

    /** One more. */
    public Tries and(Instant at, double itsRandom) {
        return new Tries(count + 1, at, itsRandom);
    }

    /** When the next one may be made: back-off bounds how often, not how long it is down. */
    public Instant next(Backoff backoff) {
        return count == 0 ? Instant.MIN : last.plus(wait(backoff));
    }

    /** How long after the last one that is. */
    Duration wait(Backoff backoff) {
        return backoff.after(count, random);
    }
}
