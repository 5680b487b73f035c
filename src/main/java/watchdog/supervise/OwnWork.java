package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Kill;
import watchdog.policy.Outcome;

/** What watchdog itself does with a container, and what of that the engine has told: events may come late. */
final class OwnWork {

    private static final Duration EVENTS_TAKE = Duration.ofSeconds(5);

    private Work work = Work.NONE;
    private Instant begun = Instant.MIN;

    /** Whether the start that came of it was told. */
    private boolean toldUp;

    /** Until when a start that is told is taken for the one that came of it, and no news. */
    private Instant startOverdue = Instant.MIN;

    /** Until when a stop that is told is taken for that of a restart which took it down and could not start it. */
    private Instant stopOverdue = Instant.MIN;

    /** What it was sent since a restart began: by that restart, or by an operator who came before it. */
    private @Nullable Kill meanwhile;

    private boolean died;

    void begin(Work what, Instant now) {
        work = what;
        begun = now;
        toldUp = false;
        startOverdue = Instant.MIN;
        died = false;
        meanwhile = null;
    }

    Work what() {
        return work;
    }

    boolean isUnderWay() {
        return work != Work.NONE;
    }

    /** When the last one began. */
    Instant begun() {
        return begun;
    }

    /** Whether the container is being restarted, and not yet told to be up again: what befalls it may be the restart's doing. */
    boolean isTakingDown() {
        return work == Work.RESTART && !toldUp;
    }

    /**
     * A start was told.
     *
     * @return whether it is news, and not the one that was known of already
     */
    boolean started(Instant now) {
        toldUp = true;
        stopOverdue = Instant.MIN;
        boolean overdue = now.isBefore(startOverdue);
        startOverdue = Instant.MIN;
        died &= overdue;
        return !overdue;
    }

    /** The container has died, or was found to have. */
    void died() {
        died = true;
    }

    /** Whether the container has died since the work began, or since the start that came of it. */
    boolean hasDied() {
        return died;
    }

    /**
     * A signal was told, or a stop.
     *
     * @return whether it is news: whoever sends one while a restart takes the container down is told from the restart when
     *     that ends
     */
    boolean signalled(Kill kill, Instant now) {
        if (!now.isAfter(stopOverdue)) {
            return false;
        }
        if (isTakingDown()) {
            meanwhile = kill;
            return false;
        }
        return true;
    }

    /**
     * The work has come to its end.
     *
     * @return what an operator has sent meanwhile, or null if that was nothing, or may have been the engine for watchdog
     */
    @Nullable
    Kill ended(Outcome outcome) {
        work = Work.NONE;
        return mayHaveSignalled(outcome) ? null : meanwhile;
    }

    private static boolean mayHaveSignalled(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                ? failed.seen().isDown()
                : outcome.isTry() || outcome instanceof Outcome.Orphaned;
    }

    /** The work was a restart that took the container down and could not start it; the stop may still be told. */
    void tookDown(Instant now) {
        died = true;
        stopOverdue = now.plus(EVENTS_TAKE);
    }

    /**
     * The engine has accepted its start, or its restart.
     *
     * @return whether that is news, as the start was not told yet
     */
    boolean accepted(Instant now) {
        if (!toldUp) {
            startOverdue = now.plus(EVENTS_TAKE);
        }
        return !toldUp;
    }
}
