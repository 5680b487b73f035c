package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * It was created, and has not run yet.
 *
 * @param error why its start has failed, or empty
 */
public record Created(String error) implements Phase {

    @Override
    public Decision decide(RestartPolicy policy, Life life, LabelOptions options, Instant now) {
        return policy.created(this, life, now);
    }

    @Override
    public Status status() {
        return new Status(ContainerState.CREATED, Health.NONE, OptionalInt.empty(), error, null, null, Duration.ZERO);
    }
}
