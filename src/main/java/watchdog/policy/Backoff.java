package watchdog.policy;

import java.time.Duration;

/**
 * How long to wait before the next try: not at all before the first, then the least, doubled each time up to the most.
 *
 * @param least at least a millisecond
 * @param most at least as much
 */
public record Backoff(Duration least, Duration most) {

    private static final double JITTER = 0.1;

    /** Rejects a range whose first value is greater than the second, or below a millisecond. */
    public Backoff {
        if (least.toMillis() < 1 || most.compareTo(least) < 0) {
            throw new IllegalArgumentException("not a range of waits: " + least + " to " + most);
        }
    }

    /**
     * The wait after so many tries in a row.
     *
     * @param random from 0 to 1; spreads the wait by a tenth to either side, so that many do not come at one time
     */
    public Duration after(int tries, double random) {
        if (tries == 0) {
            return Duration.ZERO;
        }
        double doubled = (double) least.toMillis() * Math.pow(2, tries - 1.0);
        double wait = Math.min(doubled, (double) most.toMillis());
        return Duration.ofMillis(Math.round(wait * (1 + JITTER * (2 * random - 1))));
    }

    /** Written by hand: a record's generated method takes 10 ms at its first use, which is at each start of watchdog. */
    @Override
    public String toString() {
        return least + ".." + most;
    }
}
