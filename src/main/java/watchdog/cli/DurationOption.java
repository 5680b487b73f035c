package watchdog.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration: a number with a unit ({@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 2h}), or bare seconds. */
final class DurationOption implements ITypeConverter<Duration> {

    static final Duration SHORTEST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofDays(1);

    private static final String FORMS = "use seconds, as in 10, or units, as in 500ms, 10s, 1m30s";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern UNITS =
            Pattern.compile("(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

    @Override
    public Duration convert(String value) {
        Duration duration = parse(value.strip());
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("'" + value + "' is not between 100ms and 24h; " + FORMS);
        }
        return duration;
    }

    private static Duration parse(String value) {
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        Matcher units = UNITS.matcher(value);
        if (value.isEmpty() || !units.matches()) {
            throw new TypeConversionException("'" + value + "' is not a duration; " + FORMS);
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
