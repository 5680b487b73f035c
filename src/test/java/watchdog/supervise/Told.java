package watchdog.supervise;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.Decision;
import watchdog.policy.StartOutcome;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** An observer that keeps what it is told, one short line a fact; decisions to leave a container are left out. */
final class Told implements Observer {

    private final List<String> facts = new CopyOnWriteArrayList<>();

    /** What was told so far, in order. */
    List<String> facts() {
        return List.copyOf(facts);
    }

    /** How often something was told that contains this. */
    long count(String part) {
        return facts.stream().filter(fact -> fact.contains(part)).count();
    }

    @Override
    public void watching(WatchList watchList, Duration interval, String endpoint) {
        facts.add("watching " + watchList);
    }

    @Override
    public void engineFound(String engine, @Nullable Duration lost) {
        facts.add(lost == null ? "found" : "found again after " + lost);
    }

    @Override
    public void engineLost(String problem) {
        facts.add("lost: " + problem);
    }

    @Override
    public void engineStillLost(String problem, Duration lost) {
        facts.add("still lost after " + lost + ": " + problem);
    }

    @Override
    public void missing(Set<String> names) {
        facts.add("missing " + String.join(",", names));
    }

    @Override
    public void appeared(String name) {
        facts.add("appeared " + name);
    }

    @Override
    public void listed(int total, List<Container> watched) {}

    @Override
    public void decided(Container container, Decision decision) {
        if (!(decision instanceof Decision.Leave)) {
            facts.add("start " + container.name() + ": " + decision.reason());
        }
    }

    @Override
    public void startFinished(Container container, StartOutcome outcome) {
        facts.add(container.name() + " " + outcome);
    }
}
