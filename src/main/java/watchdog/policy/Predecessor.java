package watchdog.policy;

import java.time.Instant;

/**
 * Another container that is waited for before one is started.
 *
 * @param reason in words that complete "… because …"
 * @param until when it is not waited for any longer
 */
public record Predecessor(String reason, Instant until) {}
