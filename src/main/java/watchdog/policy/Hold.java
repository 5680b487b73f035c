package watchdog.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * As long as it is there, nothing is done with the containers that it names: an operator makes a backup, or works on them.
 *
 * @param pattern the name of a container, or a glob
 * @param until when it ends by itself, by the wall clock, or null if somebody has to release it
 * @param problem what is wrong with the time that it is to end at, or null
 */
public record Hold(
        NamePattern pattern,
        @Nullable Instant until,
        @Nullable String problem) {

    /** In words that complete "it is …": {@code held until 2026-11-27T12:00:00Z}. */
    public String inWords() {
        return until == null ? "held" : "held until " + until.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether it has come to its end by itself. */
    public boolean isOver(Instant wallClock) {
        return until != null && !wallClock.isBefore(until);
    }

    private boolean isLonger(Hold other) {
        return until == null || (other.until != null && until.isAfter(other.until));
    }

    /** The one of the two that ends later. */
    static Hold longer(Hold one, Hold other) {
        return other.isLonger(one) ? other : one;
    }
}
