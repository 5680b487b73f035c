package watchdog.policy;

import java.time.Duration;
import java.util.Set;

/**
 * What can be set about restarting.
 *
 * @param settle how long an exit that may be an operator's act is left alone
 * @param resetAfter how long a container must stay up until its tries are forgotten
 * @param giveUpAfter after how many tries in a row that did not last, or 0 for never
 * @param dependents whether to restart what joins a namespace of a container that was started anew
 * @param self id of the container that watchdog runs in, or empty
 */
public record Rules(
        RestartMode mode,
        Set<Trigger> restartOn,
        Duration settle,
        Backoff backoff,
        Duration resetAfter,
        CrashLoop crashLoop,
        int giveUpAfter,
        boolean dependents,
        String self) {

    /** The defaults. */
    public static final Rules DEFAULT = new Rules(
            RestartMode.ALWAYS,
            Set.of(Trigger.EXITED),
            Duration.ofSeconds(10),
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            Duration.ofMinutes(1),
            new CrashLoop(5, Duration.ofMinutes(10)),
            0,
            false,
            "");

    /** The same without a second try: the back-off is longer than one pass may take. */
    public Rules withoutRetries() {
        Backoff never = new Backoff(Duration.ofDays(365), Duration.ofDays(365));
        return new Rules(mode, restartOn, settle, never, resetAfter, crashLoop, giveUpAfter, dependents, self);
    }
}
