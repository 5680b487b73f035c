package watchdog.supervise;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fuzzes the state file, and with it all that {@link watchdog.engine.Json#read} reads: it is refused in one way only, and what is
 * read of it can be written and read again.
 */
public final class StateFuzz {

    private StateFuzz() {}

    public static void fuzzerTestOneInput(byte[] file) {
        try {
            Map<String, Instant> stopped = new TreeMap<>();
            StateFormat.parse(file).forEach((id, finishedAt) -> put(stopped, id, finishedAt));
            Map<String, Instant> again = new TreeMap<>();
            StateFormat.parse(StateFormat.text(stopped)).forEach((id, finishedAt) -> put(again, id, finishedAt));
            if (!again.equals(stopped)) {
                throw new AssertionError(stopped + ", and again " + again);
            }
        } catch (StateFormat.MalformedStateException e) {
            // The interface says so.
        }
    }

    private static void put(Map<String, Instant> stopped, String id, String finishedAt) {
        try {
            stopped.put(id, Instant.parse(finishedAt));
        } catch (DateTimeException e) {
            // As an entry that is skipped.
        }
    }
}
