package watchdog.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import watchdog.policy.Decision;

/** Values as an operator reads them. */
public final class Spoken {

    private static final String[] SIZE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private static final BigDecimal THOUSAND = new BigDecimal(1000);
    private static final MathContext THREE_DIGITS = new MathContext(3);

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

    /** What is done, as {@code starting} or {@code waiting 4 s}. */
    static String decision(Decision decision, Instant now) {
        if (decision instanceof Decision.Start) {
            return "starting";
        } else if (decision instanceof Decision.Restart) {
            return "restarting";
        } else if (decision instanceof Decision.Wait wait) {
            return "waiting " + duration(Duration.between(now, wait.until()));
        } else if (decision instanceof Decision.GiveUp) {
            return "giving up";
        }
        return "leaving it";
    }

    /** What would be done, as {@code start}. */
    public static String verb(Decision decision) {
        if (decision instanceof Decision.Start) {
            return "start";
        } else if (decision instanceof Decision.Restart) {
            return "restart";
        } else if (decision instanceof Decision.Wait) {
            return "wait";
        }
        return "leave";
    }

    private static String pair(long large, String largeUnit, int small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
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
