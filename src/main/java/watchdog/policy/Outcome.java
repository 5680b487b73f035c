package watchdog.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What has become of a start or a restart. */
public sealed interface Outcome {

    /** Whether the engine was asked to do it: only then does it count for the back-off. */
    default boolean isTry() {
        return false;
    }

    /**
     * The container was still up when looked at again.
     *
     * @param down from its exit to its start, or null where the engine did not tell
     */
    record Up(@Nullable Duration down) implements Outcome {
        @Override
        public boolean isTry() {
            return true;
        }
    }

    /** The engine started it, and its process was gone when looked at again. */
    record WentDown(int exitCode) implements Outcome {
        @Override
        public boolean isTry() {
            return true;
        }
    }

    /** It was not, or no longer, what it was thought to be, and so left as it was. */
    record NotNeeded(Container seen) implements Outcome {}

    /** It does not exist any more. */
    record Gone() implements Outcome {}

    /** The container whose network it joins does not exist any more. */
    record Orphaned() implements Outcome {}

    /**
     * The engine refused: to do anything, or, after it had taken the container down for a restart, to start it.
     *
     * @param seen the container after that
     */
    record Failed(String problem, Container seen) implements Outcome {
        @Override
        public boolean isTry() {
            return true;
        }
    }

    /**
     * Nobody knows, for the engine did not answer.
     *
     * @param asked whether the request to do it may have reached the engine
     */
    record Unknown(String problem, boolean asked) implements Outcome {
        @Override
        public boolean isTry() {
            return asked;
        }
    }
}
