package watchdog.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A start or a restart that watchdog is at, step by step.
 *
 * @param reason why, in words that complete "… because …"
 * @param cause what it answers
 * @param since when this step began: an answer to what was asked before says nothing
 * @param start whether the start that comes of it was told
 * @param areEventsMissed whether events have ended or begun since the call, so that some of it may not be told
 * @param runStartedAt when the run that a restart ends was started, by the engine's clock, or null where that is not known
 * @param isForHealth whether it is called for because the container is unhealthy
 * @param isStopTold whether a signal that is meant to end it was told since the call
 * @param answer of the engine to the call, or null before
 */
public record Operation(
        Work work,
        String reason,
        RestartCause cause,
        Step step,
        Instant since,
        StartTold start,
        boolean areEventsMissed,
        @Nullable Instant runStartedAt,
        boolean isForHealth,
        boolean isStopTold,
        @Nullable CallAnswer answer) {

    /** Whether the start that comes of a call was told. */
    public enum StartTold {
        /** Not yet, nor the death in that restart, which is told before it. */
        DEATH_AWAITED,
        AWAITED,
        YES
    }

    /** The steps, in order. */
    public enum Step {
        /** It waits for its turn: only so many are worked on at a time. */
        PLACE(false),
        /** The container is inspected: somebody may have done something with it since it was last seen. */
        CHECK(false),
        /** Its providers are inspected. */
        CHECK_PROVIDERS(false),
        /** The engine is asked to do it. */
        CALL(true),
        /** It is left alone for a moment, to see that it stays up. */
        SETTLE(true),
        /** It is inspected, to see what has become of it. */
        VERIFY(true);

        private final boolean isFromCallOn;

        Step(boolean isFromCallOn) {
            this.isFromCallOn = isFromCallOn;
        }
    }

    static Operation begun(Work work, String reason, RestartCause cause, Step step, Instant now) {
        return new Operation(work, reason, cause, step, now, StartTold.AWAITED, false, null, false, false, null);
    }

    Operation at(Step next, Instant now) {
        return new Operation(
                work, reason, cause, next, now, start, areEventsMissed, runStartedAt, isForHealth, isStopTold, answer);
    }

    Operation answered(CallAnswer given, Step next, Instant now) {
        return new Operation(
                work, reason, cause, next, now, start, areEventsMissed, runStartedAt, isForHealth, isStopTold, given);
    }

    Operation withStart(StartTold told) {
        return new Operation(
                work, reason, cause, step, since, told, areEventsMissed, runStartedAt, isForHealth, isStopTold, answer);
    }

    Operation forHealth(boolean isIll) {
        return new Operation(
                work, reason, cause, step, since, start, areEventsMissed, runStartedAt, isIll, isStopTold, answer);
    }

    Operation withStopTold() {
        return new Operation(
                work, reason, cause, step, since, start, areEventsMissed, runStartedAt, isForHealth, true, answer);
    }

    /** The engine is asked to do it; the run that a restart ends was started at that time, if that is known. */
    Operation called(@Nullable Instant startedAt, Instant now) {
        return new Operation(
                work,
                reason,
                cause,
                Step.CALL,
                now,
                work == Work.RESTART ? StartTold.DEATH_AWAITED : StartTold.AWAITED,
                false,
                startedAt,
                isForHealth,
                isStopTold,
                answer);
    }

    /**
     * A death was told. That of a run before the one that a restart ends changes nothing: it was told before the restart's own
     * signal, and the engine's clock knows it. The clock alone may have been set back, and not every engine tells the signal.
     */
    Operation withDeath(Input.Died death) {
        boolean isOfRunBefore = !isStopTold
                && death.at() != null
                && runStartedAt != null
                && death.at().isBefore(runStartedAt);
        return isDeathAwaited() && !isOfRunBefore ? withStart(StartTold.AWAITED) : this;
    }

    /** Events were missed, or may have been. */
    Operation withEventsMissed() {
        return new Operation(
                work, reason, cause, step, since, start, true, runStartedAt, isForHealth, isStopTold, answer);
    }

    /** Whether the engine is restarting it and has not told that it is up again: what befalls it may be the restart's doing. */
    boolean isTakingDown() {
        boolean hasNotBegun = answer instanceof CallAnswer.Refused refused && !refused.begun();
        return work == Work.RESTART && step.isFromCallOn && start != StartTold.YES && !hasNotBegun && !isAccepted();
    }

    /** Whether the death in this restart is still to be told, or was missed. */
    boolean isDeathAwaited() {
        return start == StartTold.DEATH_AWAITED;
    }

    /** Whether it has worked, and all that is told until its start is of the run before. */
    boolean isAheadOfEvents() {
        return isAccepted() && start != StartTold.YES && !areEventsMissed;
    }

    /** Whether the engine was asked for a start of which the event may have been missed: a signal shows that it runs. */
    boolean isStartMissed() {
        return work == Work.START && step.isFromCallOn && start != StartTold.YES && areEventsMissed;
    }

    /** Whether this step asks what the container is like. */
    boolean isInspecting() {
        return switch (step) {
            case CHECK, VERIFY -> true;
            case PLACE, CHECK_PROVIDERS, CALL, SETTLE -> false;
        };
    }

    /** Whether the engine has accepted it, and it is to be seen whether it stays up. */
    boolean isAccepted() {
        return answer instanceof CallAnswer.Accepted;
    }
}
