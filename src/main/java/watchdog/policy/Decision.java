package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is to be done with a container. */
public sealed interface Decision {

    /** What kind of decision it is, for a switch that has to deal with each. */
    enum Kind {
        LEAVE,
        START,
        RESTART,
        WAIT,
        GIVE_UP
    }

    Kind kind();

    /** Why, in words that complete "… because …". */
    String reason();

    /** How long it is until it is started or restarted; none if that is not to be. */
    default Optional<Duration> wait(Instant now) {
        return Optional.empty();
    }

    /** Whether that other one is to do the same for the same reason, if perhaps at another time. */
    default boolean isLike(Decision other) {
        return kind() == other.kind() && reason().equals(other.reason());
    }

    /** Nothing. */
    record Leave(String reason) implements Decision {
        @Override
        public Kind kind() {
            return Kind.LEAVE;
        }
    }

    /** To start it now. */
    record Start(String reason) implements Decision {
        @Override
        public Kind kind() {
            return Kind.START;
        }

        @Override
        public Optional<Duration> wait(Instant now) {
            return Optional.of(Duration.ZERO);
        }
    }

    /** To stop and start it now. */
    record Restart(String reason) implements Decision {
        @Override
        public Kind kind() {
            return Kind.RESTART;
        }

        @Override
        public Optional<Duration> wait(Instant now) {
            return Optional.of(Duration.ZERO);
        }
    }

    /** Nothing before that moment, by the loop's clock; to decide anew then. */
    record Wait(String reason, Instant until) implements Decision {
        @Override
        public Kind kind() {
            return Kind.WAIT;
        }

        @Override
        public Optional<Duration> wait(Instant now) {
            return Optional.of(Duration.between(now, until));
        }
    }

    /** Nothing any more, until somebody else starts it. */
    record GiveUp(String reason) implements Decision {
        @Override
        public Kind kind() {
            return Kind.GIVE_UP;
        }
    }
}
