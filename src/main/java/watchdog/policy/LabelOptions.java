package watchdog.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a container's own labels say about it.
 *
 * @param ownStopTimeout as its label says, or null
 * @param settle how long an exit that may be an operator's act is left alone
 * @param problems labels whose values could not be understood, each with its value and what would be right
 */
public record LabelOptions(
        boolean enabled, RestartMode mode, @Nullable Duration ownStopTimeout, Duration settle, List<String> problems) {

    /** What all of them begin with. */
    static final String PREFIX = "watchdog.";

    /** {@code true} or {@code false}. */
    public static final String ENABLE = PREFIX + "enable";

    /** One of the words of {@link RestartMode}. */
    public static final String POLICY = PREFIX + "policy";

    /** Whole seconds, from 0 to 3600, with or without an {@code s}. */
    public static final String STOP_TIMEOUT = PREFIX + "stop-timeout";

    /** A duration, as of {@link DurationText}. */
    public static final String SETTLE = PREFIX + "settle";

    /** {@code yes} or {@code no}: whether notifications tell of it. */
    public static final String NOTIFY = PREFIX + "notify";

    private static final List<String> KNOWN = List.of(ENABLE, POLICY, STOP_TIMEOUT, SETTLE, NOTIFY);

    /**
     * That of offen/docker-volume-backup, which stops what has it through the engine, and starts it when the backup is made.
     * Its value is {@code true}, or the name of one backup of several.
     */
    static final String STOP_DURING_BACKUP = "docker-volume-backup.stop-during-backup";

    /** How long a backup may take. */
    private static final Duration BACKUP = Duration.ofHours(1);

    /** Docker's own default. */
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(10);

    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,4})s?");
    private static final int MOST_SECONDS = 3600;
    private static final int LONGEST_SHOWN = 60;

    /** Whether a label of that name is one that is read here, or looks like one. */
    static boolean needs(String label) {
        return label.startsWith(PREFIX) || label.equals(STOP_DURING_BACKUP);
    }

    /** Reads the labels; what is not there, or cannot be understood, is as the rules have it. */
    public static LabelOptions of(Map<String, String> labels, Rules rules) {
        List<String> problems = new ArrayList<>();
        boolean enabled = true;
        RestartMode mode = rules.mode();
        Duration stopTimeout = null;

        String enable = labels.get(ENABLE);
        if (enable != null && !enable.equals("true") && !enable.equals("false")) {
            problems.add(ENABLE + "=" + shown(enable) + ", which is neither true nor false");
        } else if (enable != null) {
            enabled = enable.equals("true");
        }
        String policy = labels.get(POLICY);
        RestartMode named = policy == null ? mode : RestartMode.of(policy);
        if (named == null) {
            problems.add(POLICY + "=" + shown(policy) + ", which is none of " + RestartMode.WORDS);
        } else {
            mode = named;
        }
        String timeout = labels.get(STOP_TIMEOUT);
        if (timeout != null) {
            stopTimeout = seconds(timeout);
            if (stopTimeout == null) {
                problems.add(STOP_TIMEOUT + "=" + shown(timeout) + ", which is not a number of seconds up to "
                        + MOST_SECONDS);
            }
        }
        Duration settle = labels.containsKey(STOP_DURING_BACKUP) ? BACKUP : rules.settle();
        String ownSettle = labels.get(SETTLE);
        if (ownSettle != null) {
            try {
                settle = DurationText.parse(ownSettle);
            } catch (IllegalArgumentException e) {
                problems.add(SETTLE + "=" + shown(ownSettle) + ", which is not a duration from 100ms to 24h");
            }
        }
        String notify = labels.get(NOTIFY);
        if (notify != null && !notify.equals("yes") && !notify.equals("no")) {
            problems.add(NOTIFY + "=" + shown(notify) + ", which is neither yes nor no");
        }
        return new LabelOptions(enabled, mode, stopTimeout, settle, List.copyOf(problems));
    }

    /** Whether notifications may tell of a container with these labels. */
    public static boolean isNotified(Map<String, String> labels) {
        return !"no".equals(labels.get(NOTIFY));
    }

    /**
     * Labels that look like one of these and are none, each with what would be right.
     *
     * @param isOther whether a label of that name is there for something else
     */
    static List<String> misspelt(Map<String, String> labels, Predicate<String> isOther) {
        return labels.keySet().stream()
                .filter(label -> label.startsWith(PREFIX) && !KNOWN.contains(label) && !isOther.test(label))
                .sorted()
                .map(label -> shown(label) + ", which is none of " + String.join(", ", KNOWN))
                .toList();
    }

    /** A label may hold as much as its author liked. What it holds is made harmless where it is written. */
    private static String shown(@Nullable String value) {
        String text = String.valueOf(value);
        return text.codePointCount(0, text.length()) > LONGEST_SHOWN
                ? text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…"
                : text;
    }

    private static @Nullable Duration seconds(String value) {
        var matcher = SECONDS.matcher(value);
        if (!matcher.matches()) {
            return null;
        }
        int seconds = Integer.parseInt(matcher.group(1));
        return seconds <= MOST_SECONDS ? Duration.ofSeconds(seconds) : null;
    }

    /** How long the container's process may take to end when it is restarted; at most an hour, whatever it says. */
    public Duration stopTimeout(Setup setup) {
        if (ownStopTimeout != null) {
            return ownStopTimeout;
        }
        Duration ofContainer = setup.stopTimeout();
        if (ofContainer == null) {
            return DEFAULT_STOP_TIMEOUT;
        }
        boolean tooLong = ofContainer.isNegative() || ofContainer.toSeconds() > MOST_SECONDS;
        return tooLong ? Duration.ofSeconds(MOST_SECONDS) : ofContainer;
    }
}
