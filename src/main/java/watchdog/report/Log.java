package watchdog.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Outcome;
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
        listed(total, "containers", watched);
    }

    @Override
    public void listedDown(int total, List<Container> watched) {
        listed(total, "that are down", watched);
    }

    private static void listed(int total, String which, List<Container> watched) {
        if (LOG.isDebugEnabled()) {
            String states = watched.stream()
                    .map(container -> container.name() + " " + container.state())
                    .collect(Collectors.joining(", "));
            String watchedStates = states.isEmpty() ? "" : ": " + states;
            LOG.debug("listed {} {}, {} watched{}", total, which, watched.size(), watchedStates);
        }
    }

    @Override
    public void decided(Container container, Decision decision, boolean news, Instant now) {
        boolean changes = !(decision instanceof Decision.Leave) || container.state() == ContainerState.EXITED;
        LOG.atLevel(news && changes ? Level.INFO : Level.DEBUG)
                .log("{}: {}, because {}", container, Spoken.decision(decision, now), decision.reason());
    }

    @Override
    public void finished(Container container, String work, Outcome outcome, boolean news) {
        if (outcome instanceof Outcome.Up up) {
            Duration down = up.down();
            LOG.info("{}: running again{}", container, down == null ? "" : ", was down for " + Spoken.duration(down));
        } else if (outcome instanceof Outcome.WentDown wentDown) {
            LOG.warn("{}: went down again at once, with exit code {}", container, wentDown.exitCode());
        } else if (outcome instanceof Outcome.NotNeeded notNeeded) {
            Container seen = notNeeded.seen();
            boolean renamed = !seen.name().equals(container.name());
            LOG.info(
                    "{}: no {} needed after all, it is {}",
                    container,
                    work,
                    renamed ? "called " + seen.name() + " now" : seen.state());
        } else if (outcome instanceof Outcome.Gone) {
            LOG.info("{}: does not exist any more", container);
        } else if (outcome instanceof Outcome.Failed failed) {
            LOG.atLevel(news ? Level.WARN : Level.DEBUG).log("{}: {} failed: {}", container, work, failed.problem());
        } else if (outcome instanceof Outcome.Unknown unknown) {
            LOG.atLevel(news ? Level.WARN : Level.DEBUG)
                    .log("{}: {} has an unknown outcome: {}", container, work, unknown.problem());
        }
    }

    @Override
    public void crashLoop(Container container, CrashLoop limit) {
        LOG.warn("{}: crash loop, {} starts within {}", container, limit.starts(), Spoken.duration(limit.within()));
    }

    @Override
    public void crashLoopOver(Container container) {
        LOG.info("{}: crash loop over, it has stayed up", container);
    }

    @Override
    public void nonsense(Container container, String label) {
        LOG.warn("{}: label {}; going on without it", container, label);
    }

    @Override
    public void dockerPolicy(Container container) {
        LOG.info(
                "{}: has Docker's restart policy '{}' too, so Docker restarts it as well",
                container,
                container.setup().dockerPolicy());
    }

    @Override
    public void lookRefused(Container container, String problem) {
        LOG.warn("{}: nothing can be done with it, for it cannot be looked at: {}", container, problem);
    }

    @Override
    public void eventsLost(String problem) {
        LOG.warn("no events: {} (listings alone are slower to tell, and cannot tell a crash from a stop)", problem);
    }

    @Override
    public void eventsFound() {
        LOG.info("events are told again");
    }

    @Override
    public void hung(String what, Duration after, boolean gaveUpPlace) {
        LOG.warn(
                "{} has had no answer for {}; {}",
                what,
                Spoken.duration(after),
                gaveUpPlace
                        ? "other work goes on without waiting for it"
                        : "too many hang, so other work waits for it");
    }

    @Override
    public void fault(String about, RuntimeException fault) {
        LOG.error("{}: watchdog itself has failed, which is a bug; going on with the next listing", about, fault);
    }
}
