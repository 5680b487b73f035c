package watchdog.policy;

import java.time.Duration;
import java.time.Instant;

/** What is to be done with a container. */
public sealed interface Decision {

    /** Why, in words that complete "… because …". */
    String reason();

    /** Whether that other one is to do the same for the same reason, if perhaps at another time. */
    default boolean isLike(Decision other) {
        return getClass() == other.getClass() && reason().equals(other.reason());
    }

    /** Nothing. */
    record Leave(String reason) implements Decision {}

    /** To start it now. */
    record Start(String reason) implements Decision {}

    /**
     * To stop and start it now.
     *
     * @param stopTimeout how long its process may take to end before it is killed
     */
    record Restart(String reason, Duration stopTimeout) implements Decision {}

    /** Nothing before that moment, by the loop's clock; to decide anew then. */
    record Wait(String reason, Instant until) implements Decision {}

    /** Nothing any more, until somebody else starts it. */
    record GiveUp(String reason) implements Decision {}
}
