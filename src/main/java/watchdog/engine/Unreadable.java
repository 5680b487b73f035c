package watchdog.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once of each part of an answer that cannot be read and is left out. Safe for use by many threads. */
final class Unreadable {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    /** How many parts are remembered: enough for a person to act on, and a bound for memory. */
    private static final int MOST_TOLD = 100;

    private static final Pattern ID = Pattern.compile("\"I[dD]\"\\s*:\\s*\"([0-9a-f]{12})[0-9a-f]{52}\"");

    private final Set<String> told = new HashSet<>();

    /**
     * Tells of one.
     *
     * @param where endpoint and request
     */
    synchronized void tell(String where, Piece piece, Exception why) {
        Matcher id = ID.matcher(piece.start());
        String what = id.find() ? "container " + id.group(1) : "a part";
        String line = where + ": left out " + what + ", which cannot be read: " + why.getMessage();
        if (told.size() < MOST_TOLD && told.add(line)) {
            LOG.warn(line);
            if (told.size() == MOST_TOLD) {
                LOG.warn("{}: no more of what cannot be read is told", where);
            }
        }
    }
}
