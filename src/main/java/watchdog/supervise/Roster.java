package watchdog.supervise;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.Rules;

/** The containers that are watched, as far as they exist, and nothing of those that do not. */
final class Roster {

    private final Rules rules;
    private final StopMemory memory;
    private final OwnFaults faults;
    private final Map<String, Supervised> byId = new LinkedHashMap<>();

    Roster(Rules rules, StopMemory memory, OwnFaults faults) {
        this.rules = rules;
        this.memory = memory;
        this.faults = faults;
    }

    /** Does something with a container. A fault in that costs only what is known of this container. */
    void deal(Supervised supervised, Instant now, Consumer<Supervised> what) {
        try {
            what.accept(supervised);
        } catch (RuntimeException e) {
            failed(supervised.container, e, now);
        }
    }

    /** The same with one that is made known if it was not. */
    void deal(Container container, Instant now, Consumer<Supervised> what) {
        try {
            what.accept(of(container));
        } catch (RuntimeException e) {
            failed(container, e, now);
        }
    }

    /** Does something with each of some containers, in the same way. */
    void dealWithEach(Collection<Supervised> some, Instant now, Consumer<Supervised> what) {
        // A copy, for what is done may make some unknown.
        List.copyOf(some).forEach(supervised -> deal(supervised, now, what));
    }

    /** A fault happened in dealing with a container: the next listing makes it known anew. */
    void failed(Container container, RuntimeException fault, Instant now) {
        byId.remove(container.id());
        faults.happened(container.toString(), fault, now);
    }

    Collection<Supervised> all() {
        return byId.values();
    }

    @Nullable
    Supervised find(String id) {
        return byId.get(id);
    }

    /** The one of that id, made known if it was not. */
    Supervised of(Container container) {
        return byId.computeIfAbsent(container.id(), id -> new Supervised(container, rules));
    }

    /** Those that live in the network of that container. */
    List<Supervised> dependents(String provider) {
        return byId.values().stream()
                .filter(supervised -> supervised.container.provider().equals(provider))
                .toList();
    }

    void forget(String id) {
        byId.remove(id);
        memory.forget(id);
    }

    /**
     * Forgets what was not listed, unless it is being worked on or was heard of since the listing was asked for.
     *
     * @return ids of remembered stops of which it is not known whether their containers are gone, or off the list
     */
    Set<String> forgetGone(Signal.Listed listed) {
        Set<String> ids = listed.watched().stream().map(Container::id).collect(Collectors.toSet());
        byId.values()
                .removeIf(supervised -> !supervised.work.isUnderWay()
                        && supervised.knownSince.isBefore(listed.asked())
                        && !ids.contains(supervised.container.id()));
        Set<String> unlisted = memory.ids();
        unlisted.removeAll(ids);
        return unlisted;
    }
}
