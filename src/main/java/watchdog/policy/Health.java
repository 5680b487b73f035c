package watchdog.policy;

import java.util.Locale;

/** What a container's health check says, in the engine's own words. */
public enum Health {
    /** There is no health check. */
    NONE,
    STARTING,
    HEALTHY,
    UNHEALTHY;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The health of that name; {@link #NONE} for any other word. */
    public static Health of(String word) {
        for (Health health : values()) {
            if (health.word.equals(word)) {
                return health;
            }
        }
        return NONE;
    }

    /** Docker's word. */
    @Override
    public String toString() {
        return word;
    }
}
