package watchdog.policy.explore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.policy.CallAnswer;
import watchdog.policy.Work;

/**
 * A start or a restart that is under way.
 *
 * @param asked when
 * @param isUnchecked whether it is a start of what was not inspected before, to be made at once or not at all
 * @param answer of the engine, not delivered yet, or null while it is at it
 */
record Call(
        Work work,
        Instant asked,
        boolean isUnchecked,
        Stage stage,
        @Nullable CallAnswer answer) {

    enum Stage {
        /** The engine has not begun. */
        ASKED,
        /** A restart has sent its signals. */
        TERMINATING,
        /** A restart has taken it down. */
        DOWN,
        /** There is an answer. */
        ANSWERED
    }

    Call at(Stage next) {
        return new Call(work, asked, isUnchecked, next, null);
    }

    Call answered(CallAnswer given) {
        return new Call(work, asked, isUnchecked, Stage.ANSWERED, given);
    }

    /** The same; it does not matter any more when it was asked, for somebody has begun anew meanwhile. */
    Call longAgo() {
        return new Call(work, Instant.MIN, isUnchecked, stage, answer);
    }

    boolean isAt(Stage other) {
        return stage == other;
    }

    /** Whether the engine is in the midst of taking it down and up again. */
    boolean isUnderWay() {
        return stage == Stage.TERMINATING || stage == Stage.DOWN;
    }
}
