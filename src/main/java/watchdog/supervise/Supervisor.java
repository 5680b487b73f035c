package watchdog.supervise;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import watchdog.policy.Container;
import watchdog.policy.Decision;
import watchdog.policy.RestartPolicy;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** Turns signals into decisions and has them carried out. Owns all state and is used by one thread. */
final class Supervisor {

    private final WatchList watchList;
    private final RestartPolicy policy;
    private final Restarter restarter;
    private final Observer observer;
    private final EngineContact contact;

    private final Map<String, Supervised> byId = new HashMap<>();
    private Set<String> missing = Set.of();

    Supervisor(WatchList watchList, RestartPolicy policy, Restarter restarter, Observer observer) {
        this.watchList = watchList;
        this.policy = policy;
        this.restarter = restarter;
        this.observer = observer;
        this.contact = new EngineContact(observer);
    }

    /**
     * Takes one signal.
     *
     * @param now by a clock that is never set back
     */
    void handle(Signal signal, Instant now) {
        if (signal instanceof Signal.Listed listed) {
            listed(listed);
        } else if (signal instanceof Signal.StartFinished finished) {
            startFinished(finished, now);
        } else if (signal instanceof Signal.EngineFound found) {
            contact.found(found.engine(), now);
        } else if (signal instanceof Signal.EngineLost lost) {
            contact.lost(lost.problem(), now);
        }
    }

    private void listed(Signal.Listed listed) {
        observer.listed(listed.total(), listed.watched());
        tellMissing(listed.watched());
        forgetGone(listed.watched());
        for (Container container : listed.watched()) {
            Supervised supervised = byId.computeIfAbsent(container.id(), id -> new Supervised());
            if (!supervised.starting && supervised.knownSince.isBefore(listed.asked())) {
                act(container, supervised);
            }
        }
    }

    private void act(Container container, Supervised supervised) {
        Decision decision = policy.decide(container);
        observer.decided(container, decision);
        if (decision instanceof Decision.Start) {
            supervised.starting = true;
            restarter.start(container);
        }
    }

    private void startFinished(Signal.StartFinished finished, Instant now) {
        Supervised supervised = byId.get(finished.container().id());
        if (supervised != null) {
            supervised.starting = false;
            supervised.knownSince = now;
        }
        observer.startFinished(finished.container(), finished.outcome());
    }

    private void tellMissing(List<Container> watched) {
        Set<String> names = watched.stream().map(Container::name).collect(Collectors.toSet());
        Set<String> missingNow = watchList.missingFrom(names);
        Set<String> newly = new LinkedHashSet<>(missingNow);
        newly.removeAll(missing);
        if (!newly.isEmpty()) {
            observer.missing(newly);
        }
        missing.stream().filter(name -> !missingNow.contains(name)).forEach(observer::appeared);
        missing = missingNow;
    }

    /** A start that is under way for a container that is gone still counts, so that a listing cannot start it twice. */
    private void forgetGone(List<Container> watched) {
        Set<String> ids = watched.stream().map(Container::id).collect(Collectors.toSet());
        byId.entrySet().removeIf(entry -> !entry.getValue().starting && !ids.contains(entry.getKey()));
    }
}
