package watchdog.policy;

import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * It has exited. Only a start that is told, or that it is found up, makes it one that runs. A signal, a pause or a death that is
 * told of it is late, or its start was missed: an inspection shows which.
 *
 * @param since since when, as far as is known
 * @param isRestarting whether the engine is about to start it, by its own restart policy
 * @param kill a signal of which it may have died, though its death was not told; or that was told since it is down; or the
 *     echo of watchdog's own restart; or null
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

    /** The same of another cause, which the signal has no part in. */
    private Down because(Cause other) {
        return new Down(other, since, exitCode, isRestarting);
    }

    private Down with(@Nullable Kill other) {
        return new Down(cause, since, exitCode, isRestarting, other);
    }

    /** A late event does not change an operator's stop, nor a death by watchdog's own restart. */
    @Override
    public Phase died(Input.Died death, Instant now) {
        boolean isStopped = stop() != null && !(stop() instanceof Cause.Proof.Doubted);
        boolean isOwn = cause == Cause.Accident.OWN_RESTART && kill == null;
        if (isStopPending()) {
            return new Down(new Cause.Stop(new Cause.Proof.Told(death.at())), now, death.exitCode(), false, kill);
        }
        if (isStopped || isOwn || !death.isExplained()) {
            return new Down(cause, isStopped ? since : now, death.exitCode(), false, kill);
        }
        return Up.begun(now).sent(kill).died(death, now);
    }

    /** Soon after watchdog's own restart this is a signal of that restart, told late. */
    @Override
    public Phase signalled(Kill later) {
        Kill before = lastKill();
        return before != null && before.hides(later) ? this : with(later);
    }

    /** Where an earlier stop is in doubt, this may be that of a run whose death is told next. */
    @Override
    public Phase stopped(Instant now) {
        if (stop() instanceof Cause.Proof.Doubted) {
            return signalled(new Kill(Kill.UNKNOWN, now));
        }
        boolean isOwn = cause == Cause.Accident.OWN_RESTART || (kill != null && kill.own());
        return stop() != null || isOwn ? this : because(new Cause.Stop(new Cause.Proof.Told()));
    }

    /** Where an earlier stop is in doubt, this is of a run that began unseen. */
    @Override
    public Phase outOfMemory(Instant now) {
        return stop() instanceof Cause.Proof.Doubted ? Up.begun(now).outOfMemory(now) : this;
    }

    @Override
    public Phase paused(boolean isPaused, Instant now) {
        return this;
    }

    @Override
    public Phase found(Status seen, Instant now) {
        return seen.state() == ContainerState.RESTARTING
                ? new Down(cause, since, exitCode, true, kill)
                : Phase.super.found(seen, now);
    }

    /** Its start was missed, and the signal was sent to the run that is found now; or its start is told yet, and clears that. */
    @Override
    public Phase foundUp(Status seen, Instant now) {
        Kill last = lastKill();
        return Up.begun(now).sent(last == null || last.doubted() ? null : last).seenAs(seen);
    }

    /** The signal of watchdog's own restart, whose events may still come, or null. */
    @Nullable
    Kill echo() {
        Kill last = lastKill();
        return last != null && last.own() ? last : null;
    }

    private @Nullable Kill lastKill() {
        return cause == Cause.Accident.OWN_RESTART && kill == null ? Kill.echo(since) : kill;
    }

    @Override
    public Phase foundDown(Status seen, Instant foundSince) {
        if (isOfAnotherRun(seen) && cause == Cause.Accident.OWN_RESTART) {
            // The end of the stop in that restart may be told yet.
            return new Down(Cause.Accident.UNWITNESSED, foundSince, seen.exitCode(), false, lastKill());
        }
        if (isOfAnotherRun(seen)) {
            return endedUntold(kill, seen, foundSince);
        }
        if (stop() == null && kill != null && !kill.own()) {
            return endedUntold(kill, seen, kill.at().isAfter(since) ? foundSince : since);
        }
        if (seen.finishedAt() == null || stop() == null || isStopPending()) {
            OptionalInt code = seen.exitCode().isPresent() ? seen.exitCode() : exitCode;
            return new Down(cause, since, code, false, kill);
        }
        return because(new Cause.Stop(new Cause.Proof.Sure(seen.finishedAt())));
    }

    /** The end of a run that was told by no event: of this one, or of another that began unseen. */
    private static Phase endedUntold(@Nullable Kill kill, Status seen, Instant since) {
        return Up.begun(since).sent(kill).foundDown(seen, since);
    }

    /** Whether it has run again since. */
    private boolean isOfAnotherRun(Status seen) {
        Instant finishedAt = seen.finishedAt();
        boolean isAfterStop = stop() != null && finishedAt != null && stop().isOfAnotherRun(finishedAt);
        return isAfterStop || status().isOfAnotherRun(seen);
    }

    /** The engine has answered, and goes on: if it was a stop, it was an operator's. */
    Down proven(@Nullable Instant finishedAt) {
        return isStopPending() ? because(new Cause.Stop(new Cause.Proof.Sure(finishedAt))) : this;
    }

    /** The end of a stop in watchdog's own restart may be told yet. */
    @Override
    public Phase engineGone(Instant now) {
        return cause == Cause.Accident.UNWITNESSED
                ? because(Cause.Accident.OUTAGE).with(echo())
                : this;
    }

    /** The events may have ended because the engine did, and a stop that is not proven yet, or a signal, been its shutdown. */
    @Override
    public Phase eventsEnded(Instant now) {
        Down known = isStopPending() ? because(Cause.Accident.UNWITNESSED) : this;
        return known.with(kill == null ? null : kill.inDoubt());
    }

    @Override
    public Phase eventsBegun() {
        return stop() instanceof Cause.Proof.Sure sure
                ? because(new Cause.Stop(new Cause.Proof.Doubted(sure.finishedAt())))
                : this;
    }
}
