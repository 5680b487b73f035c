package watchdog.notify;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import watchdog.report.FactKind;

/**
 * What is told, by kinds of facts.
 *
 * @param problems whether the usual problems are, each with its recovery
 * @param kinds what else is
 */
public record Selection(boolean problems, Set<FactKind> kinds) {

    /** The word for the usual problems. */
    public static final String PROBLEMS = "problems";

    private static final String ALL = "all";

    /** The usual ones, of which a restart is one only if it is for ill health. */
    private static final Set<FactKind> USUAL = EnumSet.of(
            FactKind.FAILED,
            FactKind.WENT_DOWN,
            FactKind.UNKNOWN,
            FactKind.CRASH_LOOP,
            FactKind.GIVE_UP,
            FactKind.RESTART,
            FactKind.ENGINE_LOST,
            FactKind.LISTING_FAILED);

    /** All that the log tells at level info or above. */
    static final Set<FactKind> KINDS = Collections.unmodifiableSet(EnumSet.complementOf(
            EnumSet.of(FactKind.LISTED, FactKind.EVENTS_BEGUN, FactKind.EVENTS_ENDED, FactKind.TEST)));

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
        Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
        for (String word : words.split(",", -1)) {
            Optional<FactKind> kind = FactKind.of(word).filter(KINDS::contains);
            if (word.equals(PROBLEMS)) {
                problems = true;
            } else if (word.equals(ALL)) {
                kinds.addAll(KINDS);
            } else if (kind.isPresent()) {
                kinds.add(kind.get());
            } else {
                throw new IllegalArgumentException("'" + word + "': use problems, all, or some of " + allWords());
            }
        }
        return new Selection(problems, kinds);
    }

    private static String allWords() {
        return KINDS.stream().map(FactKind::toString).sorted().collect(Collectors.joining(", "));
    }

    boolean tells(Notice notice) {
        boolean isUsual = notice.status() == Notice.Status.PROBLEM && USUAL.contains(notice.what());
        return kinds.contains(notice.what()) || (problems && isUsual);
    }
}
