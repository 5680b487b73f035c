package watchdog.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which exits are answered; the words are those of Docker's restart policy. */
public enum RestartMode {
    /** What is watched is to run. */
    ALWAYS,
    /** What is watched is to run, but for what an operator has stopped. */
    UNLESS_STOPPED,
    /** What has failed is to run again. */
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
