package watchdog.supervise;

import java.time.Instant;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineEvent;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Exit;
import watchdog.policy.Health;
import watchdog.policy.History;
import watchdog.policy.Kill;
import watchdog.policy.Outcome;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.WatchList;
import watchdog.policy.Wishes;

/** What the loop knows of a container. */
final class Supervised {

    /** What happens to no container but one that runs, or has run until then. */
    private static final Set<String> ONLY_IF_IT_RAN =
            Set.of("kill", "stop", "die", "oom", "pause", "unpause", "restart");

    /** As it was last seen. */
    Container container;

    Wishes wishes;

    final History history;

    /** Whether it has been looked at, which tells more than a listing or an event does. */
    boolean looked;

    /** Whether an event left something open that is to be known before anything is done with it. */
    boolean leftOpen;

    /** What watchdog itself does with it. */
    final OwnWork work = new OwnWork();

    /** The operator's stop that keeps it down, if one does. */
    final KeptDown keptDown = new KeptDown();

    /** When its last death was told. */
    private Instant deathTold = Instant.MIN;

    /** Since when this is known: what was asked for before says nothing about what is now. */
    Instant knownSince = Instant.MIN;

    /** When to decide anew, or null if not before something happens. */
    @Nullable
    Instant due;

    /** What was told last, in order not to tell it again, or null before the first. */
    @Nullable
    Decision told;

    /** Why its last start failed, or empty if it did not: told once per change, not once per try. */
    String startProblem = "";

    /** The same of a look at it. */
    String lookProblem = "";

    /** Whether a crash loop was told, and not yet its end. */
    boolean alarmed;

    Supervised(Container container, Rules rules) {
        this.container = container;
        this.wishes = Wishes.of(container.setup().labels(), rules);
        this.history = new History(rules);
    }

    ContainerState state() {
        return container.state();
    }

    /** Something was told about it, so that what was asked for before is old. */
    void nowIs(Status status, Instant now) {
        container = container.withStatus(status);
        knownSince = now;
    }

    /** Something happened to it; what our own restart makes happen says nothing about operators or crashes. */
    void happened(EngineEvent event, Instant now) {
        if (keptDown.isDoubtful() && ONLY_IF_IT_RAN.contains(event.action())) {
            ranUnseen(now);
        }
        if (event.isOutOfMemory()) {
            history.outOfMemory(now);
        }
        leftOpen |= event.leavesToAsk();
        switch (event.action()) {
            case "start" -> started(now);
            case "die" -> {
                nowIs(Status.exited(event.exitCode()), now);
                work.died();
                deathTold = now;
                keptDown.forget();
                if (!work.isTakingDown() && event.tellsWhy()) {
                    history.died(now);
                } else if (!work.isTakingDown()) {
                    history.foundDown(now);
                }
            }
            case "kill" -> {
                Kill kill = Kill.of(event.signal().orElse(Kill.UNKNOWN), container.setup(), now);
                if (work.signalled(kill, now)) {
                    if (history.exit() == Exit.OUTAGE) {
                        nowIs(Status.of(ContainerState.RUNNING), now);
                    }
                    history.killed(kill);
                }
            }
            case "stop" -> {
                if (work.signalled(new Kill(Kill.UNKNOWN, now), now)) {
                    history.stopped(now);
                }
            }
            case "pause" -> nowIs(Status.of(ContainerState.PAUSED), now);
            case "unpause" -> nowIs(Status.of(ContainerState.RUNNING), now);
            case "rename" -> {
                container = event.name().isEmpty() ? container : container.named(event.name());
                knownSince = now;
            }
            default -> becameHealth(event.health(), now);
        }
    }

    /** It was started while nobody told, after the stop that seemed to keep it down. */
    private void ranUnseen(Instant now) {
        keptDown.forget();
        if (history.exit() == Exit.STOPPED) {
            nowIs(Status.of(ContainerState.RUNNING), now);
            history.up(now);
        }
    }

    private void started(Instant now) {
        if (!work.started(now)) {
            knownSince = now;
            return;
        }
        nowIs(Status.of(ContainerState.RUNNING), now);
        history.up(now);
        startProblem = "";
        keptDown.forget();
    }

    private void becameHealth(String word, Instant now) {
        if (!word.isEmpty()) {
            Health health = Health.of(word);
            container = container.withStatus(container.status().withHealth(health));
            if (health == Health.HEALTHY) {
                history.healthy(now);
            }
        }
    }

    /** There is no engine any more, so that it is down, whether or not it ran. */
    void outage(Instant now) {
        history.outage(now);
        doubtStop();
    }

    /** For a while nobody told what happens: what an operator had stopped may have been started, and have died again. */
    void doubtStop() {
        if (history.exit() == Exit.STOPPED) {
            keptDown.doubt();
        }
    }

    /**
     * It was looked at, and is down by an operator's stop, as far as is known.
     *
     * @param finishedAt of its last exit, by the engine's clock
     * @return whether that is so, and is to be remembered with that exit; else it has run since
     */
    boolean confirmStop(Instant finishedAt, Instant now) {
        boolean holds = keptDown.confirm(finishedAt);
        if (!holds) {
            history.diedUnseen(now);
        }
        return holds;
    }

    /**
     * What was done with it has come to its end.
     *
     * @return whether that is news, and not the failure it was before
     */
    boolean ended(Outcome outcome, Instant now, DoubleSupplier random) {
        Work what = work.what();
        Kill byOperator = work.ended(outcome);
        knownSince = now;
        String before = startProblem;
        startProblem = problem(outcome);
        if (byOperator != null) {
            history.killed(byOperator);
        }
        if (what == Work.RESTART
                && outcome instanceof Outcome.Failed failed
                && failed.seen().isDown()) {
            container = failed.seen();
            work.tookDown(now);
        }
        if (outcome instanceof Outcome.Orphaned) {
            history.orphaned();
        } else if (outcome instanceof Outcome.NotNeeded notNeeded) {
            if (work.hasDied() && history.exit() == Exit.NONE) {
                // Not of our work, which has not come to anything.
                history.died(now);
            }
            container = notNeeded.seen();
            seen(now);
            history.networkBack(work.begun());
        } else if (outcome instanceof Outcome.Up || outcome instanceof Outcome.WentDown) {
            accepted(what, outcome, now);
        }
        if (work.hasDied() && history.exit() == Exit.NONE) {
            history.died(now);
        }
        if (outcome.isTry() && what == Work.START) {
            history.triedStart(now, random.getAsDouble());
        } else if (outcome.isTry()) {
            history.triedRestart(now, random.getAsDouble());
        }
        return startProblem.isEmpty() || !startProblem.equals(before);
    }

    private static String problem(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.problem();
        }
        return outcome instanceof Outcome.Unknown unknown ? unknown.problem() : "";
    }

    /** The engine has started it; events may have told more by now than was seen: then it has died again. */
    private void accepted(Work what, Outcome outcome, Instant now) {
        if (work.accepted(now)) {
            keptDown.forget();
            history.up(now);
        }
        if (what == Work.START) {
            history.startAccepted(now);
        } else {
            history.networkBack(work.begun());
        }
        if (outcome instanceof Outcome.WentDown wentDown) {
            container = container.withStatus(Status.exited(wentDown.exitCode()));
            work.died();
        } else if (!work.hasDied()) {
            container = container.withStatus(Status.of(ContainerState.RUNNING));
        }
    }

    /** Whether its crash was told that moment, and nobody but watchdog is going to start it. */
    boolean hasJustCrashed(Instant now) {
        boolean crashed = history.exit() == Exit.CRASH || history.exit() == Exit.OUT_OF_MEMORY;
        return crashed && deathTold.equals(now) && !container.setup().hasDockerPolicy();
    }

    /** It was listed, which does not tell all that a look tells. */
    void listedAs(Container listed, Instant now) {
        boolean same = listed.state() == state();
        Status status = same && listed.state() == ContainerState.CREATED ? container.status() : listed.status();
        Setup setup = looked ? container.setup() : listed.setup();
        container = new Container(container.id(), listed.name(), status, setup);
        seen(now);
    }

    /**
     * It was looked at.
     *
     * @param fresh whether nothing was heard of it since the look was asked for
     */
    void lookedLike(Container looked, boolean fresh, Instant now, Rules rules) {
        lookProblem = "";
        leftOpen = false;
        if (!this.looked) {
            history.createdWith(looked.setup());
        }
        this.looked = true;
        wishes = Wishes.of(looked.setup().labels(), rules);
        // The id it has already, for there may be many containers.
        container = new Container(
                container.id(), looked.name(), fresh ? looked.status() : container.status(), looked.setup());
        if (fresh) {
            seen(now);
        }
    }

    private void seen(Instant now) {
        Status status = container.status();
        if (status.state() == ContainerState.EXITED) {
            history.foundDown(now.minus(status.downFor()));
        } else if (status.state() == ContainerState.RUNNING || status.state() == ContainerState.PAUSED) {
            history.foundUp(now);
            startProblem = "";
            keptDown.forget();
        }
        if (status.health() == Health.HEALTHY) {
            history.healthy(now);
        }
    }

    /** Whether it is, as it is called now, on that list. */
    boolean isCoveredBy(WatchList watchList) {
        return watchList.covers(container.name(), container.setup().labels());
    }
}
