package watchdog.policy;

import java.util.Locale;

/** What a start or a restart answers: as {@link Cause}, without what is known in each case, and what befalls one that is not down. */
public enum RestartCause {
    CRASH,
    OUT_OF_MEMORY,
    OUTAGE,
    OWN_RESTART,
    UNWITNESSED,
    OPERATORS_STOP,
    FIRST_START_FAILED,
    UNHEALTHY,
    NAMESPACE_LOST;

    /**
     * What has befallen it.
     *
     * @param isIll whether it is up, and restarted for ill health
     */
    static RestartCause of(Phase phase, boolean isIll) {
        if (phase instanceof Down down) {
            return down.cause() instanceof Cause.Accident accident ? of(accident) : OPERATORS_STOP;
        }
        if (phase instanceof Created) {
            return FIRST_START_FAILED;
        }
        return isIll ? UNHEALTHY : NAMESPACE_LOST;
    }

    private static RestartCause of(Cause.Accident accident) {
        return switch (accident) {
            case CRASH -> CRASH;
            case OUT_OF_MEMORY -> OUT_OF_MEMORY;
            case OUTAGE -> OUTAGE;
            case OWN_RESTART -> OWN_RESTART;
            case UNWITNESSED -> UNWITNESSED;
        };
    }

    /** The word for it, for programs: {@code out-of-memory}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
