package watchdog.policy;

import java.util.Locale;

/** What an engine says of a container's process, in its own words. */
public enum ContainerState {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD,
    /** A word that Docker does not have. */
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The state of that name, in lower case as engines write it. */
    public static ContainerState of(String word) {
        for (ContainerState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        return UNKNOWN;
    }

    /** Docker's word. */
    @Override
    public String toString() {
        return word;
    }
}
