package watchdog.supervise;

import java.time.Instant;

/** What the loop remembers of a container. */
final class Supervised {

    /** Whether a start is under way, in which case there is no second. */
    boolean starting;

    /** When the last start came to its end: what was seen before that says nothing about what is now. */
    Instant knownSince = Instant.MIN;
}
