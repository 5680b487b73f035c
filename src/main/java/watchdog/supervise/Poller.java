package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import watchdog.engine.EngineException;
import watchdog.engine.EngineUnreachableException;
import watchdog.policy.Container;
import watchdog.policy.WatchList;

/**
 * Asks the engine for its containers, one pass at a time, and signals what it saw. As long as the engine tells its events,
 * and none is told, there are no other containers than before, and only those on the watch list are asked for: on a big
 * host all others cost the engine much more. Now and then all are asked for even so, for an engine may drop an event.
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

    /** Those on the watch list when all were listed, and when that was asked for. */
    private Set<String> known = Set.of();

    private Instant lastWhole = Instant.MIN;

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
            Signal.Listed listed = knownSuffice(asked) ? list(asked, known) : whole(asked);
            if (listed.watched().size() < known.size()) {
                listed = whole(asked);
            }
            if (!connected) {
                signals.accept(new Signal.EngineFound(engine.describe()));
                connected = true;
            }
            signals.accept(listed);
        } catch (EngineException e) {
            connected = false;
            known = Set.of();
            boolean gone = e instanceof EngineUnreachableException unreachable && unreachable.isGone();
            signals.accept(new Signal.EngineLost(e.getMessage(), gone));
        }
    }

    private boolean knownSuffice(Instant now) {
        return events
                && quiet
                && !known.isEmpty()
                && known.size() <= MOST_BY_ID
                && now.isBefore(lastWhole.plus(BETWEEN_WHOLE_LISTINGS));
    }

    private Signal.Listed whole(Instant asked) throws EngineException {
        quiet = true;
        lastWhole = asked;
        Signal.Listed listed = list(asked, Set.of());
        known = listed.watched().stream().map(Container::id).collect(Collectors.toUnmodifiableSet());
        return listed;
    }

    private Signal.Listed list(Instant asked, Set<String> ids) throws EngineException {
        List<Container> watched = new ArrayList<>();
        int total = engine.list(ids, container -> {
            if (watchList.covers(container.name(), container.setup().labels())) {
                watched.add(container);
            }
        });
        return new Signal.Listed(asked, total, watched);
    }
}
