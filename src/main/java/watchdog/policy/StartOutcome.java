package watchdog.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What has become of a start. */
public sealed interface StartOutcome {

    /**
     * The container was still up when looked at again.
     *
     * @param down from its exit to its start, or null where the engine did not tell
     */
    record Up(@Nullable Duration down) implements StartOutcome {}

    /** The engine started it, and its process was gone when looked at again. */
    record WentDown(int exitCode) implements StartOutcome {}

    /** It was not {@code exited} any more when looked at right before, and so not started. */
    record NotNeeded(ContainerState state) implements StartOutcome {}

    /** It does not exist any more. */
    record Gone() implements StartOutcome {}

    /** The engine refused to start it, or did not answer. */
    record Failed(String problem) implements StartOutcome {}
}
