package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run that may explain its end.
 *
 * @param kill the signal of which it may yet die, or null
 * @param outOfMemoryAt when a process in it was ended for want of memory last, or null
 * @param engineGone whether the engine has gone, and it was not seen since
 * @param eventsEndedAt when the events ended, if it was not seen since, or null
 */
public record Evidence(
        @Nullable Kill kill,
        @Nullable Instant outOfMemoryAt,
        boolean engineGone,
        @Nullable Instant eventsEndedAt) {

    static final Evidence NONE = new Evidence(null, null, false, null);

    /** A child's death by the memory limit may come well before that of the main process. */
    private static final Duration OUT_OF_MEMORY_TAKES = Duration.ofSeconds(10);

    /** An allowance for the times of a listing, which are rounded to seconds. */
    private static final Duration ROUNDED = Duration.ofSeconds(2);

    /** The longest restart of an engine that no request noticed. */
    private static final Duration A_RESTART_TAKES = Duration.ofSeconds(15);

    /** The cause of a death that was told. */
    Cause ofDeath(Input.Died death, Instant at) {
        if (kill != null && kill.explains(at)) {
            return asSignalled(kill, death.at());
        }
        if (outOfMemoryAt != null && !at.isAfter(outOfMemoryAt.plus(OUT_OF_MEMORY_TAKES))) {
            return Cause.Accident.OUT_OF_MEMORY;
        }
        return death.isExplained() ? Cause.Accident.CRASH : Cause.Accident.UNWITNESSED;
    }

    /** The cause of a death that no event told, for a container that has been down since then. */
    Cause ofUntoldDeath(Instant downSince) {
        boolean maybeKilled = false;
        if (kill != null && kill.explains(downSince)) {
            if (kill.own() || !kill.doubted()) {
                return asSignalled(kill, null);
            }
            maybeKilled = true;
        }
        boolean withEngine = engineGone || (!maybeKilled && isAboutTheEndOfEvents(downSince));
        return withEngine ? Cause.Accident.OUTAGE : Cause.Accident.UNWITNESSED;
    }

    /** The signal of which it may have died then, or which may hide others yet, or null. */
    @Nullable
    Kill killBefore(Instant death) {
        return kill != null && kill.explains(death) ? kill : null;
    }

    /** A signal that is not meant to end the process may have done so, or it has crashed just then: nobody knows. */
    private static Cause asSignalled(Kill kill, @Nullable Instant diedAt) {
        if (!kill.toStop()) {
            return Cause.Accident.UNWITNESSED;
        }
        return kill.own() ? Cause.Accident.OWN_RESTART : new Cause.Stop(new Cause.Proof.Told(diedAt));
    }

    /** The events end at an engine's end, and containers go down before that or, if it was killed, when the next one begins. */
    private boolean isAboutTheEndOfEvents(Instant downSince) {
        return eventsEndedAt != null
                && !downSince.isBefore(eventsEndedAt.minus(ROUNDED))
                && !downSince.isAfter(eventsEndedAt.plus(A_RESTART_TAKES));
    }

    Evidence with(@Nullable Kill other) {
        return new Evidence(other, outOfMemoryAt, engineGone, eventsEndedAt);
    }

    /** The same, with a signal that was told since then taken for an operator's, not watchdog's own. */
    Evidence byOthersSince(Instant then) {
        return kill == null || kill.at().isBefore(then) ? this : with(kill.by(false));
    }

    /** It was sent one more signal, so that it ran and there was an engine. */
    Evidence signalled(Kill later) {
        boolean isHidden = kill != null && kill.hides(later);
        return new Evidence(isHidden ? kill : later, outOfMemoryAt, false, null);
    }

    Evidence outOfMemory(Instant now) {
        return new Evidence(kill, now, engineGone, eventsEndedAt);
    }

    /** It was seen to run: it has survived the end of the engine or of the events, and with it what was sent before. */
    Evidence seenUp() {
        return new Evidence(engineGone ? null : kill, outOfMemoryAt, false, null);
    }

    Evidence engineGone(Instant now) {
        boolean beingStopped = kill != null && !kill.doubted() && kill.explains(now);
        return new Evidence(kill, outOfMemoryAt, !beingStopped, eventsEndedAt);
    }

    Evidence eventsEnded(Instant now) {
        return new Evidence(kill == null ? null : kill.inDoubt(), outOfMemoryAt, engineGone, now);
    }
}
