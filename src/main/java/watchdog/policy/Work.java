package watchdog.policy;

import java.util.Locale;

/** What watchdog does with a container. */
public enum Work {
    START,
    RESTART;

    /** The word for it in a log line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
