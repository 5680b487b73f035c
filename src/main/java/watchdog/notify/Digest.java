package watchdog.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;

/**
 * What of all that happens is told, and when: a state machine without a clock and without I/O.
 *
 * <p>A problem is told once until it is another one, and its end only if it was told. What happens within a few seconds is told
 * together; a problem that is over by then is not told. About the same container there are two messages an hour, and further
 * ones only with a kind of problem, of recovery or of note that was not told within that hour. All else waits until the hour
 * is over: the last of each kind is told then, with the count of what was left out. What is about no container has no such limit.
 */
final class Digest {

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
}
