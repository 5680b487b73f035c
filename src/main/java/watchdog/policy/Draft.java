package watchdog.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A life while it goes on by one step: what is known of it so far, and what is to be done outside. */
abstract class Draft {

    final Rules rules;
    final WatchList watchList;
    final RestartPolicy policy;
    final Surroundings around;
    final Instant now;
    final String id;
    final List<Effect> effects = new ArrayList<>();

    String name;
    Instant namedSince;
    Setup setup;
    boolean isInspected;
    boolean isOpen;
    Instant knownSince;
    Phase phase;

    @Nullable
    Operation operation;

    Attempts attempts;
    boolean isOrphan;
    Telling telling;

    @Nullable
    Instant wakeAt;

    boolean isGone;

    Draft(Rules rules, WatchList watchList, Life life, Surroundings around, Instant now) {
        this.rules = rules;
        this.watchList = watchList;
        this.policy = new RestartPolicy(rules);
        this.around = around;
        this.now = now;
        id = life.id();
        name = life.name();
        namedSince = life.namedSince();
        setup = life.setup();
        isInspected = life.isInspected();
        isOpen = life.isOpen();
        knownSince = life.knownSince();
        phase = life.phase();
        operation = life.operation();
        attempts = life.attempts();
        isOrphan = life.isOrphan();
        telling = life.telling();
        wakeAt = life.wakeAt();
    }

    Step step() {
        return new Step(isGone ? null : life(), List.copyOf(effects));
    }

    Life life() {
        return new Life(
                id,
                name,
                namedSince,
                setup,
                isInspected,
                isOpen,
                knownSince,
                phase,
                operation,
                attempts,
                isOrphan,
                telling,
                wakeAt);
    }

    boolean isListed() {
        return watchList.covers(name, setup.labels());
    }

    /** Whether something may be done with it now. */
    boolean isPermitted() {
        return around.engineAnswers() && isListed() && around.areProvidersReady();
    }

    boolean isIll() {
        return phase instanceof Up up && policy.isIll(up);
    }

    /** Something was told about it, so answers that were asked for earlier are out of date. */
    void heard() {
        knownSince = now;
    }

    /** Whether an answer that was asked for then is current: nothing is under way, and nothing was told since. */
    boolean isCurrent(Instant asked) {
        return operation == null && knownSince.isBefore(asked);
    }

    /** Whether it is down by an operator's stop of which an inspection would tell more. */
    boolean isStopUnsure() {
        Cause.Proof proof = phase instanceof Down down ? down.stop() : null;
        return proof != null && !(proof instanceof Cause.Proof.Sure sure && sure.finishedAt() != null);
    }

    void rename(String told) {
        if (told.equals(name)) {
            return;
        }
        if (!told.isEmpty() && !name.isEmpty()) {
            tell(new Fact.Renamed(life().container(), told));
        }
        name = told;
        namedSince = now;
    }

    /** Takes the next phase. Tries are forgotten if the container stayed up long enough, or somebody else started it. */
    void become(Phase next) {
        boolean wentUp = next instanceof Up && !(phase instanceof Up);
        Instant end = next instanceof Down down ? down.since() : now;
        if (phase instanceof Up up && isOver(up, next) && hasRecovered(up, end)) {
            attempts = attempts.withoutStarts();
        }
        boolean byOthers = (phase instanceof Down stopped && stopped.stop() != null)
                || (operation == null && policy.hasGivenUp(attempts));
        // A start that is told soon after one of which there was no answer has come of that.
        boolean isOurs = !telling.callProblem().isEmpty()
                && !now.isAfter(attempts.starts().last().plus(Kill.EVENTS_TAKE));
        if (wentUp && byOthers && !isOurs) {
            attempts = attempts.withoutStarts();
        }
        if (wentUp && operation == null) {
            telling = telling.callFailed("");
        }
        phase = next;
    }

    /** Whether the next phase ends that run, or ends the time in which the container was healthy. */
    boolean isOver(Up up, Phase next) {
        return !(next instanceof Up same) || !same.since().equals(up.since()) || policy.isIll(same);
    }

    boolean hasRecovered(Up up, Instant end) {
        boolean isHealthOpen = telling.healthAwaited() && up.health() == Health.STARTING;
        return up.hasLasted(rules.resetAfter(), end) && !policy.isIll(up) && !isHealthOpen;
    }

    /** Its health check succeeds: a restart for ill health that was long ago has helped. */
    void wellIfHealthy() {
        if (!(phase instanceof Up up)) {
            return;
        }
        boolean isLongAgo = !now.isBefore(attempts.restarts().last().plus(rules.resetAfter()));
        if (up.health() == Health.HEALTHY && isLongAgo && attempts.restarts().count() > 0) {
            attempts = attempts.withoutRestarts();
        }
        if (up.health() == Health.HEALTHY && telling.healthAwaited() && operation == null) {
            telling = telling.awaitingHealth(false);
            tell(new Fact.HealthyAgain(life().container()));
        }
    }

    void inspect() {
        Effect inspect = new Effect.Inspect();
        if (!effects.contains(inspect)) {
            effects.add(inspect);
        }
    }

    void tell(Fact fact) {
        effects.add(new Effect.Tell(fact));
    }

    Decision decide() {
        return policy.decide(life(), around, now);
    }

    /** The engine has answered to what was asked after a stop was told, and goes on: so an operator stopped it. */
    void proveStop(Instant asked, @Nullable Instant finishedAt) {
        if (around.eventsTold() && phase instanceof Down down && !down.since().isAfter(asked)) {
            phase = down.proven(finishedAt);
        }
    }

    /** It was inspected, and nothing is known to have happened since. */
    void find(Input.Inspected inspected) {
        Status status = inspected.seen().status();
        become(phase.found(status, now));
        proveStop(inspected.asked(), status.finishedAt());
        if (phase instanceof Down down && inspected.isRecalled() && status.state() == ContainerState.EXITED) {
            phase = new Down(new Cause.Stop(new Cause.Proof.Sure(status.finishedAt())), down.since(), down.exitCode());
        }
        wellIfHealthy();
    }
}
