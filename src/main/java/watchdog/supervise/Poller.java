package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import watchdog.engine.ContainerEngine;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.engine.EngineUnreachableException;
import watchdog.policy.Container;
import watchdog.policy.WatchList;

/**
 * Asks the engine for its containers, one pass at a time, and signals what it saw. As long as the engine tells its events,
 * and none comes, there are no other containers than before, but for a lost event, and not all are asked for: on a big host
 * that costs the engine much more than to ask for those on the watch list by id, or, where these are many, for those that
 * are down. Now and then all are asked for even so, for an engine may drop an event.
 */
final class Poller {

    private static final Duration BETWEEN_WHOLE_LISTINGS = Duration.ofMinutes(5);

    /** With more of them the request would be longer than what proxies take. */
    private static final int MOST_BY_ID = 50;

    private final ContainerEngine engine;
    private final WatchList watchList;
    private final Clock clock;
    private final Consumer<Signal> signals;
    private final int mostById;

    private boolean connected;

    /** When all were asked for, if the engine has answered each time since. */
    private Instant lastWhole = Instant.MIN;

    /** Those on the watch list then, if they are few enough to be asked for by id, and else none. */
    private Set<String> known = Set.of();

    private volatile boolean events;

    /** Whether no event was told since all were asked for. */
    private volatile boolean quiet;

    Poller(ContainerEngine engine, WatchList watchList, Clock clock, Consumer<Signal> signals) {
        this(engine, watchList, clock, signals, MOST_BY_ID);
    }

    /** One that asks for no more than so many by id. */
    Poller(ContainerEngine engine, WatchList watchList, Clock clock, Consumer<Signal> signals, int mostById) {
        this.engine = engine;
        this.watchList = watchList;
        this.clock = clock;
        this.signals = signals;
        this.mostById = mostById;
    }

    /** Takes note of what comes from the engine's events, on any thread. */
    void heard(Signal signal) {
        quiet = false;
        if (signal instanceof Signal.EventsBegun) {
            events = true;
        } else if (signal instanceof Signal.EventsEnded) {
            events = false;
        }
    }

    /** Makes one pass. */
    void pass() {
        boolean recent = clock.instant().isBefore(lastWhole.plus(BETWEEN_WHOLE_LISTINGS));
        pass(!(events && quiet && recent));
    }

    /**
     * Makes one pass. An engine counts as found only when it has listed its containers, whatever else it answers.
     *
     * @param overAll whether all are to be asked for, rather than only what may have changed without an event
     */
    void pass(boolean overAll) {
        try {
            Signal listed = overAll ? all() : some();
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

    /** Those that suffice, or all where they do not, or where an engine, or a proxy before it, refuses the filter. */
    private Signal some() throws EngineException {
        try {
            Signal listed = known.isEmpty() ? down() : byId();
            if (listed != null) {
                return listed;
            }
        } catch (EngineRefusedException e) {
            // It may still list all.
        }
        return all();
    }

    /** Those known, or null if one of them is not on the watch list any more. */
    private Signal.@Nullable Listed byId() throws EngineException {
        Instant asked = clock.instant();
        List<Container> watched = new ArrayList<>();
        int total = engine.list(known, ifWatched(watched::add));
        return watched.size() < known.size() ? null : new Signal.Listed(asked, Signal.Coverage.KNOWN, total, watched);
    }

    private Signal.Listed down() throws EngineException {
        Instant asked = clock.instant();
        List<Container> watched = new ArrayList<>();
        int total = engine.listDown(ifWatched(watched::add));
        return new Signal.Listed(asked, Signal.Coverage.DOWN, total, watched);
    }

    private Signal.Listed all() throws EngineException {
        quiet = true;
        Instant asked = clock.instant();
        lastWhole = asked;
        List<Container> watched = new ArrayList<>();
        int total = engine.list(Set.of(), ifWatched(watched::add));
        known = watched.size() > mostById
                ? Set.of()
                : watched.stream().map(Container::id).collect(Collectors.toUnmodifiableSet());
        return new Signal.Listed(asked, Signal.Coverage.ALL, total, watched);
    }

    private Consumer<Container> ifWatched(Consumer<Container> consumer) {
        return container -> {
            if (watchList.covers(container.name(), container.setup().labels())) {
                consumer.accept(container);
            }
        };
    }
}
