package watchdog.policy;

/** Why a container is down, as far as anybody saw. */
public enum Exit {
    /** It is not down. */
    NONE,
    /** It was found down; nobody saw why. */
    UNSEEN,
    /** It ended by itself. */
    CRASH,
    /** It ended by itself because its memory limit was reached. */
    OUT_OF_MEMORY,
    /** It went down together with the engine. */
    OUTAGE,
    /** An operator ended it, or else an engine that shuts down: the two look the same at first. */
    PERHAPS_STOPPED,
    /** An operator ended it: the engine went on after that. */
    STOPPED;

    /** Whether an operator ended it, for all that is known. */
    public boolean isStop() {
        return this == PERHAPS_STOPPED || this == STOPPED;
    }
}
