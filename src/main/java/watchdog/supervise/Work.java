package watchdog.supervise;

import java.util.Locale;

/** What is being done with a container, so that nothing else is done with it meanwhile. */
public enum Work {
    NONE,
    START,
    RESTART;

    /** The word for it in a log line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
