package watchdog.supervise;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import watchdog.engine.EngineException;
import watchdog.engine.EngineUnreachableException;
import watchdog.policy.Container;
import watchdog.policy.WatchList;

/** Asks the engine for its containers, one pass at a time, and signals what it saw. */
final class Poller {

    private final ContainerEngine engine;
    private final WatchList watchList;
    private final Clock clock;
    private final Consumer<Signal> signals;

    private boolean connected;

    Poller(ContainerEngine engine, WatchList watchList, Clock clock, Consumer<Signal> signals) {
        this.engine = engine;
        this.watchList = watchList;
        this.clock = clock;
        this.signals = signals;
    }

    /** Makes one pass. An engine counts as found only when it has listed its containers, whatever else it answers. */
    void pass() {
        try {
            Instant asked = clock.instant();
            List<Container> watched = new ArrayList<>();
            int total = engine.list(container -> {
                if (watchList.covers(container.name(), container.setup().labels())) {
                    watched.add(container);
                }
            });
            if (!connected) {
                signals.accept(new Signal.EngineFound(engine.describe()));
                connected = true;
            }
            signals.accept(new Signal.Listed(asked, total, watched));
        } catch (EngineException e) {
            connected = false;
            boolean gone = e instanceof EngineUnreachableException unreachable && unreachable.isGone();
            signals.accept(new Signal.EngineLost(e.getMessage(), gone));
        }
    }
}
