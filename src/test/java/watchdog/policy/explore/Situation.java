package watchdog.policy.explore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Life;

/**
 * A life and the world it is led in, at one moment.
 *
 * @param life what watchdog knows of the container, or null if it does not know it
 */
record Situation(@Nullable Life life, World world, Instant now) {}
