package watchdog.http;

import java.time.Duration;

/**
 * How long an exchange may take.
 *
 * @param connect until the connection stands
 * @param silence between two bytes of the answer
 * @param total from the request to the last byte of the answer
 */
public record Timeouts(Duration connect, Duration silence, Duration total) {

    /** A slow answer that keeps coming may take this many times what a silent one may. */
    private static final int TOTAL_PER_SILENCE = 6;

    /** For an answer that comes at once unless something is wrong. */
    public static Timeouts of(Duration silence) {
        return new Timeouts(silence, silence, silence.multipliedBy(TOTAL_PER_SILENCE));
    }

    /** The same for a request whose work takes that much longer. */
    public Timeouts plus(Duration work) {
        return new Timeouts(connect, silence.plus(work), total.plus(work));
    }
}
