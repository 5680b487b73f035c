package watchdog.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Outcome;
import watchdog.policy.Work;

/**
 * The log: one line a fact, each complete in itself, and nothing when nothing happens. Warnings and errors are what somebody
 * should know.
 */
public final class Log implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private final Fact.Reader lines;

    /**
     * Makes a log.
     *
     * @param version of watchdog, for the first line
     */
    public Log(String version) {
        this(version, false);
    }

    /**
     * Makes a log.
     *
     * @param version as of the other one
     * @param dryRun whether what is decided is not done
     */
    public Log(String version, boolean dryRun) {
        this.lines = new Lines(version, dryRun);
    }

    @Override
    public void tell(Fact fact) {
        fact.readBy(lines);
    }

    /** The line of each kind of fact. */
    private static final class Lines implements Fact.Reader {

        private static final String LABEL = "label ";

        private final String version;
        private final boolean dryRun;

        Lines(String version, boolean dryRun) {
            this.version = version;
            this.dryRun = dryRun;
        }

        @Override
        public void watching(Fact.Watching fact) {
            LOG.info(
                    "{}: watching {} every {} at {}, policy {}, {}{}",
                    version,
                    fact.watchList(),
                    InWords.setting(fact.interval()),
                    fact.endpoint(),
                    fact.mode(),
                    dryRun ? "dry run: nothing is started or restarted, " : "",
                    fact.memory()
                            .map(file -> "stops remembered in " + file)
                            .orElse("stops not remembered beyond its own end (see --state)"));
        }

        @Override
        public void reloaded(Fact.Reloaded fact) {
            LOG.info(
                    "reloaded: watching {} every {}, policy {}",
                    fact.watchList(),
                    InWords.setting(fact.interval()),
                    fact.mode());
        }

        @Override
        public void notReloaded(Fact.NotReloaded fact) {
            LOG.warn("not reloaded, going on as before: {}", fact.problem());
        }

        @Override
        public void engineFound(Fact.EngineFound fact) {
            Duration lost = fact.lost();
            LOG.info("connected to {}{}", fact.engine(), lost == null ? "" : " again, after " + InWords.duration(lost));
        }

        @Override
        public void engineLost(Fact.EngineLost fact) {
            String what = fact.isGone() ? "no engine" : "cannot list the containers";
            String more = moreTime(fact.problem());
            if (!fact.since().isZero()) {
                LOG.warn("still {}, for {}: {}{}", what, InWords.duration(fact.since()), fact.problem(), more);
            } else {
                LOG.warn("{}: {} (trying again quietly){}", what, fact.problem(), more);
            }
        }

        @Override
        public void engineRestarted(Fact.EngineRestarted fact) {
            LOG.info("the engine was restarted; what went down with it is started again");
        }

        @Override
        public void eventsLost(Fact.EventsLost fact) {
            LOG.warn(
                    "no events: {} (trying again quietly; listings alone are slower to tell, and cannot tell a crash"
                            + " from a stop)",
                    fact.problem());
        }

        @Override
        public void eventsFound(Fact.EventsFound fact) {
            LOG.info("events are told again");
        }

        @Override
        public void missing(Fact.Missing fact) {
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
            LOG.warn("no container {} (waiting for one)", String.join(" or ", parts));
        }

        @Override
        public void appeared(Fact.Appeared fact) {
            boolean byName = fact.wanted().equals(fact.container().name());
            LOG.info("{}: has appeared{}", fact.container(), byName ? "" : ", and matches " + fact.wanted());
        }

        @Override
        public void foundDown(Fact.FoundDown fact) {
            int count = fact.containers().size();
            LOG.info(
                    "{} down when watchdog began ({}): nobody saw why, so none is started before it has been down for {}",
                    count == 1 ? "1 container was" : count + " containers were",
                    fact.containers().stream().map(Container::name).collect(Collectors.joining(", ")),
                    InWords.setting(fact.settle()));
        }

        @Override
        public void listed(Fact.Listed fact) {
            if (LOG.isDebugEnabled()) {
                String states = fact.watched().stream()
                        .map(container -> container.name() + " " + container.state())
                        .collect(Collectors.joining(", "));
                LOG.debug(
                        "listed {} {}, {} watched{}",
                        fact.total(),
                        fact.isOfDown() ? "that are down" : "containers",
                        fact.watched().size(),
                        states.isEmpty() ? "" : ": " + states);
            }
        }

        @Override
        public void decided(Fact.Decided fact) {
            Container container = fact.container();
            Decision decision = fact.decision();
            Level level = fact.isChange() ? levelOfChange(decision, container) : Level.DEBUG;
            // Decided again for each container at each pass, and rarely otherwise than before.
            if (LOG.isEnabledForLevel(level)) {
                LOG.atLevel(level)
                        .log(
                                "{}: {}, because {}{}",
                                container,
                                doing(decision, fact.now()),
                                decision.reason(),
                                whatToDo(decision, container));
            }
        }

        private Level levelOfChange(Decision decision, Container container) {
            return switch (decision.kind()) {
                case GIVE_UP -> Level.ERROR;
                case START, RESTART, WAIT -> Level.INFO;
                case LEAVE -> dryRun || container.state() == ContainerState.EXITED ? Level.INFO : Level.DEBUG;
            };
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
        public void finished(Fact.Finished fact) {
            fact.outcome().readBy(new Ending(fact));
        }

        @Override
        public void inCrashLoop(Fact.InCrashLoop fact) {
            CrashLoop limit = fact.limit();
            LOG.warn(
                    "{}: crash loop, {} starts within {}{}{}{}",
                    fact.container(),
                    limit.starts(),
                    InWords.setting(limit.within()),
                    ", the last one because " + fact.reason(),
                    nextTry(fact.next(), ""),
                    ownLog(fact.container()));
        }

        @Override
        public void crashLoopOver(Fact.CrashLoopOver fact) {
            LOG.info("{}: crash loop over, it has stayed up", fact.container());
        }

        @Override
        public void healthyAgain(Fact.HealthyAgain fact) {
            LOG.info("{}: healthy again", fact.container());
        }

        @Override
        public void renamed(Fact.Renamed fact) {
            LOG.info("{}: is called {} now", fact.container(), fact.name());
        }

        @Override
        public void labelProblem(Fact.LabelProblem fact) {
            LOG.warn(
                    "{}: label {}; going on without it (to correct a label, create the container anew)",
                    fact.container(),
                    fact.problem());
        }

        @Override
        public void dockerPolicy(Fact.DockerPolicy fact) {
            Container container = fact.container();
            LOG.info(
                    "{}: has Docker's restart policy '{}' too, so Docker restarts it as well"
                            + " (docker update --restart=no {} ends that)",
                    container,
                    container.setup().dockerPolicy(),
                    container.name());
        }

        @Override
        public void notInspected(Fact.NotInspected fact) {
            LOG.warn(
                    "{}: nothing can be done with it, because it cannot be inspected: {} (trying again quietly)",
                    fact.container(),
                    fact.problem());
        }

        @Override
        public void hung(Fact.Hung fact) {
            LOG.warn(
                    "{} has had no answer for {}; {}",
                    fact.what(),
                    InWords.duration(fact.after()),
                    fact.gaveUpPlace()
                            ? "other work goes on without waiting for it"
                            : "too many hang, so other work waits for it");
        }

        @Override
        public void ownFault(Fact.OwnFault fact) {
            LOG.error(
                    "{}: watchdog itself has failed, which is a bug, please report it; going on with the next listing",
                    fact.about(),
                    fact.fault());
        }
    }

    /** The line of what became of a start or a restart. */
    private record Ending(Fact.Finished fact) implements Outcome.Reader {

        @Override
        public void up(Outcome.Up up) {
            Duration down = up.down();
            LOG.info(
                    "{}: running again{}{}{}",
                    fact.container(),
                    down == null ? "" : ", was down for " + InWords.duration(down),
                    fact.work() == Work.RESTART ? andHealth(up.health()) : "",
                    fact.tries() > 1 ? " (try " + fact.tries() + " in a row)" : "");
        }

        private static String andHealth(Health health) {
            return switch (health) {
                case STARTING -> ", its health is not known yet";
                case UNHEALTHY -> ", but it is unhealthy";
                case NONE, HEALTHY -> "";
            };
        }

        @Override
        public void wentDown(Outcome.WentDown wentDown) {
            LOG.warn(
                    "{}: went down again at once, {}{}",
                    fact.container(),
                    ended(wentDown.exitCode()),
                    nextTry(fact.next(), ""));
        }

        @Override
        public void notNeeded(Outcome.NotNeeded notNeeded) {
            LOG.info("{}: no {} needed after all, it is {}", fact.container(), fact.work(), now(notNeeded.seen()));
        }

        /** Of what does not run, health is what it was. */
        private static String now(Container seen) {
            Health health = seen.status().health();
            boolean hasHealth = seen.state() == ContainerState.RUNNING && health != Health.NONE;
            return seen.state() + (hasHealth ? " and " + health : "");
        }

        @Override
        public void gone(Outcome.Gone gone) {
            LOG.info("{}: does not exist any more, so there is nothing to {}", fact.container(), fact.work());
        }

        @Override
        public void failed(Outcome.Failed failed) {
            boolean isTakenDown = fact.work() == Work.RESTART && failed.seen().isDown();
            LOG.atLevel(level())
                    .log(
                            "{}: {} failed: {}{}{}",
                            fact.container(),
                            fact.work(),
                            failed.problem(),
                            isTakenDown ? "; it is " + failed.seen().state() + " now" : "",
                            nextTry(fact.next(), fact.isChange() ? ", then quietly" : ""));
        }

        @Override
        public void unknown(Outcome.Unknown unknown) {
            LOG.atLevel(level())
                    .log(
                            "{}: {} {}: {} (deciding anew once the engine answers){}",
                            fact.container(),
                            fact.work(),
                            unknown.asked() ? "has an unknown outcome" : "not asked for",
                            unknown.problem(),
                            moreTime(unknown.problem()));
        }

        private Level level() {
            return fact.isChange() ? Level.WARN : Level.DEBUG;
        }
    }

    // ---- what is told in several lines by the same words ----

    /** How its process ended, as where that is a reason to start it. */
    private static String ended(OptionalInt exitCode) {
        return Cause.Accident.CRASH.inWords(exitCode);
    }

    private static String nextTry(@Nullable Duration next, String then) {
        if (next == null) {
            return "";
        }
        return " (trying again " + (next.isZero() ? "at once" : "in " + InWords.duration(next)) + then + ")";
    }

    private static String ownLog(Container container) {
        return "; its own log may tell why: docker logs " + container.name();
    }

    /** What helps against silence, the one problem that may be a slow engine's. */
    private static String moreTime(String problem) {
        return problem.contains("no answer for") ? "; if it is only slow, give it more time by --timeout" : "";
    }
}
