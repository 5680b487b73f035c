package watchdog.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import watchdog.report.Day;
import watchdog.report.InWords;
import watchdog.report.Moment;
import watchdog.report.Span;

/**
 * The last day of a container or of the engine: a line, what that comes to in words, and the facts as a list, newest first.
 *
 * @param name of whose it is
 * @param unseen what is drawn over the line, or nothing
 * @param now by the wall clock
 */
record DayCell(String name, Day day, Html unseen, Instant now, WallClock clock) {

    private static final Html.Template CELL = Html.Template.read("day.html");
    private static final Html.Template FACT = new Html.Template("<li class=\"${level}\">${at} ${text}</li>\n");

    Html html() {
        return CELL.filled(Map.of(
                "name",
                name,
                "words",
                inWords(),
                "line",
                new DayLine(day, now, clock).html(),
                "unseen",
                unseen,
                "facts",
                Html.joined(newestFirst().stream().map(this::html))));
    }

    private List<Moment> newestFirst() {
        List<Moment> moments = new ArrayList<>(day.moments());
        Collections.reverse(moments);
        return moments;
    }

    private Html html(Moment moment) {
        return FACT.filled(Map.of(
                "level", moment.level().toString().toLowerCase(Locale.ROOT),
                "at", clock.at(moment.at()),
                "text", moment.text()));
    }

    /** {@code 3 starts, 1 failed, down 4 min; 12 facts}. */
    private String inWords() {
        List<Mark> starts =
                day.moments().stream().map(Mark::of).filter(Mark::isStart).toList();
        long failed = starts.stream().filter(mark -> mark == Mark.FAILED).count();
        Duration down = day.spans().stream()
                .filter(span -> span.state() == Span.State.DOWN)
                .map(this::length)
                .reduce(Duration.ZERO, Duration::plus);
        List<String> parts = new ArrayList<>();
        if (!starts.isEmpty()) {
            parts.add(counted(starts.size(), "start"));
        }
        if (failed > 0) {
            parts.add(failed + " failed");
        }
        if (!down.isZero()) {
            parts.add("down " + InWords.duration(down));
        }
        parts.add(counted(day.moments().size(), "fact"));
        return String.join(", ", parts);
    }

    private static String counted(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    /** One that still lasts grows once a minute, so that the page does not change all the time. */
    private Duration length(Span span) {
        Instant begun = now.minus(Duration.ofDays(1));
        Instant from = span.from().isAfter(begun) ? span.from() : begun;
        Instant to = span.to().orElse(now.truncatedTo(ChronoUnit.MINUTES));
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
