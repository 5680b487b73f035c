package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import watchdog.engine.EngineEvent;
import watchdog.policy.CallAnswer;
import watchdog.policy.Container;
import watchdog.policy.Holds;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;

/** What comes into the loop. */
public sealed interface Signal {

    /** Id of the one container that it is about, if it is about one. */
    default Optional<String> about() {
        return Optional.empty();
    }

    /** Hands it to whoever takes signals of its kind. */
    void takenBy(Receiver receiver);

    /** Takes signals of all kinds. */
    interface Receiver {
        void reloaded(Reloaded signal);

        void notReloaded(NotReloaded signal);

        void engineFound(EngineFound signal);

        void engineLost(EngineLost signal);

        void listed(Listed signal);

        void holdsRead(HoldsRead signal);

        void eventsBegun();

        void eventsEnded(EventsEnded signal);

        void happened(Happened signal);

        void inspected(Inspected signal);

        void notInspected(NotInspected signal);

        void providersInspected(ProvidersInspected signal);

        void providersNotInspected(ProvidersNotInspected signal);

        void answered(Answered signal);

        void hung(Hung signal);

        void failed(Failed signal);
    }

    /**
     * The arguments were read again, and are right.
     *
     * @param interval from the end of a listing to the beginning of the next
     */
    record Reloaded(WatchList watchList, Rules rules, Duration interval) implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.reloaded(this);
        }
    }

    /** The arguments were read again, and cannot be taken. */
    record NotReloaded(String problem) implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.notReloaded(this);
        }
    }

    /** The engine answers, for the first time or again. */
    record EngineFound(String engine) implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.engineFound(this);
        }
    }

    /**
     * The engine was asked for its containers and gave no usable answer.
     *
     * @param gone whether there is no engine, rather than one that does not answer as it should
     */
    record EngineLost(String problem, boolean gone) implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.engineLost(this);
        }
    }

    /** Which containers a listing covers. */
    enum Coverage {
        /** All there are. */
        ALL,
        /** Those that are down, exited or only created, and perhaps others; no other one that is known is down. */
        DOWN
    }

    /**
     * Containers were listed.
     *
     * @param asked when it was asked for, by the loop's clock: what it says may be as old as that
     * @param took from then to the end of the answer
     * @param watched those on the watch list
     * @param absent ids of remembered stops whose containers are not listed, where all were asked for
     */
    record Listed(
            Instant asked, Duration took, Coverage coverage, int total, List<Container> watched, Set<String> absent)
            implements Signal {
        Listed(Instant asked, Duration took, Coverage coverage, int total, List<Container> watched) {
            this(asked, took, coverage, total, watched, Set.of());
        }

        @Override
        public void takenBy(Receiver receiver) {
            receiver.listed(this);
        }
    }

    /** These are all holds that there are now. */
    record HoldsRead(Holds holds) implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.holdsRead(this);
        }
    }

    /** Events are told from now on. */
    record EventsBegun() implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.eventsBegun();
        }
    }

    /** No events are told any more, until they begin again. */
    record EventsEnded(String problem) implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.eventsEnded(this);
        }
    }

    /**
     * Something happened to a container.
     *
     * @param isYoung whether that was this moment when it was read, by the event's own time
     */
    record Happened(EngineEvent event, boolean isYoung) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(event.id());
        }

        @Override
        public void takenBy(Receiver receiver) {
            receiver.happened(this);
        }
    }

    /**
     * A container was inspected.
     *
     * @param asked when it was asked for, by the loop's clock
     * @param found empty if it does not exist any more
     */
    record Inspected(Instant asked, String id, Optional<Container> found) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }

        @Override
        public void takenBy(Receiver receiver) {
            receiver.inspected(this);
        }
    }

    /**
     * A container could not be inspected.
     *
     * @param isRefused whether the engine, or a proxy before it, refuses that, or answers what cannot be read
     * @param isAnswered whether there is an engine behind that
     */
    record NotInspected(Instant asked, String id, String problem, boolean isRefused, boolean isAnswered)
            implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }

        @Override
        public void takenBy(Receiver receiver) {
            receiver.notInspected(this);
        }
    }

    /**
     * Those whose namespaces a container joins were inspected.
     *
     * @param started when each that runs was started, by the engine's clock
     * @param isOneGone whether there is one no more, for good
     */
    record ProvidersInspected(Instant asked, String id, Map<String, Instant> started, boolean isOneGone)
            implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }

        @Override
        public void takenBy(Receiver receiver) {
            receiver.providersInspected(this);
        }
    }

    /** Those whose namespaces a container joins could not be inspected. */
    record ProvidersNotInspected(String id, String problem) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }

        @Override
        public void takenBy(Receiver receiver) {
            receiver.providersNotInspected(this);
        }
    }

    /** The engine has answered a start or a restart, or has not. */
    record Answered(String id, CallAnswer answer) implements Signal {
        @Override
        public Optional<String> about() {
            return Optional.of(id);
        }

        @Override
        public void takenBy(Receiver receiver) {
            receiver.answered(this);
        }
    }

    /**
     * A task takes longer than its time-out.
     *
     * @param id of the container that it is about
     * @param what is done, with which container
     * @param after how long it has taken so far
     * @param gaveUpPlace whether other work no longer waits for it; else there are too many such tasks
     */
    record Hung(String id, String what, Duration after, boolean gaveUpPlace) implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.hung(this);
        }
    }

    /**
     * A worker has thrown an exception that no call is expected to throw.
     *
     * @param about id of the container with which it dealt, if with one
     * @param doing what it did, for people
     */
    record Failed(Optional<String> about, String doing, RuntimeException fault) implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            receiver.failed(this);
        }
    }

    /** Nothing more is to be done. */
    record Stop() implements Signal {
        @Override
        public void takenBy(Receiver receiver) {
            // Nothing to do here: WatchLoop ends when it takes this signal.
        }
    }
}
