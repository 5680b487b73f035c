package watchdog.supervise;

/** Why a container is down, in truth. */
enum Cause {
    /** It is not. */
    NONE,
    CRASH,
    OPERATOR,
    /** Either of the two, for all that a watchdog can see: as when it dies some time after a signal. */
    UNCLEAR,
    /** In the course of watchdog's own restart. */
    WATCHDOG,
    OUTAGE
}
