package watchdog.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The last day of a container, or of the engine, as far as it is remembered.
 *
 * @param spans how it was, oldest first, one after the other; only the last one still lasts
 * @param moments what was told of it, oldest first
 */
public record Day(List<Span> spans, List<Moment> moments) {

    /** So many of the last facts are kept, and so many of the last spans. */
    static final int MOST = 500;

    /** Of one nothing is known. */
    public static final Day NONE = new Day(List.of(), List.of());

    Day with(Moment next) {
        return new Day(spans, appended(moments, next));
    }

    Day with(Span next) {
        if (spans.isEmpty()) {
            return new Day(List.of(next), moments);
        }
        int last = spans.size() - 1;
        if (spans.get(last).isLike(next)) {
            return this;
        }
        List<Span> ended = new ArrayList<>(spans);
        ended.set(last, spans.get(last).until(next.from()));
        return new Day(appended(ended, next), moments);
    }

    private static <T> List<T> appended(List<T> before, T next) {
        List<T> all = new ArrayList<>(before.subList(Math.max(0, before.size() + 1 - MOST), before.size()));
        all.add(next);
        return List.copyOf(all);
    }

    /** What was after that time: facts later than it, and spans that ended later or still last. */
    Day after(Instant time) {
        return new Day(
                later(spans, span -> span.to().map(end -> end.isAfter(time)).orElse(true)),
                later(moments, moment -> moment.at().isAfter(time)));
    }

    /** That list, or if its first does not count a list without those. */
    private static <T> List<T> later(List<T> all, Predicate<T> isLater) {
        return all.isEmpty() || isLater.test(all.get(0))
                ? all
                : all.stream().dropWhile(isLater.negate()).toList();
    }
}
