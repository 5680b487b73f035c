package watchdog.report;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import watchdog.policy.Container;
import watchdog.policy.Decision;
import watchdog.policy.Fact;

/**
 * How all that is watched is, in one line: {@code 5 watched, 2 down, 1 waiting, 1 given up; last restart: web, 2026-11-27 10:41:22}.
 * Facts and line are for one thread.
 */
public final class Summary implements Observer {

    private final Map<String, Standing> watched = new HashMap<>();
    private boolean isAnythingKnown;
    private String engine = "";
    private String lastRestart = "";
    private String reload = "";

    /** What a container was found to be, and what is to be done with it. */
    private record Standing(boolean isDown, Decision.Kind decision) {}

    @Override
    public void tell(Fact fact) {
        if (fact instanceof Fact.Listed listed) {
            isAnythingKnown = true;
            engine = "";
            if (!listed.isOfDown()) {
                listed(listed.watched());
            }
        } else if (fact instanceof Fact.EngineLost lost) {
            isAnythingKnown = true;
            engine = "the engine does not list its containers: " + lost.problem() + "; ";
        } else if (fact instanceof Fact.Decided decided) {
            Container container = decided.container();
            watched.put(
                    container.id(),
                    new Standing(container.isDown(), decided.decision().kind()));
        } else if (fact instanceof Fact.Finished finished && finished.outcome().isUp()) {
            LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
            lastRestart = "; last restart: " + finished.container().name() + ", "
                    + now.toString().replace('T', ' ');
        } else if (fact instanceof Fact.Reloaded) {
            reload = "";
        } else if (fact instanceof Fact.NotReloaded notReloaded) {
            reload = "; not reloaded: " + notReloaded.problem();
        }
    }

    private void listed(List<Container> containers) {
        Map<String, Standing> before = Map.copyOf(watched);
        watched.clear();
        for (Container container : containers) {
            Standing known = before.get(container.id());
            Decision.Kind decision = known == null ? Decision.Kind.LEAVE : known.decision();
            watched.put(container.id(), new Standing(container.isDown(), decision));
        }
    }

    /** The line as of now; empty until the engine has listed its containers for the first time, or has not. */
    public Optional<String> line() {
        if (!isAnythingKnown) {
            return Optional.empty();
        }
        return Optional.of(OneLine.of(engine
                + watched.size() + " watched"
                + some(Standing::isDown, "down")
                + some(one -> one.decision() == Decision.Kind.WAIT, "waiting")
                + some(one -> one.decision() == Decision.Kind.GIVE_UP, "given up")
                + lastRestart
                + reload));
    }

    private String some(Predicate<Standing> which, String word) {
        long count = watched.values().stream().filter(which).count();
        return count == 0 ? "" : ", " + count + " " + word;
    }
}
