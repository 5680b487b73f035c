package watchdog.engine;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Status;

/** Reads the words for people in which a listing tells more than the state, as {@code Exited (137) 3 seconds ago}. */
final class StatusWords {

    private static final Pattern EXITED = Pattern.compile("Exited \\((\\d{1,9})\\) (.*) ago");
    private static final Pattern AGO =
            Pattern.compile("(?:(\\d{1,9})|About an?) (second|minute|hour|day|week|month|year)s?");
    private static final Pattern HEALTH = Pattern.compile(".*\\((?:health: )?(starting|healthy|unhealthy)\\)");

    private StatusWords() {}

    static Status read(ContainerState state, String words) {
        if (words.startsWith("Exited")) {
            Matcher exited = EXITED.matcher(words);
            if (exited.matches()) {
                OptionalInt exitCode = OptionalInt.of(Integer.parseInt(exited.group(1)));
                return new Status(state, Health.NONE, exitCode, "", null, null, ago(exited.group(2)));
            }
        }
        return Status.of(state).withHealth(health(words));
    }

    private static Health health(String words) {
        if (!words.endsWith(")")) {
            return Health.NONE;
        }
        Matcher health = HEALTH.matcher(words);
        return health.matches() ? Health.of(health.group(1)) : Health.NONE;
    }

    /** At least so long. The engine rounds: a minute is taken off, and anything in hours or more is taken for half an hour. */
    private static Duration ago(String words) {
        Matcher ago = AGO.matcher(words);
        if (!ago.matches()) {
            return Duration.ZERO;
        }
        long count = ago.group(1) == null ? 1 : Long.parseLong(ago.group(1));
        return switch (ago.group(2)) {
            case "second" -> Duration.ofSeconds(count);
            case "minute" -> Duration.ofSeconds(Math.max(46, (count - 1) * 60));
            default -> Duration.ofMinutes(30);
        };
    }
}
