package watchdog.supervise;

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
        Matcher exited = EXITED.matcher(words);
        Matcher health = HEALTH.matcher(words);
        return new Status(
                state,
                words.endsWith(")") && health.matches() ? Health.of(health.group(1)) : Health.NONE,
                exited.matches() ? OptionalInt.of(Integer.parseInt(exited.group(1))) : OptionalInt.empty(),
                "",
                null,
                null,
                exited.matches() ? ago(exited.group(2)) : Duration.ZERO);
    }

    /** At least so long; the engine rounds, so a unit is taken off where it is not seconds. */
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
