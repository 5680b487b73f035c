package watchdog.serve;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Times as they are on the wall of the host, which are those of the log. */
final class WallClock {

    private static final Html.Template AT =
            new Html.Template("<time datetime=\"${iso}\" title=\"${full}\">${text}</time>");
    private static final Html.Template FOR =
            new Html.Template("<time datetime=\"${iso}\" title=\"${full}\" data-as=\"for\">since ${text}</time>");
    private static final Html.Template IN =
            new Html.Template("<time datetime=\"${iso}\" title=\"${full}\" data-as=\"in\">at ${text}</time>");

    private final DateTimeFormatter full;
    private final DateTimeFormatter withDate;
    private final DateTimeFormatter ofTheDay;
    private final DateTimeFormatter offset;

    WallClock(ZoneId zone) {
        full = formatter("yyyy-MM-dd HH:mm:ssxxx", zone);
        withDate = formatter("yyyy-MM-dd HH:mm:ss", zone);
        ofTheDay = formatter("EEE HH:mm:ss", zone);
        offset = formatter("xxx", zone);
    }

    private static DateTimeFormatter formatter(String pattern, ZoneId zone) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone);
    }

    /** A time of the last day: {@code Fri 03:12:45}. */
    Html at(Instant time) {
        return filled(AT, time, ofTheDay);
    }

    /** A time since when something is so, at any time: {@code since 2026-11-27 03:12:45}; a script says for how long. */
    Html since(Instant time) {
        return filled(FOR, time, withDate);
    }

    /** A time at which something is to be soon; a script says in how long. */
    Html until(Instant time) {
        return filled(IN, time, ofTheDay);
    }

    private Html filled(Html.Template template, Instant time, DateTimeFormatter text) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        return template.filled(Map.of("iso", second, "full", full.format(second), "text", text.format(second)));
    }

    /** A time of the last day in plain text. */
    String words(Instant time) {
        return ofTheDay.format(time);
    }

    /** The offset of its zone from UTC at that time: {@code +01:00}. */
    String offset(Instant time) {
        return offset.format(time);
    }
}
