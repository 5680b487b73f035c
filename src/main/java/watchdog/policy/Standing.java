package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a container stands at one moment, as the rules have it.
 *
 * @param life all that is known of it
 * @param decision what is to be done with it
 * @param hold that keeps it from being touched, or null
 * @param backoff how long the next try is put off, from the last one on
 * @param now by the loop's clock, as are the instants of the life and of the decision
 */
public record Standing(
        Life life, Decision decision, @Nullable Hold hold, Duration backoff, Instant now) {

    /** Whether it neither runs nor is paused, as far as is known. */
    public boolean isDown() {
        return switch (life.state()) {
            case RUNNING, PAUSED, UNKNOWN -> false;
            case CREATED, RESTARTING, REMOVING, EXITED, DEAD -> true;
        };
    }

    /** Whether it is up, or left as it is by the rules; what somebody holds counts as down if it is not up. */
    public boolean isWell() {
        boolean isLeft = life.isInspected() && decision.kind() == Decision.Kind.LEAVE;
        return isLeft && (hold == null || life.phase() instanceof Up);
    }
}
