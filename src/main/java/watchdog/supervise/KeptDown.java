package watchdog.supervise;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of the operator's stop that keeps a container down. */
final class KeptDown {

    /** When the container finished then, by the engine's clock, or null if the stop is not remembered yet. */
    private @Nullable Instant finishedAt;

    /** Whether it may have run since: for a while nobody told what happens, and it was not looked at after that. */
    private boolean doubtful;

    void remember(Instant finished) {
        finishedAt = finished;
    }

    void forget() {
        finishedAt = null;
        doubtful = false;
    }

    void doubt() {
        doubtful = true;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    /** Whether a look would tell nothing new. */
    boolean isSure() {
        return finishedAt != null && !doubtful;
    }

    /**
     * The container was looked at, and is down: there is no doubt any more.
     *
     * @param finished of its last exit, by the engine's clock
     * @return whether it is down by that stop still, which is remembered with that exit then: not if that was in doubt, and
     *     the exit is another one
     */
    boolean confirm(Instant finished) {
        boolean holds = !doubtful || finishedAt == null || finishedAt.equals(finished);
        doubtful = false;
        finishedAt = holds ? finished : null;
        return holds;
    }
}
