package watchdog.policy;

import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * It has exited.
 *
 * @param since since when, as far as is known
 * @param isRestarting whether the engine is about to start it, by its own restart policy
 * @param kill where nobody saw why, and its death may be told yet: an operator's signal of which it may have died, or null
 */
public record Down(
        Cause cause,
        Instant since,
        OptionalInt exitCode,
        boolean isRestarting,
        @Nullable Kill kill) implements Phase {

    @Override
    public Decision decide(RestartPolicy policy, Life life, LabelOptions options, Instant now) {
        return policy.down(this, life, options, now);
    }

    /** One that was sent no signal, as far as is known. */
    public Down(Cause cause, Instant since, OptionalInt exitCode, boolean isRestarting) {
        this(cause, since, exitCode, isRestarting, null);
    }

    Down(Cause cause, Instant since, OptionalInt exitCode) {
        this(cause, since, exitCode, false);
    }

    @Override
    public Status status() {
        return isRestarting ? Status.of(ContainerState.RESTARTING) : Status.exited(exitCode);
    }

    /** The proof of the operator's stop that keeps it down, or null if none does. */
    Cause.@Nullable Proof stop() {
        return cause instanceof Cause.Stop stop ? stop.proof() : null;
    }

    /** Whether a stop was told, and it is not known yet whether an operator or the end of the engine was its cause. */
    public boolean isStopPending() {
        return cause instanceof Cause.Stop stop && stop.proof().isPending();
    }

    /** Whether nobody saw why it went down, or it went down with the engine. */
    boolean isUnseen() {
        return cause == Cause.Accident.UNWITNESSED || cause == Cause.Accident.OUTAGE;
    }

    private Down because(Cause other) {
        return new Down(other, since, exitCode, isRestarting);
    }

    /** A late event does not change a proven operator's stop, nor a death by watchdog's own restart. */
    @Override
    public Phase died(OptionalInt code, boolean explained, Instant now) {
        if (stop() instanceof Cause.Proof.Doubted) {
            return Up.begun(now).died(code, explained, now);
        }
        boolean late = stop() != null || cause == Cause.Accident.OWN_RESTART;
        if (late || !explained) {
            return new Down(cause, stop() instanceof Cause.Proof.Sure ? since : now, code);
        }
        return Up.begun(now).sent(kill).died(code, true, now);
    }

    /**
     * Soon after watchdog's own restart this is a signal of that restart, told late; and one that is not meant to stop, told
     * soon after a stop, was sent before it. Any other shows that the container runs: its start was missed, or is told late.
     */
    @Override
    public Phase signalled(Kill later) {
        boolean isStopped = stop() != null && !(stop() instanceof Cause.Proof.Doubted);
        boolean ofBefore = cause == Cause.Accident.OWN_RESTART || (isStopped && !later.toStop());
        boolean echo = ofBefore && !later.at().isAfter(since.plus(Kill.EVENTS_TAKE));
        return echo ? this : Up.begun(later.at()).signalled(later);
    }

    @Override
    public Phase stopped(Instant now) {
        boolean known = stop() != null || cause == Cause.Accident.OWN_RESTART;
        return known ? this : because(new Cause.Stop(new Cause.Proof.Told()));
    }

    @Override
    public Phase outOfMemory(Instant now) {
        return stop() instanceof Cause.Proof.Doubted ? Up.begun(now).outOfMemory(now) : this;
    }

    /** The stop of what is paused has it go on first, which may be told after it was found down. */
    @Override
    public Phase paused(boolean isPaused, Instant now) {
        boolean isOfStop = !isPaused && stop() != null && !(stop() instanceof Cause.Proof.Doubted);
        return isOfStop ? this : Phase.super.paused(isPaused, now);
    }

    @Override
    public Phase found(Status seen, Instant now) {
        return seen.state() == ContainerState.RESTARTING
                ? new Down(cause, since, exitCode, true, kill)
                : Phase.super.found(seen, now);
    }

    @Override
    public Phase foundDown(Status seen, Instant foundSince) {
        Cause.Proof proof = stop();
        Instant finishedAt = seen.finishedAt();
        if (status().isOfAnotherRun(seen)) {
            return new Down(Cause.Accident.UNWITNESSED, foundSince, seen.exitCode());
        }
        if (finishedAt == null || proof == null || proof.isPending()) {
            return new Down(cause, since, exitCode.isPresent() ? exitCode : seen.exitCode(), false, kill);
        }
        Instant before =
                proof instanceof Cause.Proof.Sure sure ? sure.finishedAt() : ((Cause.Proof.Doubted) proof).finishedAt();
        return before == null || before.equals(finishedAt)
                ? because(new Cause.Stop(new Cause.Proof.Sure(finishedAt)))
                : new Down(Cause.Accident.UNWITNESSED, foundSince, seen.exitCode());
    }

    /** The engine has answered, and goes on: if it was a stop, it was an operator's. */
    Down proven(@Nullable Instant finishedAt) {
        return isStopPending() ? because(new Cause.Stop(new Cause.Proof.Sure(finishedAt))) : this;
    }

    @Override
    public Phase engineGone(Instant now) {
        return cause == Cause.Accident.UNWITNESSED ? because(Cause.Accident.OUTAGE) : this;
    }

    /** The events may have ended because the engine did, and a stop that is not proven yet may have been its shutdown. */
    @Override
    public Phase eventsEnded(Instant now) {
        return isStopPending() ? because(Cause.Accident.UNWITNESSED) : this;
    }

    @Override
    public Phase eventsBegun() {
        return stop() instanceof Cause.Proof.Sure sure
                ? because(new Cause.Stop(new Cause.Proof.Doubted(sure.finishedAt())))
                : this;
    }
}
