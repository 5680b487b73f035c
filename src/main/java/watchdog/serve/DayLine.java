package watchdog.serve;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import watchdog.report.Day;
import watchdog.report.InWords;
import watchdog.report.Moment;
import watchdog.report.Span;

/**
 * The last day as a line, whose right end is now: how it was, and a mark for each fact, in the order of the facts.
 *
 * @param now by the wall clock
 */
record DayLine(Day day, Instant now, WallClock clock) {

    private static final Html.Template SPAN =
            new Html.Template("<rect class=\"${state}\" x=\"${x}%\" width=\"${width}%\" data-text=\"${text}\"></rect>");
    private static final Html.Template HELD =
            new Html.Template("<rect class=\"held\" x=\"${x}%\" width=\"${width}%\"></rect>");
    private static final Html.Template UNSEEN =
            new Html.Template("<rect class=\"gone\" fill=\"url(#hatch)\" x=\"${x}%\" width=\"${width}%\"></rect>");
    private static final Html.Template MARK = new Html.Template("<use href=\"#${mark}\" x=\"${x}%\" y=\"8\"></use>");

    /** Of the whole line, in percent: what lasted a moment is to be seen, too. */
    private static final double NARROWEST = 0.05;

    private static final Duration LENGTH = Duration.ofDays(1);

    Html html() {
        return Html.joined(Stream.of(
                Html.joined(day.spans().stream().map(span -> html(span, SPAN))),
                Html.joined(day.spans().stream().filter(Span::isHeld).map(span -> html(span, HELD))),
                Html.joined(day.moments().stream().map(this::html))));
    }

    /** Of the engine's day: the times at which it did not list its containers, so that nobody may have seen how they were. */
    Html unseen() {
        return Html.joined(day.spans().stream()
                .filter(span -> span.state() != Span.State.UP)
                .map(span -> html(span, UNSEEN)));
    }

    private Html html(Span span, Html.Template template) {
        double x = percent(span.from());
        double width = span.to().map(this::percent).orElse(100.0) - x;
        return template.filled(Map.of(
                "state",
                span.state().toString().toLowerCase(Locale.ROOT),
                "x",
                rounded(x),
                "width",
                rounded(Math.max(NARROWEST, width)),
                "text",
                inWords(span)));
    }

    private String inWords(Span span) {
        String from = clock.words(span.from());
        String when = span.to()
                .map(to -> " from " + from + " to " + clock.words(to) + ", for "
                        + InWords.duration(Duration.between(span.from(), to)))
                .orElse(" since " + from);
        return span.state().inWords() + when + (span.isHeld() ? ", held" : "");
    }

    private Html html(Moment moment) {
        return MARK.filled(
                Map.of("mark", Mark.of(moment).name().toLowerCase(Locale.ROOT), "x", rounded(percent(moment.at()))));
    }

    /** Where that time is on the line, which ends with a whole minute so that the page does not change all the time. */
    private double percent(Instant time) {
        Instant end = now.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        double ago = Duration.between(time, end).toMillis();
        return Math.max(0, Math.min(100, 100 - 100 * ago / LENGTH.toMillis()));
    }

    private static String rounded(double percent) {
        return BigDecimal.valueOf(Math.round(percent * 100), 2).toString();
    }
}
