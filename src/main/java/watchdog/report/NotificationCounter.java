package watchdog.report;

/** Counts what becomes of notifications. */
@FunctionalInterface
public interface NotificationCounter {

    /** Nobody wants to know. */
    NotificationCounter NONE = (target, result) -> {};

    /** What has become of one, or of a try. */
    enum Result {
        /** The target has taken it. */
        SENT,
        /** A try has failed, and another one follows. */
        RETRIED,
        /** It is lost. */
        DROPPED
    }

    /**
     * Counts one. On any thread.
     *
     * @param target as it is called in the log, without what is secret of it
     */
    void count(String target, Result result);
}
