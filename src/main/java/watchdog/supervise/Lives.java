package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Down;
import watchdog.policy.Effect;
import watchdog.policy.Fact;
import watchdog.policy.Holds;
import watchdog.policy.Input;
import watchdog.policy.Life;
import watchdog.policy.Lifecycle;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Standing;
import watchdog.policy.StartOrder;
import watchdog.policy.Step;
import watchdog.policy.Surroundings;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** The lives of the containers that are watched, as far as they exist: has each go on, and has done what comes of that. */
final class Lives {

    private Rules rules;
    private Lifecycle lifecycle;
    private final Calls calls;
    private final StopMemory memory;
    private final Observer observer;
    private final DoubleSupplier random;
    private final EngineContact contact;
    private final OwnFaults faults;
    private final Places places;

    private final Map<String, Life> lives = new LinkedHashMap<>();

    private Holds holds = Holds.NONE;

    /** Whether any has been given a time since none had one. */
    private boolean anyWaits;

    Lives(
            WatchList watchList,
            Rules rules,
            Calls calls,
            int parallel,
            StopMemory memory,
            Observer observer,
            DoubleSupplier random,
            EngineContact contact) {
        this.rules = rules;
        this.lifecycle = new Lifecycle(rules, watchList);
        this.calls = calls;
        this.memory = memory;
        this.observer = observer;
        this.random = random;
        this.contact = contact;
        this.faults = new OwnFaults(observer);
        this.places = new Places(parallel);
    }

    /** Each goes on by other rules and another watch list: it is decided anew, and nothing is forgotten. */
    void goOnBy(Rules otherRules, WatchList otherList, Instant now) {
        rules = otherRules;
        lifecycle = new Lifecycle(rules, otherList);
        forEach(life -> true, new Input.Due(), now);
        lives.values().forEach(life -> observer.changed(standing(life, now)));
        // Of a label that nobody was looking for, nothing is known; what is not on the list is forgotten once all are
        // listed.
        lives.values().stream()
                .filter(life -> !otherList.covers(life.name(), life.setup().labels()))
                .forEach(life -> calls.inspect(life.id(), life.container().toString(), false));
    }

    /** When {@link #tick} is to be called at the latest, if nothing else happens. */
    Optional<Instant> nextDeadline() {
        // This is asked at each signal, and mostly nothing waits: so it does not go through all that are watched.
        if (!anyWaits) {
            return Optional.empty();
        }
        Instant soonest = null;
        for (Life life : lives.values()) {
            Instant wakeAt = life.wakeAt();
            if (wakeAt != null && (soonest == null || wakeAt.isBefore(soonest))) {
                soonest = wakeAt;
            }
        }
        anyWaits = soonest != null;
        return Optional.ofNullable(soonest);
    }

    /** Goes on with what has waited for its time. */
    void tick(Instant now) {
        if (anyWaits) {
            forEach(life -> life.wakeAt() != null && !life.wakeAt().isAfter(now), new Input.Due(), now);
            fillPlaces(now);
        }
    }

    /** These are all holds that there are from now on. */
    void hold(Holds all, Instant now) {
        holds = all;
        forEach(life -> true, new Input.Due(), now);
    }

    /** Ids of the containers of which anything is known. */
    Set<String> ids() {
        return Set.copyOf(lives.keySet());
    }

    boolean isKnown(String id) {
        return lives.containsKey(id);
    }

    /** What is known of a container, or null if nothing. */
    @Nullable
    Life find(String id) {
        return lives.get(id);
    }

    /** Makes a container known, if it was not. */
    void make(String id, String name, Setup setup, Instant now) {
        lives.computeIfAbsent(id, unknown -> Life.of(unknown, name, setup, now));
    }

    /** Whether an operator's stop was told of which it is not sure yet whose it is. */
    boolean isStopPending() {
        return lives.values().stream().anyMatch(Life::isStopPending);
    }

    /** Whether something is being done with any. */
    boolean isAnyUnderWay() {
        return lives.values().stream().anyMatch(life -> life.operation() != null);
    }

    /** Names of those that are not well. */
    Set<String> notUp(Instant now) {
        return lives.values().stream()
                .filter(life -> !standing(life, now).isWell())
                .map(Life::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Standing standing(Life life, Instant now) {
        return new RestartPolicy(rules).standing(life, around(life, now), now);
    }

    /** Has a life go on by an input, if there is such a container. A fault in that costs only what is known of it. */
    void give(String id, Input input, Instant now) {
        Life before = lives.get(id);
        if (before == null) {
            return;
        }
        try {
            Step step = lifecycle.step(before, input, around(before, now), now);
            Life next = step.life();
            // Where nothing is ever begun, what is decided is told, and decided anew.
            Life after = next != null && places.isNone() ? next.withoutOperation() : next;
            boolean isChanged = !before.equals(after);
            if (isChanged) {
                replace(before, after, now);
            }
            Life about = after == null ? before : after;
            step.effects().forEach(effect -> effect.carryOut(new Doing(about)));
            if (isChanged) {
                goOnWithDependents(before, after, now);
                goOnInTurn(before, after, now);
            }
        } catch (RuntimeException e) {
            failed(Optional.of(id), before.container().toString(), e, now);
        }
    }

    private void replace(Life before, @Nullable Life after, Instant now) {
        if (after == null) {
            forget(before.id(), now);
            return;
        }
        lives.put(after.id(), after);
        observer.changed(standing(after, now));
        places.noted(after.id(), before, after);
        anyWaits |= after.wakeAt() != null;
        remember(before, after);
        contact.wentDown(isOutage(after) && !isOutage(before));
    }

    private static boolean isOutage(Life life) {
        return life.phase() instanceof Down down && down.cause() == Cause.Accident.OUTAGE;
    }

    private void remember(Life before, Life after) {
        Instant stoppedAt = after.stoppedAt();
        if (Objects.equals(before.stoppedAt(), stoppedAt)) {
            return;
        }
        if (stoppedAt == null) {
            memory.forget(after.id());
        } else {
            memory.remember(after.id(), stoppedAt);
        }
    }

    /** What is to be done outside about a container. */
    private final class Doing implements Effect.Interpreter {

        private final Life life;

        Doing(Life life) {
            this.life = life;
        }

        @Override
        public void inspect() {
            calls.inspect(life.id(), life.container().toString(), life.operation() != null);
        }

        @Override
        public void inspectProviders() {
            calls.inspectProviders(life);
        }

        @Override
        public void start(boolean unchecked) {
            calls.start(life, unchecked);
        }

        @Override
        public void restart(Duration stopTimeout) {
            calls.restart(life, stopTimeout);
        }

        @Override
        public void tell(Fact fact) {
            observer.tell(fact);
        }
    }

    private Surroundings around(Life life, Instant now) {
        boolean isReplaced = life.nameWithoutPrefix()
                .filter(plain ->
                        lives.values().stream().anyMatch(other -> other.name().equals(plain)))
                .isPresent();
        return new Surroundings(
                contact.answers(),
                contact.events(),
                life.setup().providers().stream().map(lives::get).noneMatch(Lives::isAwaited),
                places.isOneFree(),
                isReplaced,
                isOrderKept(now) ? StartOrder.predecessor(life, lives.values(), contact.orderKeptUntil()) : null,
                holds,
                random.getAsDouble());
    }

    private boolean isOrderKept(Instant now) {
        return now.isBefore(contact.orderKeptUntil());
    }

    private static boolean isAwaited(@Nullable Life provider) {
        return provider != null && provider.isAwaited();
    }

    /** What has waited for it goes on. */
    private void goOnWithDependents(Life before, @Nullable Life after, Instant now) {
        boolean isEnded = before.operation() != null && (after == null || after.operation() == null);
        if (isEnded || (before.isAwaited() && !isAwaited(after))) {
            boolean isUp = after != null && after.state() == ContainerState.RUNNING;
            for (Life dependent : dependents(before.id())) {
                if (isEnded && isUp && rules.dependents()) {
                    calls.inspectProviders(dependent);
                }
                give(dependent.id(), new Input.Due(), now);
            }
        }
    }

    /** Those whose start has waited for that one in compose's order go on. */
    private void goOnInTurn(Life before, @Nullable Life after, Instant now) {
        // Most hold up nobody, so mostly this does not go through all that are watched.
        if (isOrderKept(now) && StartOrder.mayHoldUpOthers(before)) {
            forEach(
                    life -> StartOrder.isBefore(before, life) && (after == null || !StartOrder.isBefore(after, life)),
                    new Input.Due(),
                    now);
        }
    }

    private List<Life> dependents(String provider) {
        return lives.values().stream()
                .filter(life -> life.setup().providers().contains(provider))
                .toList();
    }

    void forEachDependent(String provider, Input input, Instant now) {
        dependents(provider).forEach(dependent -> give(dependent.id(), input, now));
    }

    void forEach(Predicate<Life> which, Input input, Instant now) {
        // A copy, for what is done may make some unknown.
        List<String> ids = lives.values().stream().filter(which).map(Life::id).toList();
        ids.forEach(id -> give(id, input, now));
    }

    /** What is being done with that container takes long: others no longer wait for it. */
    void freePlace(String id) {
        places.free(id);
    }

    void fillPlaces(Instant now) {
        for (Optional<String> next = places.next(); next.isPresent(); next = places.next()) {
            give(next.get(), new Input.PlaceFree(), now);
        }
    }

    void forget(String id, Instant now) {
        lives.remove(id);
        observer.forgotten(id);
        places.noted(id, null, null);
        memory.forget(id);
    }

    /** Forgets what was not listed, unless it is being worked on or was heard of since the listing was asked for. */
    void forgetUnlisted(Collection<String> listed, Instant asked) {
        List<String> unlisted = lives.values().stream()
                .filter(life ->
                        life.operation() == null && life.knownSince().isBefore(asked) && !listed.contains(life.id()))
                .map(Life::id)
                .toList();
        unlisted.forEach(id -> {
            lives.remove(id);
            observer.forgotten(id);
        });
    }

    /** A fault happened in dealing with a container: the next listing makes it known anew. */
    void failed(Optional<String> about, String doing, RuntimeException fault, Instant now) {
        Life life = about.map(lives::remove).orElse(null);
        about.ifPresent(id -> {
            places.noted(id, null, null);
            observer.lostTrackOf(id);
        });
        String what = life != null
                ? life.container().toString()
                : about.map(Container::shortId).orElse(doing);
        faults.happened(what, fault, now);
    }
}
