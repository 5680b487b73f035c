package watchdog.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which exits are answered; the words are those of Docker's restart policy. */
public enum RestartMode {
    /** Every exit is answered, an operator's stop after a while. */
    ALWAYS,
    /** Every exit but an operator's stop is answered. */
    UNLESS_STOPPED,
    /** Every exit but an operator's stop and exit code 0 is answered. */
    ON_FAILURE,
    /** Nothing is touched, only watched and told of. */
    NO;

    /** All of them, for people. */
    static final String WORDS = "always, unless-stopped, on-failure and no";

    /** The mode of that name, or null if there is none. */
    public static @Nullable RestartMode of(String word) {
        for (RestartMode mode : values()) {
            if (mode.toString().equals(word)) {
                return mode;
            }
        }
        return null;
    }

    /** The word on the command line and in the label. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
