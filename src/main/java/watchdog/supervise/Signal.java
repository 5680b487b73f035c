package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import watchdog.engine.EngineEvent;
import watchdog.policy.Container;
import watchdog.policy.Outcome;

/** What comes into the loop. */
public sealed interface Signal {

    /** Id of the one container that it is about, if it is about one. */
    default Optional<String> about() {
        return Optional.empty();
    }

    /** The engine answers, for the first time or again. */
    record EngineFound(String engine) implements Signal {}

    /**
     * The engine was asked for its containers and gave no usable answer.
     *
     * @param gone whether there is no engine, rather than one that does not answer as it should
     */
    record EngineLost(String problem, boolean gone) implements Signal {}

    /**
     * A pass over all containers.
     *
     * @param asked when it was asked for, by the loop's clock: what it says may be as old as that
     * @param watched those on the watch list
     */
    record Listed(Instant asked, int total, List<Container> watched) implements Signal {}

    /**
     * A pass over those containers that are down, exited or only created, and perhaps others.
     *
     * @param asked as of {@link Listed}
     * @param watched those on the watch list; no other one on it is down
     */
    record ListedDown(Instant asked, int total, List<Container> watched) implements Signal {}

    /** Events are told from now on. */
    record EventsBegun() implements Signal {}

    /** No events are told any more, until they begin again. */
    record EventsEnded(String problem) implements Signal {}

    /** Something happened to a container. */
    record Happened(EngineEvent event) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(event.id());
        }
    }

    /**
     * A container was looked at.
     *
     * @param asked when it was asked for, by the loop's clock
     * @param found empty if it does not exist any more
     */
    record Looked(Instant asked, String id, Optional<Container> found) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }
    }

    /** The engine, or a proxy before it, refuses to have a container looked at. */
    record LookRefused(String id, String problem) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }
    }

    /** A container has outlived the network that it lives in: that of another container, which was started anew. */
    record NetworkLost(String id) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }
    }

    /** A container lives in the network of another one that is gone for good. */
    record ProviderGone(String id) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }
    }

    /** A start or a restart has come to its end, well or badly. */
    record Finished(Container container, Work work, Outcome outcome) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(container.id());
        }
    }

    /**
     * A task takes longer than it should.
     *
     * @param what is done, with which container
     * @param after how long it has taken so far
     * @param gaveUpPlace whether other work no longer waits for it; else there are too many such tasks
     */
    record Hung(String what, Duration after, boolean gaveUpPlace) implements Signal {}

    /**
     * A worker has thrown what it cannot throw.
     *
     * @param about id of the container with which it dealt, if with one
     * @param doing what it did, for people
     */
    record Failed(Optional<String> about, String doing, RuntimeException fault) implements Signal {}

    /** Nothing more is to be done. */
    record Stop() implements Signal {}
}
