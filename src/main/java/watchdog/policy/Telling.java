package watchdog.policy;

import org.jspecify.annotations.Nullable;

/**
 * What was last reported about a container, so that it is not reported again.
 *
 * @param decision or null before the first
 * @param hold that was told to have begun, or null if none, or its end was told
 * @param callProblem why its last start or restart failed, or empty
 * @param inspectProblem why it could not be inspected, or empty
 * @param crashLoop whether a crash loop was told, and not yet its end
 * @param healthAwaited whether it was restarted for ill health, and it was not told yet what became of that
 */
public record Telling(
        @Nullable Decision decision,
        @Nullable Hold hold,
        String callProblem,
        String inspectProblem,
        boolean crashLoop,
        boolean healthAwaited) {

    /** Nothing was told. */
    static final Telling NONE = new Telling(null, null, "", "", false, false);

    Telling decided(Decision now) {
        return new Telling(now, hold, callProblem, inspectProblem, crashLoop, healthAwaited);
    }

    Telling held(@Nullable Hold now) {
        return new Telling(decision, now, callProblem, inspectProblem, crashLoop, healthAwaited);
    }

    Telling callFailed(String problem) {
        return new Telling(decision, hold, problem, inspectProblem, crashLoop, healthAwaited);
    }

    Telling inspectFailed(String problem) {
        return new Telling(decision, hold, callProblem, problem, crashLoop, healthAwaited);
    }

    Telling inCrashLoop(boolean now) {
        return new Telling(decision, hold, callProblem, inspectProblem, now, healthAwaited);
    }

    Telling awaitingHealth(boolean now) {
        return new Telling(decision, hold, callProblem, inspectProblem, crashLoop, now);
    }
}
