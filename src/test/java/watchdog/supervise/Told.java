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

    private final class Keeping implements Fact.Reader {

        @Override
        public void watching(Fact.Watching fact) {
            facts.add("watching " + fact.watchList());
        }

        @Override
        public void reloaded(Fact.Reloaded fact) {
            facts.add("reloaded " + fact.watchList());
        }

        @Override
        public void notReloaded(Fact.NotReloaded fact) {
            facts.add("not reloaded: " + fact.problem());
        }

        @Override
        public void engineFound(Fact.EngineFound fact) {
            facts.add(fact.lost() == null ? "found" : "found again after " + fact.lost());
        }

        @Override
        public void engineLost(Fact.EngineLost fact) {
            String which = fact.isGone() ? "lost: " : "cannot list: ";
            facts.add((fact.since().isZero() ? which : "still lost after " + fact.since() + ": ") + fact.problem());
        }

        @Override
        public void engineRestarted(Fact.EngineRestarted fact) {
            facts.add("engine restarted");
        }

        @Override
        public void eventsLost(Fact.EventsLost fact) {
            facts.add("events lost");
        }

        @Override
        public void eventsFound(Fact.EventsFound fact) {
            facts.add("events found");
        }

        @Override
        public void missing(Fact.Missing fact) {
            facts.add("missing " + String.join(",", fact.wanted()));
        }

        @Override
        public void appeared(Fact.Appeared fact) {
            facts.add("appeared " + fact.container().name() + " for " + fact.wanted());
        }

        @Override
        public void foundDown(Fact.FoundDown fact) {
            foundDown.add(fact.containers().stream().map(Container::name).toList());
        }

        @Override
        public void listed(Fact.Listed fact) {}

        @Override
        public void decided(Fact.Decided fact) {
            String name = fact.container().name();
            Decision decision = fact.decision();
            if (name.equals(poison)) {
                throw new IllegalStateException("a test's");
            }
            if (!fact.isChange()) {
                return;
            }
            if (decision instanceof Decision.Leave) {
                left.add(name + ": " + decision.reason());
            } else {
                facts.add(decision.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + name + ": "
                        + decision.reason());
            }
        }

        @Override
        public void finished(Fact.Finished fact) {
            if (fact.isChange()) {
                facts.add(fact.container().name() + " " + inShort(fact.outcome()));
            }
        }

        @Override
        public void inCrashLoop(Fact.InCrashLoop fact) {
            facts.add("crash loop " + fact.container().name());
        }

        @Override
        public void crashLoopOver(Fact.CrashLoopOver fact) {
            facts.add("crash loop over " + fact.container().name());
        }

        @Override
        public void healthyAgain(Fact.HealthyAgain fact) {
            facts.add("healthy again " + fact.container().name());
        }

        @Override
        public void renamed(Fact.Renamed fact) {
            facts.add("renamed " + fact.container().name() + " to " + fact.name());
        }

        @Override
        public void labelProblem(Fact.LabelProblem fact) {
            facts.add("label problem " + fact.container().name() + ": " + fact.problem());
        }

        @Override
        public void dockerPolicy(Fact.DockerPolicy fact) {
            facts.add("docker policy " + fact.container().name());
        }

        @Override
        public void notInspected(Fact.NotInspected fact) {
            facts.add("not inspected " + fact.container().name() + ": " + fact.problem());
        }

        @Override
        public void hung(Fact.Hung fact) {
            facts.add("hung " + fact.what() + (fact.gaveUpPlace() ? "" : ", too many"));
        }

        @Override
        public void ownFault(Fact.OwnFault fact) {
            facts.add("fault " + fact.about() + ": " + fact.fault().getMessage());
        }
    }
}
