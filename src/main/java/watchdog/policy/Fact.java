package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that there is to tell, with all that is needed to tell it. */
public sealed interface Fact {

    /** Tells it to somebody, and returns what they make of it. */
    <R> R readBy(Reader<R> reader);

    /**
     * Is told a fact of any kind.
     *
     * @param <R> what it makes of the fact
     */
    interface Reader<R> {
        R watching(Watching fact);

        R reloaded(Reloaded fact);

        R notReloaded(NotReloaded fact);

        R engineFound(EngineFound fact);

        R engineLost(EngineLost fact);

        R engineRestarted(EngineRestarted fact);

        R eventsLost(EventsLost fact);

        R eventsFound(EventsFound fact);

        R eventsBegun(EventsBegun fact);

        R eventsEnded(EventsEnded fact);

        R missing(Missing fact);

        R appeared(Appeared fact);

        R foundDown(FoundDown fact);

        R listed(Listed fact);

        R decided(Decided fact);

        R finished(Finished fact);

        R inCrashLoop(InCrashLoop fact);

        R crashLoopOver(CrashLoopOver fact);

        R healthyAgain(HealthyAgain fact);

        R held(Held fact);

        R released(Released fact);

        R renamed(Renamed fact);

        R labelProblem(LabelProblem fact);

        R dockerPolicy(DockerPolicy fact);

        R notInspected(NotInspected fact);

        R hung(Hung fact);

        R ownFault(OwnFault fact);
    }

    /** A fact about one container. */
    interface AboutContainer {
        /** As it was when the fact was told. */
        Container container();
    }

    /**
     * Watching begins.
     *
     * @param mode which exits are answered where a container's label does not say otherwise
     * @param memory where stops by operators are remembered, or empty
     */
    record Watching(WatchList watchList, Duration interval, String endpoint, RestartMode mode, Optional<String> memory)
            implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.watching(this);
        }
    }

    /**
     * The arguments were read again, and hold from now on.
     *
     * @param mode as of {@link Watching}
     */
    record Reloaded(WatchList watchList, Duration interval, RestartMode mode) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.reloaded(this);
        }
    }

    /** The arguments were read again, and the old ones go on to hold. */
    record NotReloaded(String problem) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.notReloaded(this);
        }
    }

    /**
     * The engine answers: for the first time, or again.
     *
     * @param lost for how long it did not, or null if it always did
     */
    record EngineFound(String engine, @Nullable Duration lost) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.engineFound(this);
        }
    }

    /**
     * The engine does not list its containers; told at first, and now and then.
     *
     * @param isGone whether there is no engine at all
     * @param since for how long that has been so; zero at first
     */
    record EngineLost(String problem, boolean isGone, Duration since) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.engineLost(this);
        }
    }

    /** The engine was restarted, as far as can be seen: its events ended, and a container went down at that time. */
    record EngineRestarted() implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.engineRestarted(this);
        }
    }

    /** The engine answers, but tells no events. */
    record EventsLost(String problem) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.eventsLost(this);
        }
    }

    /** Events are told again. */
    record EventsFound() implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.eventsFound(this);
        }
    }

    /** The engine's events are read from now on, for the first time or again; unlike {@link EventsFound} told each time. */
    record EventsBegun() implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.eventsBegun(this);
        }
    }

    /** The engine's events have ended; unlike {@link EventsLost} told at once and each time. */
    record EventsEnded(String problem) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.eventsEnded(this);
        }
    }

    /** For these names, globs and labels there is no container; told once for each. */
    record Missing(Set<String> wanted) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.missing(this);
        }
    }

    /**
     * These were down when they were listed for the first time: nobody saw why, or since when.
     *
     * @param settle how long each of them is left alone, unless an operator is known to have stopped it
     */
    record FoundDown(List<Container> containers, Duration settle) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.foundDown(this);
        }
    }

    /**
     * There is a container now for what was missing.
     *
     * @param wanted the name, glob or label
     */
    record Appeared(String wanted, Container container) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.appeared(this);
        }
    }

    /**
     * Containers were listed.
     *
     * @param isOfDown whether only those that are down were asked for
     * @param took from the request to the end of the answer
     */
    record Listed(int total, List<Container> watched, boolean isOfDown, Duration took) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.listed(this);
        }
    }

    /**
     * What is done with a container, and why.
     *
     * @param isChange whether that is another decision than the last one about it
     * @param now by the clock of the decision
     */
    record Decided(Container container, Decision decision, boolean isChange, Instant now)
            implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.decided(this);
        }
    }

    /**
     * What became of a start or a restart.
     *
     * @param cause what it answers
     * @param isChange whether that is another failure than the last one
     * @param next for how long the next try is put off at least, or null if none follows
     * @param tries how many there were in a row
     */
    record Finished(
            Container container,
            Work work,
            RestartCause cause,
            Outcome outcome,
            boolean isChange,
            @Nullable Duration next,
            int tries)
            implements Fact, AboutContainer {
        /** The same, but that no try follows. */
        public Finished withoutNext() {
            return new Finished(container, work, cause, outcome, isChange, null, tries);
        }

        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.finished(this);
        }
    }

    /**
     * A container keeps going down, or being ill, soon after it was helped.
     *
     * @param reason what befell it the last time, in words that complete "… because …"
     * @param next as of {@link Finished}
     */
    record InCrashLoop(
            Container container,
            CrashLoop limit,
            String reason,
            @Nullable Duration next) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.inCrashLoop(this);
        }
    }

    /** A container that was in a crash loop has stayed up. */
    record CrashLoopOver(Container container) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.crashLoopOver(this);
        }
    }

    /** A container that was restarted for ill health is healthy. */
    record HealthyAgain(Container container) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.healthyAgain(this);
        }
    }

    /** A hold of a container begins, or becomes another one: nothing is done with it until that ends. */
    record Held(Container container, Hold hold) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.held(this);
        }
    }

    /** There is no hold of a container any more. */
    record Released(Container container) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.released(this);
        }
    }

    /**
     * A container was renamed.
     *
     * @param container as it was called before
     */
    record Renamed(Container container, String name) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.renamed(this);
        }
    }

    /** A label on a container could not be understood, and is left out of account. */
    record LabelProblem(Container container, String problem) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.labelProblem(this);
        }
    }

    /** The engine's own restart policy acts on a container too. */
    record DockerPolicy(Container container) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.dockerPolicy(this);
        }
    }

    /** A container cannot be inspected, and so nothing is done with it. */
    record NotInspected(Container container, String problem) implements Fact, AboutContainer {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.notInspected(this);
        }
    }

    /**
     * A request to the engine takes longer than it should.
     *
     * @param what is done, with which container
     * @param gaveUpPlace whether other work no longer waits for it; else there are too many of its kind
     */
    record Hung(String what, Duration after, boolean gaveUpPlace) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.hung(this);
        }
    }

    /**
     * Watchdog itself has a fault.
     *
     * @param about the container with which it dealt, or what else it did
     */
    record OwnFault(String about, RuntimeException fault) implements Fact {
        @Override
        public <R> R readBy(Reader<R> reader) {
            return reader.ownFault(this);
        }
    }
}
