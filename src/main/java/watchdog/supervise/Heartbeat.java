package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Is told at each turn of the loop, on the loop's own thread, that it turns. It waits for nothing. */
@FunctionalInterface
public interface Heartbeat {

    /** Nobody wants to know. */
    Heartbeat NONE = now -> Duration.ofHours(1);

    /** All those as one, which is told as often as any of them is to be. */
    static Heartbeat of(List<Heartbeat> all) {
        return now -> all.stream()
                .map(one -> one.beat(now))
                .min(Comparator.naturalOrder())
                .orElseGet(() -> NONE.beat(now));
    }

    /**
     * The loop turns.
     *
     * @param now by the loop's clock, which is never set back
     * @return after how long it is to be told again at the latest, even if nothing happens
     */
    Duration beat(Instant now);
}
