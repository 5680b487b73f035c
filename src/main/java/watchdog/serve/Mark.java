package watchdog.serve;

import java.util.Set;
import watchdog.policy.RestartCause;
import watchdog.report.FactKind;
import watchdog.report.Moment;

/** What a fact of the last day is marked by; starts are those by watchdog, restarts included. */
enum Mark {
    AFTER_CRASH,
    AFTER_WANT_OF_MEMORY,
    AFTER_OUTAGE,
    AFTER_ILL_HEALTH,
    /** A start for any other cause. */
    START,
    FAILED,
    /** It is in a crash loop, or was given up. */
    ALARM,
    NOTE;

    private static final Set<FactKind> ALARMS = Set.of(FactKind.CRASH_LOOP, FactKind.GIVE_UP);

    static Mark of(Moment moment) {
        FactKind what = moment.what();
        return moment.cause()
                .map(cause -> what == FactKind.UP ? after(cause) : FAILED)
                .orElse(ALARMS.contains(what) ? ALARM : NOTE);
    }

    private static Mark after(RestartCause cause) {
        return switch (cause) {
            case CRASH -> AFTER_CRASH;
            case OUT_OF_MEMORY -> AFTER_WANT_OF_MEMORY;
            case OUTAGE -> AFTER_OUTAGE;
            case UNHEALTHY -> AFTER_ILL_HEALTH;
            case OWN_RESTART, UNWITNESSED, OPERATORS_STOP, FIRST_START_FAILED, NAMESPACE_LOST -> START;
        };
    }

    /** Whether it is of a start, successful or not. */
    boolean isStart() {
        return this != ALARM && this != NOTE;
    }
}
