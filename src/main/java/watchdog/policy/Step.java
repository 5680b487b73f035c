package watchdog.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a life.
 *
 * @param life after it, or null if there is no such container any more
 * @param effects what is to be done, in that order
 */
public record Step(@Nullable Life life, List<Effect> effects) {}
