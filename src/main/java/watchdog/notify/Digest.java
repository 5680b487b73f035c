package watchdog.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;

/**
 * What of all that happens is told, and when: a state machine without a clock and without I/O.
 *
 * <p>A problem is told once until it is another one, and its end only if it was told. What happens within a few seconds is told
 * together; a problem that is over by then is not told. About the same container there are two messages an hour, and further
 * ones only with a kind of problem or of recovery that was not told within that hour. All else waits until the hour is over: the
 * last of each kind is told then, with the count of what was left out. What is about no container has no such limit.
 */
final class Digest {

    static final Duration WINDOW = Duration.ofHours(1);
    static final int MOST_IN_WINDOW = 2;

    private final Selection selection;
    private final Duration groupWait;
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private @Nullable Instant due;

    /** @param groupWait how long what is to be told waits for what belongs to it */
    Digest(Selection selection, Duration groupWait) {
        this.selection = selection;
        this.groupWait = groupWait;
    }

    /** Takes in what has happened. */
    void happened(Notice notice, Instant now) {
        boolean isEnd = end(notice.about(), notice.ends(), notice.asRecovery(), now) || isEndAlready(notice);
        if (!isEnd && selection.tells(notice)) {
            take(notice, notice.key(), now);
        }
    }

    /** Whether just that waits to be told as the end of a problem; it is told in these words then. */
    private boolean isEndAlready(Notice notice) {
        Subject subject = subjects.get(notice.about());
        return subject != null && subject.putEndInWordsOf(notice);
    }

    /**
     * Takes in that a container is up, or healthy, whoever has done that.
     *
     * @param notice that says so
     */
    void isSo(Notice notice, Instant now) {
        end(notice.about(), notice.ends(), notice.asRecovery(), now);
    }

    /**
     * Takes in that a container is gone, or is not watched any more.
     *
     * @param notice says so
     */
    void isGone(String id, Function<Container, Notice> notice, Instant now) {
        Subject subject = subjects.get(id);
        if (subject != null) {
            subject.container()
                    .ifPresent(container ->
                            end(id, subject.problems(), notice.apply(container).asRecovery(), now));
        }
    }

    /** Whether one of these problems was known, and has ended by that. */
    private boolean end(String about, Collection<String> problems, Notice recovery, Instant now) {
        Subject subject = subjects.get(about);
        List<String> known = subject == null
                ? List.of()
                : problems.stream().filter(subject::knows).toList();
        known.forEach(problem -> take(recovery, problem, now));
        return !known.isEmpty();
    }

    private void take(Notice notice, String key, Instant now) {
        subjects.computeIfAbsent(
                        notice.about(), none -> new Subject(notice.container().isPresent()))
                .take(notice, key, now);
        Instant soon = now.plus(groupWait);
        if (due == null || due.isAfter(soon)) {
            due = soon;
        }
    }

    /** When {@link #due(Instant)} has something to tell, perhaps; none if nothing waits. */
    Optional<Instant> next() {
        return Optional.ofNullable(due);
    }

    /** What is to be told together at that moment, which then has been told; perhaps nothing. */
    List<Notice> due(Instant now) {
        if (due == null || now.isBefore(due)) {
            return List.of();
        }
        return tell(now);
    }

    /** The same, with what has not waited for long enough. */
    List<Notice> atOnce(Instant now) {
        return tell(now);
    }

    /** Of how many containers something is kept. */
    int size() {
        return subjects.size();
    }

    private List<Notice> tell(Instant now) {
        List<Notice> told = new ArrayList<>();
        subjects.values().forEach(subject -> told.addAll(subject.tell(now)));
        subjects.values().removeIf(Subject::isOver);
        due = subjects.values().stream()
                .map(Subject::next)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return told;
    }

    /** What was told about one container, or about the engine and watchdog itself, and what waits to be. */
    private static final class Subject {

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

        boolean putEndInWordsOf(Notice notice) {
            boolean isEnd = false;
            for (Map.Entry<String, Notice> entry : waiting.entrySet()) {
                Notice before = entry.getValue();
                if (before.status() == Notice.Status.RECOVERY && before.what().equals(notice.what())) {
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
}
