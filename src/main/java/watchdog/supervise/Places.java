package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Life;
import watchdog.policy.Operation;

/**
 * How many starts and restarts are worked on at a time, first come, first served. One that takes longer than its patience no
 * longer keeps another one waiting.
 */
final class Places {

    private final int places;
    private final Duration patience;
    private final Map<String, Instant> takenUntil = new HashMap<>();
    private final Set<String> waiting = new LinkedHashSet<>();

    Places(int places, Duration patience) {
        this.places = places;
        this.patience = patience;
    }

    /** Takes note of what is being done with a container now; null if it is not known any more. */
    void noted(String id, @Nullable Life life, Instant now) {
        Operation operation = life == null ? null : life.operation();
        Operation.Step step = operation == null ? Operation.Step.SETTLE : operation.step();
        switch (step) {
            case PLACE -> waiting.add(id);
            case CHECK, CHECK_PROVIDERS, CALL -> {
                waiting.remove(id);
                takenUntil.putIfAbsent(id, now.plus(patience));
            }
            case SETTLE, VERIFY -> {
                waiting.remove(id);
                takenUntil.remove(id);
            }
        }
    }

    /** Whether there is a place for one more. */
    boolean isOneFree(Instant now) {
        return takenUntil.size() < places
                || takenUntil.values().stream().filter(now::isBefore).count() < places;
    }

    /** Takes the next one that waits, if there is a place for it. */
    Optional<String> next(Instant now) {
        return waiting.isEmpty() || !isOneFree(now)
                ? Optional.empty()
                : Optional.of(waiting.iterator().next());
    }

    /** When a place becomes free at the latest for one that waits, if one waits. */
    Optional<Instant> nextDeadline(Instant now) {
        return waiting.isEmpty()
                ? Optional.empty()
                : takenUntil.values().stream().filter(now::isBefore).min(Instant::compareTo);
    }
}
