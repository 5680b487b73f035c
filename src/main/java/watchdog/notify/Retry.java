package watchdog.notify;

import java.time.Duration;
import java.util.Optional;
import watchdog.policy.Backoff;

/**
 * When a message that its target does not take is tried again.
 *
 * @param waits between two tries, doubled each time
 * @param spread by how much of itself a wait is shorter or longer, at random, from 0 to 1: what has one host tell something has
 *     thousands tell it at one moment, perhaps, and those that are refused are not to come back at one moment, again and again
 * @param tooOld the age at which it is tried no more
 */
record Retry(Backoff waits, double spread, Duration tooOld) {

    /** Of webhooks and programs. */
    static final Retry OF_MESSAGES =
            new Retry(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)), 0.5, Duration.ofHours(1));

    /** The middle of what {@link Backoff#after} spreads by itself. */
    private static final double MIDDLE = 0.5;

    /**
     * The wait before the next try; none if there is to be none.
     *
     * @param tries how many there were, at least one
     * @param age of the message
     * @param random from 0 to 1
     */
    Optional<Duration> after(int tries, Duration age, double random) {
        if (age.compareTo(tooOld) > 0) {
            return Optional.empty();
        }
        double wait = (double) waits.after(tries, MIDDLE).toMillis();
        return Optional.of(Duration.ofMillis(Math.round(wait * (1 + spread * (2 * random - 1)))));
    }
}
