package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Outcome;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** Hands on what watchdog decides, and what becomes of it. */
record SimulatedObserver(Invariants invariants) implements Observer {

    @Override
    public void decided(Container container, Decision decision, boolean news, Instant now) {
        invariants.decided(container, decision);
    }

    @Override
    public void finished(Container container, String work, Outcome outcome, boolean news) {
        invariants.finished(container, work, outcome);
    }

    @Override
    public void watching(WatchList watchList, Duration interval, String endpoint) {}

    @Override
    public void engineFound(String engine, @Nullable Duration lost) {}

    @Override
    public void engineLost(String problem) {}

    @Override
    public void engineStillLost(String problem, Duration lost) {}

    @Override
    public void missing(Set<String> names) {}

    @Override
    public void appeared(String name) {}

    @Override
    public void listed(int total, List<Container> watched) {}

    @Override
    public void listedDown(int total, List<Container> watched) {}

    @Override
    public void crashLoop(Container container, CrashLoop limit) {}

    @Override
    public void crashLoopOver(Container container) {}

    @Override
    public void nonsense(Container container, String label) {}

    @Override
    public void dockerPolicy(Container container) {}

    @Override
    public void lookRefused(Container container, String problem) {}

    @Override
    public void eventsLost(String problem) {}

    @Override
    public void eventsFound() {}

    @Override
    public void hung(String what, Duration after, boolean gaveUpPlace) {}

    @Override
    public void fault(String about, RuntimeException fault) {
        throw new AssertionError(about, fault);
    }
}
