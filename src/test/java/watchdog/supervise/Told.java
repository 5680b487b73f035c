package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Outcome;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/**
 * An observer that keeps what it is told, one short line a fact. What is no news is left out, and decisions to leave a
 * container are kept apart.
 */
final class Told implements Observer {

    private final List<String> facts = new CopyOnWriteArrayList<>();
    private final List<String> left = new CopyOnWriteArrayList<>();

    /** Name of a container of which nothing can be told without a fault, or empty. */
    volatile String poison = "";

    /** What was told so far, in order. */
    List<String> facts() {
        return List.copyOf(facts);
    }

    /** Which containers were left as they are, and why. */
    List<String> left() {
        return List.copyOf(left);
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
    public void listedDown(int total, List<Container> watched) {}

    @Override
    public void decided(Container container, Decision decision, boolean news, Instant now) {
        if (container.name().equals(poison)) {
            throw new IllegalStateException("a test's");
        }
        if (!news) {
            return;
        }
        if (decision instanceof Decision.Leave) {
            left.add(container.name() + ": " + decision.reason());
        } else {
            facts.add(decision.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + container.name() + ": "
                    + decision.reason());
        }
    }

    @Override
    public void finished(Container container, String work, Outcome outcome, boolean news) {
        if (news) {
            facts.add(container.name() + " " + inShort(outcome));
        }
    }

    private static String inShort(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return "Failed[problem=" + failed.problem() + "]";
        }
        return outcome instanceof Outcome.NotNeeded notNeeded
                ? "NotNeeded[state=" + notNeeded.seen().state() + "]"
                : outcome.toString();
    }

    @Override
    public void crashLoop(Container container, CrashLoop limit) {
        facts.add("crash loop " + container.name());
    }

    @Override
    public void crashLoopOver(Container container) {
        facts.add("crash loop over " + container.name());
    }

    @Override
    public void nonsense(Container container, String label) {
        facts.add("nonsense " + container.name() + ": " + label);
    }

    @Override
    public void dockerPolicy(Container container) {
        facts.add("docker policy " + container.name());
    }

    @Override
    public void lookRefused(Container container, String problem) {
        facts.add("look refused " + container.name() + ": " + problem);
    }

    @Override
    public void eventsLost(String problem) {
        facts.add("events lost");
    }

    @Override
    public void eventsFound() {
        facts.add("events found");
    }

    @Override
    public void hung(String what, Duration after, boolean gaveUpPlace) {
        facts.add("hung " + what + (gaveUpPlace ? "" : ", too many"));
    }

    @Override
    public void fault(String about, RuntimeException fault) {
        facts.add("fault " + about + ": " + fault.getMessage());
    }
}
