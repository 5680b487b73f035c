package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.engine.EngineUnreachableException;
import watchdog.policy.Container;
import watchdog.policy.WatchList;

/**
 * Asks the engine for its containers, one pass at a time, and signals what it saw. As long as the engine tells its events,
 * and none is told, there are no other containers than before, and only those on the watch list are asked for, or, where
 * they are many, only those that are down: on a big host all others cost the engine much more. Now and then all are asked
 * for even so, for an engine may drop an event.
 */
final class Poller {

    private static final Duration BETWEEN_WHOLE_LISTINGS = Duration.ofMinutes(5);

    /** With more of them the request would be longer than what proxies take. */
    private static final int MOST_BY_ID = 50;

    private final ContainerEngine engine;
    private final WatchList watchList;
    private final Clock clock;
    private final Consumer<Signal> signals;

    private boolean connected;

    /** When all were asked for, if the engine has answered each time since. */
    private Instant lastWhole = Instant.MIN;

    /** Those on the watch list then, or none if they are too many to be asked for. */
    private Set<String> known = Set.of();

    /** Those on the watch list that were down then. */
    private Set<String> down = Set.of();

    private volatile boolean events;

    /** Whether no event was told since all were asked for. */
    private volatile boolean quiet;

    Poller(ContainerEngine engine, WatchList watchList, Clock clock, Consumer<Signal> signals) {
        this.engine = engine;
        this.watchList = watchList;
        this.clock = clock;
        this.signals = signals;
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

    /** Makes one pass. An engine counts as found only when it has listed its containers, whatever else it answers. */
    void pass() {
        try {
            Instant asked = clock.instant();
            Signal seen = isQuiet(asked) ? glance(asked) : whole(asked);
            if (!connected) {
                signals.accept(new Signal.EngineFound(engine.describe()));
                connected = true;
            }
            signals.accept(seen);
        } catch (EngineException e) {
            connected = false;
            lastWhole = Instant.MIN;
            boolean gone = e instanceof EngineUnreachableException unreachable && unreachable.isGone();
            signals.accept(new Signal.EngineLost(e.getMessage(), gone));
        }
    }

    private boolean isQuiet(Instant now) {
        return events && quiet && now.isBefore(lastWhole.plus(BETWEEN_WHOLE_LISTINGS));
    }

    /** Asks for no more than shows whether all is as it was, and for all if it is not, or if only they may be asked for. */
    private Signal glance(Instant asked) throws EngineException {
        try {
            if (known.isEmpty()) {
                return down().equals(down) ? new Signal.Unchanged(asked) : whole(asked);
            }
            Signal.Listed listed = list(asked, known);
            return listed.watched().size() < known.size() ? whole(asked) : listed;
        } catch (EngineRefusedException e) {
            return whole(asked);
        }
    }

    private Set<String> down() throws EngineException {
        Set<String> ids = new HashSet<>();
        engine.listDown(container -> {
            if (isWatched(container)) {
                ids.add(container.id());
            }
        });
        return ids;
    }

    private Signal.Listed whole(Instant asked) throws EngineException {
        quiet = true;
        lastWhole = asked;
        Signal.Listed listed = list(asked, Set.of());
        known = listed.watched().size() > MOST_BY_ID ? Set.of() : ids(listed.watched().stream());
        down = ids(listed.watched().stream().filter(Container::isDown));
        return listed;
    }

    private static Set<String> ids(Stream<Container> containers) {
        return containers.map(Container::id).collect(Collectors.toUnmodifiableSet());
    }

    private Signal.Listed list(Instant asked, Set<String> ids) throws EngineException {
        List<Container> watched = new ArrayList<>();
        int total = engine.list(ids, container -> {
            if (isWatched(container)) {
                watched.add(container);
            }
        });
        return new Signal.Listed(asked, total, watched);
    }

    private boolean isWatched(Container container) {
        return watchList.covers(container.name(), container.setup().labels());
    }
}
