package watchdog.notify;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is told, by the word that facts have as {@code what}.
 *
 * @param problems whether the usual problems are, each with its recovery
 * @param kinds what else is
 */
public record Selection(boolean problems, Set<String> kinds) {

    /** The word for the usual problems. */
    public static final String PROBLEMS = "problems";

    private static final String ALL = "all";

    /** The usual ones, of which a restart is one only if it is for ill health. */
    private static final Set<String> USUAL = Set.of(
            "failed", "went-down", "unknown", "crash-loop", "give-up", "restart", "engine-lost", "listing-failed");

    /** All that the log tells at level info or above. */
    static final Set<String> KINDS = Collections.unmodifiableSet(new TreeSet<>(List.of(
            "watching",
            "reloaded",
            "reload-refused",
            "engine-found",
            "engine-lost",
            "listing-failed",
            "engine-restarted",
            "events-lost",
            "events-found",
            "missing",
            "appeared",
            "found-down",
            "start",
            "restart",
            "wait",
            "leave",
            "give-up",
            "up",
            "went-down",
            "failed",
            "unknown",
            "not-needed",
            "gone",
            "crash-loop",
            "crash-loop-over",
            "healthy-again",
            "held",
            "released",
            "renamed",
            "label-problem",
            "docker-policy",
            "not-inspected",
            "hung",
            "own-fault")));

    public Selection {
        kinds = Set.copyOf(kinds);
    }

    /**
     * Reads words with commas between: {@code problems}, {@code all}, and kinds.
     *
     * @throws IllegalArgumentException saying which one is none of these, and what would be right
     */
    public static Selection parse(String words) {
        boolean problems = false;
        Set<String> kinds = new TreeSet<>();
        for (String word : words.split(",", -1)) {
            if (word.equals(PROBLEMS)) {
                problems = true;
            } else if (word.equals(ALL)) {
                kinds.addAll(KINDS);
            } else if (KINDS.contains(word)) {
                kinds.add(word);
            } else {
                throw new IllegalArgumentException(
                        "'" + word + "': use problems, all, or some of " + String.join(", ", KINDS));
            }
        }
        return new Selection(problems, kinds);
    }

    boolean tells(Notice notice) {
        boolean isUsual = notice.status() == Notice.Status.PROBLEM && USUAL.contains(notice.what());
        return kinds.contains(notice.what()) || (problems && isUsual);
    }
}
