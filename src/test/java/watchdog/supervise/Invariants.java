package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Health;
import watchdog.policy.Outcome;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.StartOrder;
import watchdog.policy.Trigger;
import watchdog.policy.Work;

/** What must hold at each step, whatever happens. */
final class Invariants {

    /** For calls, and for events that come late. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    /** Calls that were under way when there was trouble may yet have their effect. */
    private static final Duration AFTERMATH = Duration.ofMinutes(3);

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final double LEAST_JITTER = 0;
    private static final double MOST_JITTER = 1;

    private final Scenario scenario;
    private final Rules rules;
    private final Obligations obligations;
    private final VirtualTime time;
    private final Trace trace;
    private final ModelMemory memory;

    private Supplier<ModelDocker> docker = () -> {
        throw new IllegalStateException();
    };
    private @Nullable ModelWatchdog watchdog;

    /** Ids of what is being started or restarted. */
    private final Set<String> calls = new HashSet<>();

    /** When containers were removed, the last ones. */
    private final List<Instant> went = new ArrayList<>();

    private boolean trouble;
    private Instant troubleAt;
    private Instant unwitnessedAt = Instant.EPOCH;
    private boolean answers;
    private Instant lostAt = Instant.EPOCH;

    /** When all containers were asked for that were listed last. */
    private Instant allAskedAt = Instant.EPOCH;

    private Instant clockSetAt = Instant.EPOCH;

    Invariants(Scenario scenario, VirtualTime time, Trace trace, ModelMemory memory) {
        this.scenario = scenario;
        this.rules = scenario.rules();
        this.obligations = new Obligations(scenario, () -> docker.get());
        this.time = time;
        this.trace = trace;
        this.memory = memory;
        this.troubleAt = time.instant();
    }

    // What it is told

    void watch(ModelDocker engine) {
        docker = () -> engine;
    }

    void watchdogBegins(ModelWatchdog begun) {
        trace.all("watchdog begins");
        watchdog = begun;
        answers = false;
        engineTrouble();
    }

    void watchdogEnds() {
        trace.all("watchdog ends");
        watchdog = null;
        calls.clear();
        unwitnessedAt = time.instant();
        for (ModelContainer one : docker.get().containers()) {
            checkStopIsRemembered(one);
            one.ledger.forgotten();
        }
    }

    /** The engine, or the way to it, is not as it should be. */
    void engineTrouble() {
        troubleAt = time.instant();
    }

    /** The same, until told otherwise. */
    void trouble(boolean now) {
        trouble = now;
        engineTrouble();
    }

    /** A container was removed. */
    void gone() {
        went.add(time.instant());
    }

    void engineClockSet() {
        clockSetAt = time.instant();
    }

    void told(ModelContainer about, String action, boolean current, boolean complete) {
        trace.of(about, "told %s", action);
        about.ledger.told(action, current, complete, time.instant());
        if (action.equals("die") && current) {
            forgetTriesIfSettled(about);
        } else if (action.equals("start")) {
            boolean inOrder = time.instant().isAfter(about.ledger.disorderedUntil);
            docker.get().containers().stream()
                    .filter(other -> other.provider().equals(about.id))
                    .forEach(other -> other.ledger.providerTold(inOrder, time.instant()));
        }
        if (!obligations.isCovered(about)) {
            about.ledger.renamed();
        }
    }

    /** At the latest when it goes down, as far as watchdog sees that. */
    private void forgetTriesIfSettled(ModelContainer one) {
        if (!time.instant().isBefore(one.ledger.upAt.plus(rules.resetAfter()).minusSeconds(2))) {
            one.ledger.forgetTries(time.instant());
        }
    }

    /** A restart has a back-off of its own, though it starts what has crashed just then. */
    void callBegins(String id, Work work) {
        ModelContainer one = docker.get().find(id);
        if (!calls.add(id)) {
            throw new Violation("two starts at one time", one);
        }
        if (one != null && !one.isUp()) {
            one.ledger.calledAt = time.instant();
            if (work == Work.START) {
                checkIsSpaced(one);
            }
        }
    }

    private void checkIsSpaced(ModelContainer one) {
        Ledger ledger = one.ledger;
        if (ledger.fewestTries > 0 && time.instant().isAfter(ledger.disorderedUntil)) {
            Duration least = rules.backoff().after(ledger.fewestTries, LEAST_JITTER);
            Duration spaced = Duration.between(ledger.lastTry, time.instant());
            if (spaced.compareTo(least) < 0) {
                throw new Violation(
                        "start " + spaced + " after try " + ledger.fewestTries + " in a row, not " + least, one);
            }
        }
    }

    void callEnds(String id) {
        calls.remove(id);
        ModelContainer one = docker.get().find(id);
        if (one != null) {
            one.ledger.answeredAt = time.instant();
        }
    }

    void beforeHandling(Signal signal) {
        if (signal instanceof Signal.Listed listed) {
            answers = true;
            allAskedAt = listed.coverage() == Signal.Coverage.ALL ? listed.asked() : allAskedAt;
            listed.watched().forEach(container -> listed(listed.asked(), container));
        } else if (signal instanceof Signal.EventsEnded) {
            trace.all("told that the events ended");
            unwitnessedAt = time.instant();
            lostAt = answers ? lostAt : time.instant();
            docker.get().containers().forEach(one -> one.ledger.unwitnessed());
        } else if (signal instanceof Signal.EngineLost lost) {
            trace.all("told that the engine is lost: %s", lost.problem());
            answers = false;
            lostAt = time.instant();
            docker.get().containers().forEach(this::forgetTriesIfSettled);
            docker.get().containers().forEach(one -> one.ledger.inTurnSince = Instant.MAX);
        }
    }

    void afterHandling(Signal signal) {
        if (signal instanceof Signal.Listed listed && listed.coverage() == Signal.Coverage.ALL) {
            checkNothingIsKeptOfWhatIsGone();
        }
    }

    private void listed(Instant asked, Container listed) {
        ModelContainer one = docker.get().find(listed.id());
        if (one == null || one.ledger.atWork || !one.ledger.toldAt.isBefore(asked)) {
            return;
        }
        Ledger ledger = one.ledger;
        if (listed.state() == ContainerState.EXITED && !ledger.deathTold && !ledger.found) {
            ledger.found = true;
            forgetTriesIfSettled(one);
        }
        if (ledger.onTheWay > 0) {
            return;
        }
        if (listed.state() == ContainerState.RUNNING
                && ledger.cause == Cause.NONE
                && ledger.upAt.isBefore(asked)
                && !ledger.beingStopped) {
            ledger.seenUp();
        }
        if (ledger.cause == Cause.OPERATOR
                && ledger.deathTold
                && !ledger.lost
                && !passesForOwnRestart(ledger)
                && ledger.stopSureAt.equals(Instant.MAX)) {
            trace.of(one, "watchdog must know by now that an operator stopped it");
            ledger.stopSureAt = time.instant();
        }
    }

    // What watchdog does

    /** A container that is down begins to start. */
    void starts(ModelContainer one, ModelDocker.Who who) {
        if (who != ModelDocker.Who.WATCHDOG) {
            return;
        }
        Ledger ledger = one.ledger;
        if (ledger.beingRestarted || ledger.calledAt.isBefore(ledger.downAt)) {
            return;
        }
        // Where starts fail and take long, the engine may come to it only much later.
        boolean isAskedForBefore = !ledger.calledAt.minus(SLACK).isAfter(ledger.coveredUntil);
        checkOurs(one, isAskedForBefore);
        boolean ownToo = passesForOwnRestart(ledger);
        if (ledger.cause == Cause.OPERATOR
                && !ownToo
                && !ledger.stopSureAt.equals(Instant.MAX)
                && obligations.mode(one) != RestartMode.ALWAYS) {
            throw new Violation("an operator's stop is undone under " + obligations.mode(one), one);
        }
        boolean early = time.instant().isBefore(ledger.downAt.plus(rules.settle()));
        boolean told = !ownToo && (ledger.killTold || ledger.onTheWay == 0);
        if (ledger.cause == Cause.OPERATOR && early && told && !ledger.lost && !mayBeTakenForOutage(ledger)) {
            throw new Violation("started under the feet of an operator who stopped it just now", one);
        }
    }

    /** What an operator does during a restart by watchdog itself, or soon after it has failed, is taken for its doing. */
    private static boolean passesForOwnRestart(Ledger ledger) {
        return ledger.killedAt.isBefore(ledger.lastRestart.plusSeconds(6));
    }

    void restarts(ModelContainer one, ModelDocker.Who who) {
        if (who != ModelDocker.Who.WATCHDOG) {
            return;
        }
        Ledger ledger = one.ledger;
        checkOurs(one, false);
        if (ledger.beingStopped
                && ledger.killTold
                && ledger.killedAt.isBefore(time.instant().minus(SLACK))) {
            throw new Violation("restarted while an operator is stopping it", one);
        }
        boolean ill = rules.restartOn().contains(Trigger.UNHEALTHY) && recently(ledger.illUntil);
        boolean networkLost =
                rules.dependents() && (recently(ledger.networkLostUntil) || !obligations.startTimesTell());
        if (!ill && !networkLost) {
            throw new Violation("restarted without need", one);
        }
        if (!networkLost && ledger.fewestRestarts > 0) {
            Duration least = rules.backoff().after(ledger.fewestRestarts, LEAST_JITTER);
            Duration spaced = Duration.between(ledger.lastRestart, time.instant());
            if (spaced.compareTo(least) < 0) {
                throw new Violation("restart " + spaced + " after the last, not " + least, one);
            }
        }
        ledger.beingRestarted = true;
        forgetTriesIfSettled(one);
    }

    private boolean recently(Instant until) {
        boolean calm = !trouble && troubleAt.isBefore(time.instant().minus(AFTERMATH));
        return !until.isBefore(time.instant().minus(calm ? SLACK : AFTERMATH));
    }

    private void checkOurs(ModelContainer one, boolean isAskedForBefore) {
        if (!obligations.mayBeTouched(one)) {
            throw new Violation("touched, though it never may be: " + one.setup.labels(), one);
        }
        if (!obligations.isCovered(one)
                && !isAskedForBefore
                && !recently(one.ledger.coveredUntil)
                && !mayBeKnownByItsOldName(one.ledger)) {
            throw new Violation("touched, though it is not on the list any more", one);
        }
    }

    /** A pass over what is down says nothing of what is up. */
    private boolean mayBeKnownByItsOldName(Ledger ledger) {
        return scenario.has(Scenario.Trouble.EVENTS_LOST) && !allAskedAt.isAfter(ledger.coveredUntil);
    }

    /** So does an operator's stop that was not yet sure when the events ended, or not yet told when the engine was lost. */
    private boolean mayBeTakenForOutage(Ledger ledger) {
        boolean unwitnessed = !ledger.stopKnown || !unwitnessedAt.isBefore(ledger.killedAt);
        Instant since = ledger.killedAt.minus(AFTERMATH);
        boolean untoldAsTheEventsEnded = !ledger.killTold && !unwitnessedAt.isBefore(ledger.downAt.minus(SLACK));
        return untoldAsTheEventsEnded || (unwitnessed && (lostAt.isAfter(since) || clockSetAt.isAfter(since)));
    }

    void decided(Container container, Decision decision) {
        ModelContainer one = docker.get().find(container.id());
        if (one == null) {
            return;
        }
        trace.of(one, "%s", decision);
        Ledger ledger = one.ledger;
        if (ledger.cause != Cause.NONE && (!ledger.deathTold || ledger.lost)) {
            // An inspection tells no time since when it is down, so that may be taken for now.
            forgetTriesIfSettled(one);
        }
        if (ledger.cause != Cause.NONE && !ledger.deathTold && !(decision instanceof Decision.Leave)) {
            ledger.found = true;
        }
        checkTurnComes(one, decision);
        if (decision instanceof Decision.Start || decision instanceof Decision.Restart) {
            if (ledger.atWork) {
                throw new Violation("decided to start it while that is being done", one);
            }
            ledger.atWork = true;
            ledger.stopKnown = ledger.killTold;
        } else if (decision instanceof Decision.GiveUp) {
            if (!ledger.gaveUp) {
                checkGivingUpHasCause(one);
            }
            ledger.gaveUp = true;
        }
    }

    private void checkTurnComes(ModelContainer one, Decision decision) {
        Ledger ledger = one.ledger;
        if (!(decision instanceof Decision.Wait wait && wait.reason().contains("compose starts"))) {
            ledger.inTurnSince = Instant.MAX;
        } else if (ledger.inTurnSince.equals(Instant.MAX)) {
            ledger.inTurnSince = time.instant();
        } else if (time.instant()
                .isAfter(ledger.inTurnSince.plus(StartOrder.KEPT_FOR).plus(SLACK))) {
            throw new Violation("waits for others in compose's order since " + ledger.inTurnSince, one);
        }
    }

    private void checkGivingUpHasCause(ModelContainer one) {
        boolean orphan = !one.provider().isEmpty() && docker.get().find(one.provider()) == null;
        boolean inVain = rules.giveUpAfter() > 0 && one.ledger.mostTries >= rules.giveUpAfter();
        // A listing tells by the engine's clock for how long it has been down.
        boolean isTimeKnown = !clockSetAt.isAfter(one.ledger.recoveredAt);
        if (!orphan && !inVain && isTimeKnown) {
            throw new Violation("given up after " + one.ledger.mostTries + " tries in a row", one);
        }
    }

    void finished(Container container, Work work, Outcome outcome) {
        ModelContainer one = docker.get().find(container.id());
        if (one == null) {
            return;
        }
        trace.of(one, "%s finished: %s", work, outcome);
        Ledger ledger = one.ledger;
        ledger.atWork = false;
        ledger.beingRestarted = false;
        ledger.waited = Duration.ZERO;
        ledger.toldAt = time.instant();
        if (outcome.isTry() && work == Work.START) {
            ledger.fewestTries += ledger.forgottenAt.isBefore(ledger.answeredAt) ? 1 : 0;
            ledger.mostTries++;
            ledger.lastTry = ledger.answeredAt;
        } else if (outcome.isTry()) {
            ledger.mostTries++;
            ledger.fewestRestarts++;
            ledger.lastRestart = ledger.answeredAt;
        }
    }

    // What must be so at any time

    /** Is called once a second. */
    void check() {
        boolean calm = watchdog != null && !isTrouble();
        for (ModelContainer one : docker.get().containers()) {
            Ledger ledger = one.ledger;
            Instant now = time.instant();
            noteCovered(one);
            if (one.health() == Health.UNHEALTHY) {
                ledger.illUntil = now;
            }
            if (obligations.hasLostNetwork(one)) {
                ledger.networkLostUntil = now;
            }
            // Where something was lost, that it is healthy again may be what watchdog has not heard. For how long one
            // that is found down was down, and so up, is known by the engine's clock only.
            if (calm
                    && one.isUp()
                    && !ledger.lost
                    && !scenario.has(Scenario.Trouble.ENGINE_CLOCK_SET)
                    && one.health() != Health.UNHEALTHY
                    && ledger.upFor(now).compareTo(rules.resetAfter().plus(longest())) > 0) {
                ledger.mostTries = 0;
                ledger.recoveredAt = now;
            }
            if (!calm || !obligations.mustBeStarted(one) || ledger.atWork || isUnheardOf(one)) {
                ledger.waited = Duration.ZERO;
            } else if (watchdog != null && !watchdog.isBehind()) {
                ledger.waited = ledger.waited.plus(STEP);
                if (ledger.waited.compareTo(patience(one)) > 0) {
                    throw new Violation("not started for " + ledger.waited + ", though nothing hinders", one);
                }
            }
        }
    }

    /** A pass over what is down is only over those it knows; the next one over all finds the others. */
    private boolean isUnheardOf(ModelContainer one) {
        return scenario.has(Scenario.Trouble.EVENTS_LOST) && watchdog != null && !watchdog.knows(one.id);
    }

    /** Whether the engine, or the way to it, is not as it should be now. */
    private boolean isTrouble() {
        return trouble || !docker.get().isUp();
    }

    /** Notes that it is on the list now, if it is. */
    void noteCovered(ModelContainer one) {
        if (obligations.isCovered(one)) {
            one.ledger.coveredUntil = time.instant();
        }
    }

    /** From a pass to what the next pass brings. */
    private Duration longest() {
        return scenario.interval().plus(SLACK);
    }

    private Duration patience(ModelContainer one) {
        Ledger ledger = one.ledger;
        // While the start that ends watchdog's own restart is not told, a death may be that of the run before.
        boolean told = ledger.startTold || ledger.downAt.isAfter(ledger.lastRestart.plusSeconds(6));
        boolean seen = ledger.cause == Cause.CRASH && ledger.deathTold && told && !ledger.lost;
        Duration backoff = rules.backoff().after(ledger.mostTries, MOST_JITTER);
        // Since when it has been down is told by the engine's clock; a start that fails meanwhile has that read again.
        Duration settle = rules.settle().multipliedBy(scenario.has(Scenario.Trouble.ENGINE_CLOCK_SET) ? 2 : 1);
        Duration unseen = settle.plus(longest()).plus(obligations.longestTurn(one));
        return backoff.plus(longest()).plus(seen ? Duration.ZERO : unseen);
    }

    /** There was peace for long enough: all is well again. */
    void checkAllIsWell() {
        for (ModelContainer one : docker.get().containers()) {
            if (obligations.mustBeStarted(one)) {
                throw new Violation("still down, long after all trouble", one);
            }
            if (rules.dependents()
                    && obligations.startTimesTell()
                    && obligations.hasLostNetwork(one)
                    && one.ledger.cause == Cause.NONE
                    && obligations.isOurs(one)) {
                throw new Violation("still without network, long after all trouble", one);
            }
        }
        Set<String> superfluous = new HashSet<>(memory.ids());
        docker.get().containers().forEach(one -> superfluous.remove(one.id));
        if (!superfluous.isEmpty()) {
            throw new Violation("stops are remembered of what is gone: " + superfluous, null);
        }
    }

    /** What went, went off the list, or was told of a short while ago may still be known. */
    private void checkNothingIsKeptOfWhatIsGone() {
        Instant recently = time.instant().minus(longest());
        if (watchdog == null || trouble || troubleAt.isAfter(recently) || unwitnessedAt.isAfter(recently)) {
            return;
        }
        went.removeIf(when -> when.isBefore(recently));
        long mayBeKnown = went.size()
                + docker.get().containers().stream()
                        .filter(one -> obligations.isCovered(one)
                                || one.ledger.atWork
                                || !one.ledger.coveredUntil.isBefore(recently)
                                || !one.ledger.toldAt.isBefore(recently))
                        .count();
        if (watchdog.size() > mayBeKnown) {
            throw new Violation("knows " + watchdog.size() + " containers, and there are " + mayBeKnown, null);
        }
    }

    private void checkStopIsRemembered(ModelContainer one) {
        Ledger ledger = one.ledger;
        if (ledger.stopSureAt.equals(Instant.MAX) || ledger.cause != Cause.OPERATOR || one.is.finishedAt() == null) {
            return;
        }
        if (!memory.recalls(one.id, one.is.finishedAt())) {
            Instant since = troubleAt.isAfter(ledger.stopSureAt) ? troubleAt : ledger.stopSureAt;
            if (obligations.isOurs(one)
                    && since.plus(longest()).plus(longest()).isBefore(time.instant())
                    && !isTrouble()) {
                throw new Violation("an operator's stop is sure since " + since + " and was not remembered", one);
            }
            ledger.stopSureAt = Instant.MAX;
        }
    }

    SimulatedObserver observer() {
        return new SimulatedObserver(this);
    }
}
