package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a container does, as it was at one moment.
 *
 * @param exitCode of the last run, where the engine told it
 * @param error why the last start failed, or empty
 * @param startedAt by the engine's clock, or null where it did not tell
 * @param finishedAt by the engine's clock, or null where it did not tell
 * @param downFor for how long at least it had been down by the engine's clock; zero where that is not known
 * @param lacksNetwork whether it runs without any network, though it was created with one; false where that was not told
 */
public record Status(
        ContainerState state,
        Health health,
        OptionalInt exitCode,
        String error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        Duration downFor,
        boolean lacksNetwork) {

    /** A status that tells nothing of networks. */
    public Status(
            ContainerState state,
            Health health,
            OptionalInt exitCode,
            String error,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            Duration downFor) {
        this(state, health, exitCode, error, startedAt, finishedAt, downFor, false);
    }

    /** A status of which only the state is known. */
    public static Status of(ContainerState state) {
        return new Status(state, Health.NONE, OptionalInt.empty(), "", null, null, Duration.ZERO);
    }

    /** The status of a container that has exited with that code. */
    public static Status exited(int exitCode) {
        return exited(OptionalInt.of(exitCode));
    }

    /** The status of a container that has exited, with a code that may not be known. */
    public static Status exited(OptionalInt exitCode) {
        return new Status(ContainerState.EXITED, Health.NONE, exitCode, "", null, null, Duration.ZERO);
    }

    /** The same, having been down for at least so long. */
    public Status withDownFor(Duration atLeast) {
        return new Status(state, health, exitCode, error, startedAt, finishedAt, atLeast, lacksNetwork);
    }

    /** Whether the exit codes differ, so that the other is of a later run. A start that fails sets another code, too. */
    boolean isOfAnotherRun(Status other) {
        return other.error.isEmpty()
                && exitCode.isPresent()
                && other.exitCode.isPresent()
                && !exitCode.equals(other.exitCode);
    }

    /** The same in another state of health. */
    public Status withHealth(Health other) {
        return new Status(state, other, exitCode, error, startedAt, finishedAt, downFor, lacksNetwork);
    }
}
