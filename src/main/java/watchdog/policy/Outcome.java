package watchdog.policy;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What has become of a start or a restart. */
public sealed interface Outcome {

    /** Whether the container was up when it was inspected afterwards. */
    default boolean isUp() {
        return false;
    }

    /** Whether the engine was asked to do it: only then does it count for the back-off. */
    default boolean isTry() {
        return false;
    }

    /** Whether nobody knows what has become of it. */
    default boolean isUnknown() {
        return false;
    }

    /** Why it failed, or empty. */
    default String problem() {
        return "";
    }

    /** Tells it to somebody, and returns what they make of it. */
    <R> R readBy(Reader<R> reader);

    /**
     * Is told an outcome of any kind.
     *
     * @param <R> what it makes of the outcome
     */
    interface Reader<R> {
        R up(Up up);

        R wentDown(WentDown wentDown);

        R notNeeded(NotNeeded notNeeded);

        R gone(Gone gone);

        R failed(Failed failed);

        R unknown(Unknown unknown);
    }

    /**
     * The container was still up when it was inspected.
     *
     * @param down from its exit to its start, or null where the engine did not tell
     */
    record Up(@Nullable Duration down, Health health) implements Outcome {
        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public boolean isTry() {
            return true;
        }

        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.up(this);
        }
    }

    /** The engine started it, and its process ended within a second. */
    record WentDown(OptionalInt exitCode) implements Outcome {
        @Override
        public boolean isTry() {
            return true;
        }

        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.wentDown(this);
        }
    }

    /**
     * The inspection before the call showed that nothing was to be done.
     *
     * @param reason why, in words that complete "… because …"
     */
    record NotNeeded(Container seen, String reason) implements Outcome {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.notNeeded(this);
        }
    }

    /** It does not exist any more. */
    record Gone() implements Outcome {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.gone(this);
        }
    }

    /**
     * The engine refused: to do anything, or, after it had taken the container down for a restart, to start it. Or it did what
     * it was asked to, and the container is of no use all the same.
     *
     * @param seen the container after that
     */
    record Failed(String problem, Container seen) implements Outcome {
        @Override
        public boolean isTry() {
            return true;
        }

        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.failed(this);
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

        @Override
        public boolean isUnknown() {
            return true;
        }

        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.unknown(this);
        }
    }
}
