package watchdog.supervise;

import java.time.Instant;
import watchdog.engine.ContainerDetails;
import watchdog.engine.ContainerSummary;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.History;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.Status;
import watchdog.policy.Wishes;

/** What would be done with a container by a watchdog that saw it for the first time. */
public record FirstSight(Rules rules, StopMemory memory) {

    public Decision decide(ContainerSummary summary, ContainerDetails details) {
        Instant now = Instant.now();
        Container looked = DockerContainers.container(details);
        Status listed = DockerContainers.container(summary).status();
        Container container = looked.withStatus(looked.status().withDownFor(listed.downFor()));
        History history = new History(rules);
        if (container.state() == ContainerState.EXITED) {
            history.foundDown(now.minus(listed.downFor()));
            Instant finishedAt = container.status().finishedAt();
            if (finishedAt != null && memory.recalls(container.id(), finishedAt)) {
                history.remembered();
            }
        }
        Wishes wishes = Wishes.of(container.setup().labels(), rules);
        return new RestartPolicy(rules).decide(container, wishes, history, now);
    }
}
