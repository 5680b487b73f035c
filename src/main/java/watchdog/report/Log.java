package watchdog.report;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.policy.Container;
import watchdog.policy.Decision;
import watchdog.policy.StartOutcome;
import watchdog.policy.WatchList;

/** Writes one line a fact, each complete in itself, and nothing when nothing happens. */
public final class Log implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    @Override
    public void watching(WatchList watchList, Duration interval, String endpoint) {
        LOG.info("watching {} every {} at {}", watchList, Spoken.duration(interval), endpoint);
    }

    @Override
    public void engineFound(String engine, @Nullable Duration lost) {
        if (lost == null) {
            LOG.info("connected to {}", engine);
        } else {
            LOG.info("connected to {}, after {} without an engine", engine, Spoken.duration(lost));
        }
    }

    @Override
    public void engineLost(String problem) {
        LOG.warn("no engine: {} (trying again quietly)", problem);
    }

    @Override
    public void engineStillLost(String problem, Duration lost) {
        LOG.warn("still no engine, for {}: {}", Spoken.duration(lost), problem);
    }

    @Override
    public void missing(Set<String> names) {
        LOG.warn("no container is called {} (waiting for it to appear)", String.join(", ", names));
    }

    @Override
    public void appeared(String name) {
        LOG.info("{} has appeared", name);
    }

    @Override
    public void listed(int total, List<Container> watched) {
        if (LOG.isDebugEnabled()) {
            String states = watched.stream()
                    .map(container -> container.name() + " " + container.state())
                    .collect(Collectors.joining(", "));
            LOG.debug(
                    "listed {} containers, {} watched{}", total, watched.size(), states.isEmpty() ? "" : ": " + states);
        }
    }

    @Override
    public void decided(Container container, Decision decision) {
        if (decision instanceof Decision.Start) {
            LOG.info("{}: starting, because {}", container, decision.reason());
        } else {
            LOG.debug("{}: leaving it, because {}", container, decision.reason());
        }
    }

    @Override
    public void startFinished(Container container, StartOutcome outcome) {
        if (outcome instanceof StartOutcome.Up up) {
            Duration down = up.down();
            LOG.info("{}: running again{}", container, down == null ? "" : ", was down for " + Spoken.duration(down));
        } else if (outcome instanceof StartOutcome.WentDown wentDown) {
            LOG.warn("{}: went down again at once, with exit code {}", container, wentDown.exitCode());
        } else if (outcome instanceof StartOutcome.NotNeeded notNeeded) {
            LOG.info("{}: not started after all, it is {}", container, notNeeded.state());
        } else if (outcome instanceof StartOutcome.Gone) {
            LOG.info("{}: does not exist any more", container);
        } else if (outcome instanceof StartOutcome.Failed failed) {
            LOG.warn("{}: could not be started: {}", container, failed.problem());
        }
    }
}
