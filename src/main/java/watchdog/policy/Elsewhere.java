package watchdog.policy;

import java.time.Instant;

/** It is in a state in which nothing is done with it, or in one that is not known yet. */
public record Elsewhere(ContainerState state) implements Phase {

    @Override
    public Decision decide(RestartPolicy policy, Life life, LabelOptions options, Instant now) {
        return RestartPolicy.elsewhere(state);
    }

    @Override
    public Status status() {
        return Status.of(state);
    }
}
