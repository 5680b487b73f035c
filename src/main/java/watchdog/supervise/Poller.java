package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import watchdog.engine.ContainerEngine;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.engine.EngineUnreachableException;
import watchdog.policy.Container;
import watchdog.policy.WatchList;

/**
 * Asks the engine for its containers, one pass at a time, and signals the result. While the events are open and none comes,
 * the set of containers has not changed, so it asks only for the containers that are down: that costs both sides less. An
 * engine may drop an event, so every few minutes it asks for all.
 */
final class Poller {

    private static final Duration BETWEEN_WHOLE_LISTINGS = Duration.ofMinutes(5);

    /** How long an event takes to reach the loop at most; the loop believes no listing that was asked for before the event. */
    private static final Duration TAKEN_IN = Duration.ofSeconds(1);

    /** The most ids in one request: with more, its line would be longer than proxies accept. */
    private static final int MOST_BY_ID = 50;

    private final ContainerEngine engine;
    private final StopMemory memory;
    private final Clock clock;
    private final Consumer<Signal> signals;

    private volatile WatchList watchList;

    private boolean connected;

    /** When all were asked for, if the engine has answered each time since. */
    private Instant lastWhole = Instant.MIN;

    /** Ids of the containers watched then, or none if they are too many to ask for by id; saves work on a big host. */
    private Set<String> known = Set.of();

    private volatile boolean events;

    /** When the engine's events were last heard of. */
    private volatile Instant heardAt = Instant.MIN;

    Poller(ContainerEngine engine, WatchList watchList, StopMemory memory, Clock clock, Consumer<Signal> signals) {
        this.engine = engine;
        this.watchList = watchList;
        this.memory = memory;
        this.clock = clock;
        this.signals = signals;
    }

    /** Takes note of what comes from the engine's events, on any thread. */
    void heard(Signal signal) {
        heardAt = clock.instant();
        if (signal instanceof Signal.EventsBegun) {
            events = true;
        } else if (signal instanceof Signal.EventsEnded) {
            events = false;
        }
    }

    /** There is another watch list from the next pass on, which is of all. On any thread. */
    void watch(WatchList other) {
        watchList = other;
        heardAt = clock.instant();
    }

    /** Makes one pass. */
    void pass() {
        pass(coverage());
    }

    /** What a pass is to ask for now. */
    Signal.Coverage coverage() {
        boolean recent = clock.instant().isBefore(lastWhole.plus(BETWEEN_WHOLE_LISTINGS));
        boolean quiet = lastWhole.isAfter(heardAt.plus(TAKEN_IN));
        return events && quiet && recent ? Signal.Coverage.DOWN : Signal.Coverage.ALL;
    }

    /** Makes one pass. An engine counts as found only when it has listed its containers, whatever else it answers. */
    void pass(Signal.Coverage coverage) {
        try {
            Signal listed = coverage == Signal.Coverage.ALL ? all() : down();
            if (!connected) {
                signals.accept(new Signal.EngineFound(engine.describe()));
                connected = true;
            }
            signals.accept(listed);
        } catch (EngineException e) {
            connected = false;
            lastWhole = Instant.MIN;
            boolean gone = e instanceof EngineUnreachableException unreachable && unreachable.isGone();
            signals.accept(new Signal.EngineLost(e.getMessage(), gone));
        }
    }

    /** Those that are down, or all where an engine, or a proxy before it, refuses the filter. */
    private Signal.Listed down() throws EngineException {
        Instant asked = clock.instant();
        List<Container> watched = new ArrayList<>();
        try {
            int total = engine.listDown(known, ifWatched(watched::add));
            return new Signal.Listed(asked, since(asked), Signal.Coverage.DOWN, total, watched);
        } catch (EngineRefusedException e) {
            return all();
        }
    }

    private Signal.Listed all() throws EngineException {
        Instant asked = clock.instant();
        lastWhole = asked;
        List<Container> watched = new ArrayList<>();
        Consumer<Container> consumer = ifWatched(watched::add);
        Set<String> absent = memory.ids();
        int total = engine.list(container -> {
            absent.remove(container.id());
            consumer.accept(container);
        });
        known = watched.size() > MOST_BY_ID
                ? Set.of()
                : watched.stream().map(Container::id).collect(Collectors.toUnmodifiableSet());
        return new Signal.Listed(asked, since(asked), Signal.Coverage.ALL, total, watched, absent);
    }

    private Duration since(Instant asked) {
        return Duration.between(asked, clock.instant());
    }

    private Consumer<Container> ifWatched(Consumer<Container> consumer) {
        return container -> {
            if (watchList.covers(container.name(), container.setup().labels())) {
                consumer.accept(container);
            }
        };
    }
}
