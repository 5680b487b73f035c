package watchdog.supervise;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Life;
import watchdog.policy.Operation;

/** How many starts and restarts are worked on at a time, first come, first served. */
final class Places {

    private final int places;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();

    Places(int places) {
        this.places = places;
    }

    /** Takes note of how a container's life has gone on; null if it was not known before, or is not any more. */
    void noted(String id, @Nullable Life before, @Nullable Life after) {
        if (isWaiting(after)) {
            waiting.add(id);
        } else {
            waiting.remove(id);
        }
        if (!isWorkedOn(after)) {
            taken.remove(id);
        } else if (!isWorkedOn(before)) {
            taken.add(id);
        }
    }

    private static boolean isWaiting(@Nullable Life life) {
        Operation operation = operation(life);
        return operation != null && operation.step() == Operation.Step.PLACE;
    }

    private static boolean isWorkedOn(@Nullable Life life) {
        Operation operation = operation(life);
        return operation != null
                && switch (operation.step()) {
                    case CHECK, CHECK_PROVIDERS, CALL -> true;
                    case PLACE, SETTLE, VERIFY -> false;
                };
    }

    private static @Nullable Operation operation(@Nullable Life life) {
        return life == null ? null : life.operation();
    }

    /** Takes back the place of a container whose operation goes on without one. */
    void free(String id) {
        taken.remove(id);
    }

    /** Whether there is no place at all, ever. */
    boolean isNone() {
        return places == 0;
    }

    /** Whether there is a place for one more. */
    boolean isOneFree() {
        return taken.size() < places;
    }

    /** The next one that waits, if there is a place for it. */
    Optional<String> next() {
        return waiting.isEmpty() || !isOneFree()
                ? Optional.empty()
                : Optional.of(waiting.iterator().next());
    }
}
