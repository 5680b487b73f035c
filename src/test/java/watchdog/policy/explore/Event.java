package watchdog.policy.explore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Health;

/**
 * What the engine tells, or the beginning or the end of its telling.
 *
 * @param number the signal or the exit code
 * @param name of the container at that time
 * @param finishedAt of the run that a death ends
 * @param byOperator whether an operator's doing
 */
record Event(
        Kind kind,
        int number,
        Health health,
        String name,
        Instant at,
        @Nullable Instant finishedAt,
        boolean byOperator) {

    enum Kind {
        KILL,
        DIE,
        STOP,
        START,
        RESTART,
        OOM,
        PAUSE,
        UNPAUSE,
        RENAME,
        HEALTH,
        DESTROY,
        EVENTS_BEGIN,
        EVENTS_END
    }
}
