package watchdog.supervise;

import java.time.Instant;
import java.util.List;
import watchdog.policy.Container;
import watchdog.policy.StartOutcome;

/** What comes into the loop. */
public sealed interface Signal {

    /** The engine answers, for the first time or again. */
    record EngineFound(String engine) implements Signal {}

    /** The engine was asked for its containers and gave no usable answer. */
    record EngineLost(String problem) implements Signal {}

    /**
     * A pass over all containers.
     *
     * @param asked when it was asked for, by the loop's clock: what it says may be as old as that
     * @param watched those on the watch list
     */
    record Listed(Instant asked, int total, List<Container> watched) implements Signal {}

    /** A start has come to its end, well or badly. */
    record StartFinished(Container container, StartOutcome outcome) implements Signal {}

    /** Something failed that cannot fail. */
    record Broken(Throwable fault) implements Signal {}

    /** Nothing more is to be done. */
    record Stop() implements Signal {}
}
