package watchdog.report;

import java.time.Duration;
import java.util.Locale;

/** Values as an operator reads them. */
public final class Spoken {

    private static final String[] SIZE_UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Spoken() {}

    /** A duration in its two largest units: {@code 412 ms}, {@code 8.4 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return Math.max(0, duration.toMillis()) + " ms";
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            long tenths = duration.toMillis() / 100;
            return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return pair(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        if (duration.compareTo(Duration.ofDays(1)) < 0) {
            return pair(duration.toHours(), "h", duration.toMinutesPart(), "min");
        }
        return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
    }

    private static String pair(long large, String largeUnit, int small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** A size in decimal units and three digits, as docker prints it: {@code 1.41MB}. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < SIZE_UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String format = unit == 0 || value >= 99.95 ? "%.0f%s" : value >= 9.995 ? "%.1f%s" : "%.2f%s";
        return String.format(Locale.ROOT, format, value, SIZE_UNITS[unit]);
    }
}
