package watchdog.supervise;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that nobody can set: it shows the right time when made, and counts from there. */
final class MonotonicClock extends Clock {

    private final Instant made = Instant.now();
    private final long madeNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return made.plusNanos(System.nanoTime() - madeNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("has no zone");
    }
}
