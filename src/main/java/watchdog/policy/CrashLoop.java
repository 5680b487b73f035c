package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What is called a crash loop: so many starts within that time. */
public record CrashLoop(int starts, Duration within) {

    /** Rejects a single start, which is no loop. */
    public CrashLoop {
        if (starts < 2) {
            throw new IllegalArgumentException("not a loop: " + starts);
        }
    }

    /** Whether these starts, oldest first, are one. */
    public boolean isOne(List<Instant> times) {
        int size = times.size();
        return size >= starts
                && !times.get(size - 1).isAfter(times.get(size - starts).plus(within));
    }

    /** Whether they are one still at that time. */
    boolean isOne(List<Instant> times, Instant now) {
        return isOne(times) && !now.isAfter(times.get(times.size() - starts).plus(within));
    }

    /** The times with one more, but only as many as can matter. */
    List<Instant> with(List<Instant> times, Instant one) {
        return Stream.concat(times.stream().skip(Math.max(0, times.size() - starts + 1)), Stream.of(one))
                .toList();
    }

    /** As {@link Backoff#toString}. */
    @Override
    public String toString() {
        return starts + "/" + within;
    }
}
