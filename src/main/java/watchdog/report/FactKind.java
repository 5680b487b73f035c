package watchdog.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of fact it is, or of decision or outcome, by one word for programs: {@code crash-loop}. */
public enum FactKind {
    WATCHING,
    RELOADED,
    RELOAD_REFUSED,
    ENGINE_FOUND,
    ENGINE_LOST,
    LISTING_FAILED,
    ENGINE_RESTARTED,
    EVENTS_LOST,
    EVENTS_FOUND,
    EVENTS_BEGUN,
    EVENTS_ENDED,
    LISTED,
    MISSING,
    APPEARED,
    FOUND_DOWN,
    START,
    RESTART,
    WAIT,
    LEAVE,
    GIVE_UP,
    UP,
    WENT_DOWN,
    FAILED,
    UNKNOWN,
    NOT_NEEDED,
    GONE,
    CRASH_LOOP,
    CRASH_LOOP_OVER,
    HEALTHY_AGAIN,
    HELD,
    RELEASED,
    RENAMED,
    LABEL_PROBLEM,
    DOCKER_POLICY,
    NOT_INSPECTED,
    HUNG,
    OWN_FAULT,
    /** Nothing has happened: somebody tries whether they are told. */
    TEST;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The kind of that word, if it is one. */
    public static Optional<FactKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** The word. */
    @Override
    public String toString() {
        return word;
    }
}
