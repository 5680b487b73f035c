package watchdog.supervise;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import watchdog.policy.Container;
import watchdog.policy.Decision;
import watchdog.policy.Holds;
import watchdog.policy.Input;
import watchdog.policy.Life;
import watchdog.policy.Lifecycle;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.Surroundings;
import watchdog.policy.WatchList;

/** What would be done with a container by a watchdog that saw it for the first time. */
public record FirstSight(Rules rules, WatchList watchList, StopMemory memory, Holds holds) {

    /**
     * Decides on a container as a listing and an inspection show it.
     *
     * @param names of all that is watched
     */
    public Decision decide(Container listed, Container inspected, Set<String> names) {
        Instant finishedAt = inspected.status().finishedAt();
        boolean isRecalled = finishedAt != null && memory.recalls(inspected.id(), finishedAt);
        Instant now = Instant.now();
        Lifecycle lifecycle = new Lifecycle(rules, watchList);
        Life life = Life.of(listed.id(), listed.name(), listed.setup(), now);
        life = next(lifecycle, life, new Input.Listed(now, listed), now);
        life = next(lifecycle, life, new Input.Inspected(now.plusMillis(1), inspected, isRecalled), now.plusMillis(2));
        boolean isReplaced = life.nameWithoutPrefix().filter(names::contains).isPresent();
        return new RestartPolicy(rules)
                .decide(life, Surroundings.NONE.replaced(isReplaced).with(holds), now);
    }

    private static Life next(Lifecycle lifecycle, Life life, Input input, Instant now) {
        return Objects.requireNonNull(
                lifecycle.step(life, input, Surroundings.NONE, now).life());
    }
}
