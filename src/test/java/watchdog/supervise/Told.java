package watchdog.supervise;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import watchdog.policy.Container;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Outcome;
import watchdog.report.Observer;

/**
 * An observer that keeps what it is told, one short line a fact. What is as before is left out, and decisions to leave a
 * container are kept apart.
 */
final class Told implements Observer {

    private final List<String> facts = new CopyOnWriteArrayList<>();
    private final List<String> left = new CopyOnWriteArrayList<>();

    /** Each time that some were told to be down when watchdog began, their names. */
    final List<List<String>> foundDown = new CopyOnWriteArrayList<>();

    /** Name of a container of which nothing can be told without a fault, or empty. */
    volatile String poison = "";

    /** Ids of the containers of which nothing is known any more, with {@code lost} before those that a fault has cost. */
    final List<String> forgotten = new CopyOnWriteArrayList<>();

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
    public void tell(Fact fact) {
        fact.readBy(new Keeping());
    }

    @Override
    public void forgotten(String id) {
        forgotten.add(id);
    }

    @Override
    public void lostTrackOf(String id) {
        forgotten.add("lost " + id);
    }

    private static String inShort(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return "Failed[problem=" + failed.problem() + "]";
        }
        if (outcome instanceof Outcome.Up up) {
            return "Up[down=" + up.down() + "]";
        }
        if (outcome instanceof Outcome.WentDown wentDown) {
            return "WentDown[exitCode=" + wentDown.exitCode().orElse(-1) + "]";
        }
        return outcome instanceof Outcome.NotNeeded notNeeded
                ? "NotNeeded[state=" + notNeeded.seen().state() + "]"
                : outcome.toString();
    }

    /** Returns whether it keeps the fact. */
    private final class Keeping implements Fact.Reader<Boolean> {

        @Override
        public Boolean watching(Fact.Watching fact) {
            return facts.add("watching " + fact.watchList());
        }

        @Override
        public Boolean reloaded(Fact.Reloaded fact) {
            return facts.add("reloaded " + fact.watchList());
        }

        @Override
        public Boolean notReloaded(Fact.NotReloaded fact) {
            return facts.add("not reloaded: " + fact.problem());
        }

        @Override
        public Boolean engineFound(Fact.EngineFound fact) {
            return facts.add(fact.lost() == null ? "found" : "found again after " + fact.lost());
        }

        @Override
        public Boolean engineLost(Fact.EngineLost fact) {
            String which = fact.isGone() ? "lost: " : "cannot list: ";
            return facts.add(
                    (fact.since().isZero() ? which : "still lost after " + fact.since() + ": ") + fact.problem());
        }

        @Override
        public Boolean engineRestarted(Fact.EngineRestarted fact) {
            return facts.add("engine restarted");
        }

        @Override
        public Boolean eventsLost(Fact.EventsLost fact) {
            return facts.add("events lost");
        }

        @Override
        public Boolean eventsFound(Fact.EventsFound fact) {
            return facts.add("events found");
        }

        @Override
        public Boolean eventsBegun(Fact.EventsBegun fact) {
            return false;
        }

        @Override
        public Boolean eventsEnded(Fact.EventsEnded fact) {
            return false;
        }

        @Override
        public Boolean missing(Fact.Missing fact) {
            return facts.add("missing " + String.join(",", fact.wanted()));
        }

        @Override
        public Boolean appeared(Fact.Appeared fact) {
            return facts.add("appeared " + fact.container().name() + " for " + fact.wanted());
        }

        @Override
        public Boolean foundDown(Fact.FoundDown fact) {
            return foundDown.add(fact.containers().stream().map(Container::name).toList());
        }

        @Override
        public Boolean listed(Fact.Listed fact) {
            return false;
        }

        @Override
        public Boolean decided(Fact.Decided fact) {
            String name = fact.container().name();
            Decision decision = fact.decision();
            if (name.equals(poison)) {
                throw new IllegalStateException("a test's");
            }
            if (!fact.isChange()) {
                return false;
            }
            if (decision instanceof Decision.Leave) {
                return left.add(name + ": " + decision.reason());
            }
            return facts.add(decision.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + name + ": "
                    + decision.reason());
        }

        @Override
        public Boolean finished(Fact.Finished fact) {
            return fact.isChange() && facts.add(fact.container().name() + " " + inShort(fact.outcome()));
        }

        @Override
        public Boolean inCrashLoop(Fact.InCrashLoop fact) {
            return facts.add("crash loop " + fact.container().name());
        }

        @Override
        public Boolean crashLoopOver(Fact.CrashLoopOver fact) {
            return facts.add("crash loop over " + fact.container().name());
        }

        @Override
        public Boolean healthyAgain(Fact.HealthyAgain fact) {
            return facts.add("healthy again " + fact.container().name());
        }

        @Override
        public Boolean held(Fact.Held fact) {
            return facts.add(fact.hold().inWords() + " " + fact.container().name());
        }

        @Override
        public Boolean released(Fact.Released fact) {
            return facts.add("released " + fact.container().name());
        }

        @Override
        public Boolean renamed(Fact.Renamed fact) {
            return facts.add("renamed " + fact.container().name() + " to " + fact.name());
        }

        @Override
        public Boolean labelProblem(Fact.LabelProblem fact) {
            return facts.add("label problem " + fact.container().name() + ": " + fact.problem());
        }

        @Override
        public Boolean dockerPolicy(Fact.DockerPolicy fact) {
            return facts.add("docker policy " + fact.container().name());
        }

        @Override
        public Boolean notInspected(Fact.NotInspected fact) {
            return facts.add("not inspected " + fact.container().name() + ": " + fact.problem());
        }

        @Override
        public Boolean hung(Fact.Hung fact) {
            return facts.add("hung " + fact.what() + (fact.gaveUpPlace() ? "" : ", too many"));
        }

        @Override
        public Boolean ownFault(Fact.OwnFault fact) {
            return facts.add("fault " + fact.about() + ": " + fact.fault().getMessage());
        }
    }
}
