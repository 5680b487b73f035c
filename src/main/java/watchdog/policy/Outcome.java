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

    /** Tells it to somebody. */
    void readBy(Reader reader);

    /** Is told an outcome of any kind. */
    interface Reader {
        void up(Up up);

        void wentDown(WentDown wentDown);

        void notNeeded(NotNeeded notNeeded);

        void gone(Gone gone);

        void failed(Failed failed);

        void unknown(Unknown unknown);
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
        public void readBy(Reader reader) {
            reader.up(this);
        }
    }

    /** The engine started it, and its process ended within a second. */
    record WentDown(OptionalInt exitCode) implements Outcome {
        @Override
        public boolean isTry() {
            return true;
        }

        @Override
        public void readBy(Reader reader) {
            reader.wentDown(this);
        }
    }

    /**
     * It was not, or no longer, what it was thought to be, and so left as it was.
     *
     * @param reason why, in words that complete "… because …"
     */
    record NotNeeded(Container seen, String reason) implements Outcome {
        @Override
        public void readBy(Reader reader) {
            reader.notNeeded(this);
        }
    }

    /** It does not exist any more. */
    record Gone() implements Outcome {
        @Override
        public void readBy(Reader reader) {
            reader.gone(this);
        }
    }

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

        @Override
        public void readBy(Reader reader) {
            reader.failed(this);
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
        public void readBy(Reader reader) {
            reader.unknown(this);
        }
    }
}
