package watchdog.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Decision;

/** Values as an operator reads them. */
public final class InWords {

    private static final String[] SIZE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private static final BigDecimal THOUSAND = new BigDecimal(1000);
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private InWords() {}

    /** A duration that was measured, rounded: {@code 0.4 s}, {@code 42 s}, {@code 3 min}, {@code 36 h}. */
    public static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        long tenths = rounded(millis, SECOND / 10);
        if (tenths == 0) {
            return millis == 0 ? "0 s" : "less than 0.1 s";
        } else if (tenths < 100) {
            return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
        } else if (rounded(millis, SECOND) < 120) {
            return rounded(millis, SECOND) + " s";
        } else if (rounded(millis, MINUTE) < 120) {
            return rounded(millis, MINUTE) + " min";
        } else if (rounded(millis, HOUR) < 48) {
            return rounded(millis, HOUR) + " h";
        }
        return rounded(millis, DAY) + " d";
    }

    private static long rounded(long millis, long unit) {
        return (millis + unit / 2) / unit;
    }

    /** A duration that was set, in the largest unit in which it is whole: {@code 500 ms}, {@code 90 s}, {@code 2 h}. */
    static String setting(Duration duration) {
        long millis = duration.toMillis();
        if (millis % SECOND != 0) {
            return millis + " ms";
        } else if (millis % MINUTE != 0) {
            return millis / SECOND + " s";
        } else if (millis % HOUR != 0) {
            return millis / MINUTE + " min";
        }
        return millis / HOUR + " h";
    }

    /** What would be done, as {@code start}. */
    public static String verb(Decision decision) {
        return switch (decision.kind()) {
            case START -> "start";
            case RESTART -> "restart";
            case WAIT -> "wait";
            case LEAVE, GIVE_UP -> "leave";
        };
    }

    /** When the next try is, in parentheses with what follows that; nothing if there is none. */
    static String nextTry(@Nullable Duration next, String then) {
        if (next == null) {
            return "";
        }
        return " (trying again " + (next.isZero() ? "at once" : "in " + duration(next)) + then + ")";
    }

    /** What helps against silence, the one problem that may be a slow engine's; nothing for any other. */
    static String moreTime(String problem) {
        return problem.contains("no answer for") ? "; if it is only slow, give it more time by --timeout" : "";
    }

    /** A size in decimal units and up to three digits, as docker prints it: {@code 1.41MB}, {@code 2TB}. */
    public static String size(long bytes) {
        BigDecimal value = new BigDecimal(bytes).round(THREE_DIGITS);
        int unit = 0;
        while (value.compareTo(THOUSAND) >= 0 && unit < SIZE_UNITS.length - 1) {
            value = value.divide(THOUSAND);
            unit++;
        }
        return value.stripTrailingZeros().toPlainString() + SIZE_UNITS[unit];
    }
}
