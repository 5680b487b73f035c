package watchdog.policy;

import java.util.Locale;

/** In what state a container is restarted. */
public enum Trigger {
    EXITED,
    /** Running, and its health check fails. */
    UNHEALTHY,
    /** Created, and its first start has failed. */
    CREATED;

    /** The word on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
