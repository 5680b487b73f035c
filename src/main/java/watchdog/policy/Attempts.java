package watchdog.policy;

import java.time.Instant;
import java.util.List;

/**
 * How often watchdog has tried to help a container.
 *
 * @param starts in a row
 * @param restarts in a row
 * @param inVain starts, and restarts for ill health, in a row that the engine accepted and that have not helped for long
 * @param recent when those were accepted, oldest first, as many as can make a crash loop
 */
public record Attempts(Tries starts, Tries restarts, int inVain, List<Instant> recent) {

    /** None. */
    public static final Attempts NONE = new Attempts(Tries.NONE, Tries.NONE, 0, List.of());

    /** One more start or restart. */
    Attempts tried(Work work, Instant at, double random) {
        return switch (work) {
            case START -> new Attempts(starts.and(at, random), restarts, inVain, recent);
            case RESTART -> new Attempts(starts, restarts.and(at, random), inVain, recent);
        };
    }

    /** The last one was accepted by the engine. */
    Attempts accepted(Instant at, CrashLoop limit) {
        return new Attempts(starts, restarts, inVain + 1, limit.with(recent, at));
    }

    /** The container has stayed up for {@code --reset-after}, or somebody else has started it: tries are forgotten. */
    Attempts withoutStarts() {
        return new Attempts(Tries.NONE, restarts, 0, recent);
    }

    /** The cause of failed starts is gone, so the next start need not wait. */
    Attempts withoutWaiting() {
        return new Attempts(Tries.NONE, restarts, inVain, recent);
    }

    /** The container has been healthy for {@code --reset-after} after the last restart. */
    Attempts withoutRestarts() {
        return new Attempts(starts, Tries.NONE, 0, recent);
    }
}
