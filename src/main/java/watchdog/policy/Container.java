package watchdog.policy;

import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A container as it was at one moment.
 *
 * @param id 64 hex digits
 * @param name its own, without a slash; a rename changes it
 * @param exitCode of the last run, where the engine told it
 * @param startedAt by the engine's clock, or null where it did not tell
 * @param finishedAt by the engine's clock, or null where it did not tell
 */
public record Container(
        String id,
        String name,
        ContainerState state,
        OptionalInt exitCode,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    private static final int SHORT_ID = 12;

    /** The id as docker prints it. */
    public String shortId() {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** Name and short id. */
    @Override
    public String toString() {
        return name + " (" + shortId() + ")";
    }
}
