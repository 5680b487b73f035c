package watchdog.policy;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as people write it, in an option, a label or a file: a number with a unit ({@code 500ms}, {@code 10s},
 * {@code 1m30s}, {@code 2h}), or bare seconds; from 100 ms to a day.
 */
public final class DurationText {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final String FORMS = "use seconds, as in 10, or units, as in 500ms, 10s, 1m30s";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern UNITS =
            Pattern.compile("(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

    private DurationText() {}

    /**
     * Reads a duration; blanks around it are forgiven.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static Duration parse(String given) {
        Duration duration = read(given.strip());
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + given + "' is not between 100ms and 24h; " + FORMS);
        }
        return duration;
    }

    private static Duration read(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        Matcher units = UNITS.matcher(text);
        if (text.isEmpty() || !units.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; " + FORMS);
        }
        return Duration.ofHours(number(units, 1))
                .plusMinutes(number(units, 2))
                .plusSeconds(number(units, 3))
                .plusMillis(number(units, 4));
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
