package watchdog.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import watchdog.policy.Container;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Hold;

/**
 * A fact as a line of text, which is complete in itself.
 *
 * @param version of watchdog, for the first line
 * @param dryRun whether what is decided is not done
 */
public record FactText(String version, boolean dryRun) implements Fact.Reader<String> {

    private static final String LABEL = "label ";

    @Override
    public String watching(Fact.Watching fact) {
        String stops = fact.memory()
                .map(file -> "stops remembered in " + file)
                .orElse("stops not remembered beyond its own end (see --state)");
        return version + ": watching " + fact.watchList()
                + " every " + InWords.setting(fact.interval())
                + " at " + fact.endpoint()
                + ", policy " + fact.mode()
                + (dryRun ? ", dry run: nothing is started or restarted, " : ", ")
                + stops;
    }

    @Override
    public String reloaded(Fact.Reloaded fact) {
        return "reloaded: watching " + fact.watchList() + " every " + InWords.setting(fact.interval()) + ", policy "
                + fact.mode();
    }

    @Override
    public String notReloaded(Fact.NotReloaded fact) {
        return "not reloaded, going on as before: " + fact.problem();
    }

    @Override
    public String engineFound(Fact.EngineFound fact) {
        Duration lost = fact.lost();
        return "connected to " + fact.engine() + (lost == null ? "" : " again, after " + InWords.duration(lost));
    }

    @Override
    public String engineLost(Fact.EngineLost fact) {
        String what = fact.isGone() ? "no engine" : "cannot list the containers";
        String more = InWords.moreTime(fact.problem());
        return fact.since().isZero()
                ? what + ": " + fact.problem() + " (trying again quietly)" + more
                : "still " + what + ", for " + InWords.duration(fact.since()) + ": " + fact.problem() + more;
    }

    @Override
    public String engineRestarted(Fact.EngineRestarted fact) {
        return "the engine was restarted; what went down with it is started again";
    }

    @Override
    public String eventsLost(Fact.EventsLost fact) {
        return "no events: " + fact.problem()
                + " (trying again quietly; listings alone are slower to tell, and cannot tell a crash from a stop)";
    }

    @Override
    public String eventsFound(Fact.EventsFound fact) {
        return "events are told again";
    }

    @Override
    public String eventsBegun(Fact.EventsBegun fact) {
        return "the events begin";
    }

    @Override
    public String eventsEnded(Fact.EventsEnded fact) {
        return "the events have ended: " + fact.problem();
    }

    @Override
    public String missing(Fact.Missing fact) {
        List<String> names = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (String wanted : fact.wanted()) {
            if (wanted.startsWith(LABEL)) {
                labels.add(wanted.substring(LABEL.length()));
            } else {
                names.add(wanted);
            }
        }
        List<String> parts = new ArrayList<>();
        if (!names.isEmpty()) {
            parts.add("is called " + String.join(", ", names));
        }
        if (!labels.isEmpty()) {
            parts.add("has the label " + String.join(", ", labels));
        }
        return "no container " + String.join(" or ", parts) + " (waiting for one)";
    }

    @Override
    public String appeared(Fact.Appeared fact) {
        boolean byName = fact.wanted().equals(fact.container().name());
        return fact.container() + ": has appeared" + (byName ? "" : ", and matches " + fact.wanted());
    }

    @Override
    public String foundDown(Fact.FoundDown fact) {
        int count = fact.containers().size();
        String names = fact.containers().stream().map(Container::name).collect(Collectors.joining(", "));
        return (count == 1 ? "1 container was" : count + " containers were")
                + " down when watchdog began (" + names
                + "): nobody saw why, so none is started before it has been down for " + InWords.setting(fact.settle())
                + " (or for its own watchdog.settle)";
    }

    @Override
    public String listed(Fact.Listed fact) {
        String states = fact.watched().stream()
                .map(container -> container.name() + " " + container.state())
                .collect(Collectors.joining(", "));
        return "listed " + fact.total() + (fact.isOfDown() ? " that are down, " : " containers, ")
                + fact.watched().size() + " watched" + (states.isEmpty() ? "" : ": " + states);
    }

    @Override
    public String decided(Fact.Decided fact) {
        Decision decision = fact.decision();
        return fact.container() + ": " + doing(decision, fact.now()) + ", because " + decision.reason()
                + whatToDo(decision, fact.container());
    }

    private String doing(Decision decision, Instant now) {
        return switch (decision.kind()) {
            case LEAVE -> dryRun ? "would leave it" : "leaving it";
            case START -> dryRun ? "would start it" : "starting";
            case RESTART -> dryRun ? "would restart it" : "restarting";
            case WAIT ->
                (dryRun ? "would wait " : "waiting ")
                        + InWords.duration(Duration.between(now, ((Decision.Wait) decision).until()));
            case GIVE_UP -> dryRun ? "would give up" : "giving up";
        };
    }

    private static String whatToDo(Decision decision, Container container) {
        return decision.kind() == Decision.Kind.GIVE_UP
                ? "; it is left alone until somebody starts it or creates it anew" + ownLog(container)
                : "";
    }

    @Override
    public String finished(Fact.Finished fact) {
        return fact.outcome().readBy(new OutcomeText(fact));
    }

    @Override
    public String inCrashLoop(Fact.InCrashLoop fact) {
        CrashLoop limit = fact.limit();
        return fact.container() + ": crash loop, " + limit.starts() + " starts within "
                + InWords.setting(limit.within())
                + ", the last one because " + fact.reason()
                + InWords.nextTry(fact.next(), "")
                + ownLog(fact.container());
    }

    private static String ownLog(Container container) {
        return "; its own log may tell why: docker logs " + container.name();
    }

    @Override
    public String crashLoopOver(Fact.CrashLoopOver fact) {
        return fact.container() + ": crash loop over, it has stayed up";
    }

    @Override
    public String healthyAgain(Fact.HealthyAgain fact) {
        return fact.container() + ": healthy again";
    }

    @Override
    public String held(Fact.Held fact) {
        Hold hold = fact.hold();
        String problem = hold.problem();
        String name = hold.pattern().isGlob()
                ? "'" + hold.pattern() + "'"
                : hold.pattern().toString();
        return fact.container() + ": " + hold.inWords() + ", nothing is done with it"
                + (problem == null ? "" : "; when that is to end cannot be read: " + problem)
                + " (docker-watchdog release " + name + " ends that)";
    }

    @Override
    public String released(Fact.Released fact) {
        return fact.container() + ": released, nothing holds it any more";
    }

    @Override
    public String renamed(Fact.Renamed fact) {
        return fact.container() + ": is called " + fact.name() + " now";
    }

    @Override
    public String labelProblem(Fact.LabelProblem fact) {
        return fact.container() + ": label " + fact.problem()
                + "; going on without it (to correct a label, create the container anew)";
    }

    @Override
    public String dockerPolicy(Fact.DockerPolicy fact) {
        Container container = fact.container();
        return container + ": has Docker's restart policy '" + container.setup().dockerPolicy()
                + "' too, so Docker restarts it as well (docker update --restart=no " + container.name()
                + " ends that)";
    }

    @Override
    public String notInspected(Fact.NotInspected fact) {
        return fact.container() + ": nothing can be done with it, because it cannot be inspected: " + fact.problem()
                + " (trying again quietly)";
    }

    @Override
    public String hung(Fact.Hung fact) {
        return fact.what() + " has had no answer for " + InWords.duration(fact.after())
                + (fact.gaveUpPlace()
                        ? "; other work goes on without waiting for it"
                        : "; too many hang, so other work waits for it");
    }

    @Override
    public String ownFault(Fact.OwnFault fact) {
        return fact.about()
                + ": watchdog itself has failed, which is a bug, please report it; going on with the next listing";
    }
}
