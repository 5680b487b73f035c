package watchdog.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import watchdog.policy.Container;

/** What was told about one container, or about the engine and watchdog itself, and what waits to be. */
final class Subject {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MOST_IN_WINDOW = 2;

    /** Of what is known to be wrong by who is told, the last notice by problem. */
    private final Map<String, Notice> told = new HashMap<>();

    /** The last of each kind that was not told. */
    private final Map<String, Notice> waiting = new LinkedHashMap<>();

    /** The messages within the last hour. */
    private final Deque<Instant> messages = new ArrayDeque<>();

    /** When each kind was told last, if within the last hour. */
    private final Map<String, Instant> kinds = new HashMap<>();

    private int leftOut;

    private final boolean isContainer;

    Subject(boolean isContainer) {
        this.isContainer = isContainer;
    }

    /** Puts what waits to be told as an end of that kind in the words of this notice; returns whether there is any. */
    boolean putEndInWordsOf(Notice notice) {
        boolean isEnd = false;
        for (Map.Entry<String, Notice> entry : waiting.entrySet()) {
            Notice before = entry.getValue();
            if (before.status() == Notice.Status.RECOVERY && before.what() == notice.what()) {
                entry.setValue(notice.asRecovery());
                isEnd = true;
            }
        }
        return isEnd;
    }

    void take(Notice notice, String key, Instant now) {
        forgetWhatIsOld(now);
        Notice before = waiting.get(key);
        if (isNoNews(notice, key)) {
            if (before == null) {
                return;
            }
            if (!hasToWait(key, before)) {
                // It came and went.
                waiting.remove(key);
                return;
            }
        }
        if (before != null && !isSame(before, notice)) {
            leftOut++;
        }
        waiting.put(key, notice);
    }

    /** Whether that is the same problem still; what just happens, happens each time. */
    private static boolean isSame(Notice before, Notice now) {
        return now.status() == Notice.Status.PROBLEM && before.status() == now.status() && before.isLike(now);
    }

    /** Whether that is so already to the knowledge of who is told. */
    private boolean isNoNews(Notice notice, String key) {
        Notice known = told.get(key);
        return switch (notice.status()) {
            case PROBLEM -> known != null && known.isLike(notice);
            case RECOVERY -> known == null;
            case NOTE -> false;
        };
    }

    private static String kind(String key, Notice notice) {
        return key + " " + notice.status();
    }

    private boolean hasToWait(String key, Notice notice) {
        return isContainer && messages.size() >= MOST_IN_WINDOW && kinds.containsKey(kind(key, notice));
    }

    /** Whether that problem was told, or waits to be, and its end does not. */
    boolean knows(String problem) {
        Notice next = waiting.get(problem);
        return next == null ? told.containsKey(problem) : next.status() == Notice.Status.PROBLEM;
    }

    Set<String> problems() {
        Set<String> problems = new LinkedHashSet<>(told.keySet());
        waiting.forEach((key, notice) -> {
            if (notice.status() == Notice.Status.PROBLEM) {
                problems.add(key);
            }
        });
        return problems;
    }

    /** The container, if one has a problem. */
    Optional<Container> container() {
        return Stream.concat(told.values().stream(), waiting.values().stream())
                .flatMap(notice -> notice.container().stream())
                .findFirst();
    }

    List<Notice> tell(Instant now) {
        forgetWhatIsOld(now);
        Map<String, Notice> next = new LinkedHashMap<>(waiting);
        next.entrySet().removeIf(entry -> hasToWait(entry.getKey(), entry.getValue()));
        if (next.isEmpty()) {
            return List.of();
        }
        next.forEach((key, notice) -> {
            waiting.remove(key);
            kinds.put(kind(key, notice), now);
            if (notice.status() == Notice.Status.PROBLEM) {
                told.put(key, notice);
            } else {
                told.remove(key);
            }
        });
        messages.add(now);
        // What ends several problems is told once.
        List<Notice> notices = new ArrayList<>(new LinkedHashSet<>(next.values()));
        notices.set(0, notices.get(0).withLeftOut(leftOut));
        leftOut = 0;
        return notices;
    }

    private void forgetWhatIsOld(Instant now) {
        Instant old = now.minus(WINDOW);
        messages.removeIf(at -> !at.isAfter(old));
        kinds.values().removeIf(at -> !at.isAfter(old));
    }

    /** When what waits may be told. */
    Optional<Instant> next() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.element().plus(WINDOW));
    }

    boolean isOver() {
        return told.isEmpty() && waiting.isEmpty() && messages.isEmpty();
    }
}
