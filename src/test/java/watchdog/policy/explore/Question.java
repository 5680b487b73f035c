package watchdog.policy.explore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An inspection or a listing that is under way.
 *
 * @param asked when
 * @param seen what was so then, or null where no engine was there to see it
 * @param isOfDown whether a listing of what is down only
 */
record Question(Instant asked, @Nullable Truth seen, boolean isOfDown) {}
