package watchdog.policy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Something that is told of a container, or found, or has come due. */
public sealed interface Input {

    /** Takes it in. */
    void takeIn(Transition transition);

    // ---- events ----

    /** Its process was started. */
    record Started() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.started();
        }
    }

    /**
     * Its process has ended.
     *
     * @param at by the engine's clock, not before the finish time that an inspection tells of that run, or null where it was
     *     not told
     * @param exitCode where it was told
     * @param isExplained whether the engine tells the signals that an operator's stop sends
     * @param isFresh whether that was this moment, and nothing more is known to have happened since
     */
    record Died(@Nullable Instant at, OptionalInt exitCode, boolean isExplained, boolean isFresh) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.died(this);
        }
    }

    /** It was sent a signal of that number, or {@link Kill#UNKNOWN}. */
    record Signalled(int signal) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.signalled(signal);
        }
    }

    /** An operator's stop has come to its end. */
    record Stopped() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.stopped();
        }
    }

    /** A process in it was ended for want of memory. */
    record RanOutOfMemory() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.ranOutOfMemory();
        }
    }

    /** Somebody paused it, or let it go on. */
    record Paused(boolean isPaused) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.paused(isPaused);
        }
    }

    /** It was renamed; to what, is not always told. */
    record Renamed(Optional<String> name) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.renamed(name);
        }
    }

    /** Its health check came to that. */
    record HealthTold(Health health) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.healthTold(health);
        }
    }

    // ---- answers ----

    /**
     * It was listed, or the listing shows by leaving it out that its state is unchanged.
     *
     * @param asked when the listing was asked for
     */
    record Listed(Instant asked, Container seen) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.listed(this);
        }
    }

    /** It was missing from a listing of the containers that are down, which was asked for then. */
    record NotListedDown(Instant asked) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.notListedDown(this);
        }
    }

    /**
     * It was inspected.
     *
     * @param asked when that was asked for
     * @param isRecalled whether a stop by an operator with that finish time is remembered
     */
    record Inspected(Instant asked, Container seen, boolean isRecalled) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.inspected(this);
        }
    }

    /**
     * It could not be inspected.
     *
     * @param isRefused whether the engine refuses that, or answers what cannot be read; else it did not answer
     * @param isAnswered whether it was the engine itself that refused, which goes on then
     */
    record NotInspected(Instant asked, String problem, boolean isRefused, boolean isAnswered) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.notInspected(this);
        }
    }

    /** There is no such container. */
    record Gone() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.gone();
        }
    }

    /**
     * Those whose namespaces it joins were inspected.
     *
     * @param started when each that runs was started, by the engine's clock
     * @param isOneGone whether there is one no more, for good
     */
    record ProvidersInspected(Instant asked, Map<String, Instant> started, boolean isOneGone) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.providersInspected(this);
        }
    }

    /** Those whose namespaces it joins could not be inspected. */
    record ProvidersNotInspected(String problem) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.providersNotInspected(problem);
        }
    }

    /** The engine's answer to a start or a restart. */
    record Answered(CallAnswer answer) implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.answered(answer);
        }
    }

    // ---- what is so around it ----

    /** It is time, or something has changed around it that may let something be done now. */
    record Due() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.due();
        }
    }

    /** There is a place for the start or the restart that waits for its turn. */
    record PlaceFree() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.placeFree();
        }
    }

    /** There is no engine. */
    record EngineGone() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.engineGone();
        }
    }

    /** Events are told no more. */
    record EventsEnded() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.eventsEnded();
        }
    }

    /** Events are told from now on. */
    record EventsBegun() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.eventsBegun();
        }
    }

    /** One of those whose namespaces it joins was started. */
    record ProviderStarted() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.providerStarted();
        }
    }

    /** One of those whose namespaces it joins is gone for good. */
    record ProviderGone() implements Input {
        @Override
        public void takeIn(Transition transition) {
            transition.providerGone();
        }
    }
}
