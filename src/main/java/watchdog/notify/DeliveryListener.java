package watchdog.notify;

/** Is told what becomes of each message to a target; for metrics. */
@FunctionalInterface
public interface DeliveryListener {

    /** Takes it in, on the thread of the target. */
    void told(String target, Outcome outcome);

    /** What became of a message. */
    enum Outcome {
        /** The target has taken it. */
        SENT,
        /** A try has failed, and there is another one. */
        RETRIED,
        /** It is lost. */
        DROPPED
    }
}
