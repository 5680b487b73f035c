package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.engine.EngineUnreachableException;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Outcome;

/**
 * Starts and restarts containers, on workers, and sees what becomes of them. Each ends in one {@link Signal.Finished}. A container
 * is looked at right before, unless its crash was told that moment: since it was last seen, somebody may have started, stopped or
 * removed it.
 */
final class Restarter {

    /** What dies of a bad configuration dies sooner than this. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    /** Nobody has done anything with a container within so short a time. */
    private static final Duration JUST_NOW = Duration.ofMillis(100);

    private static final Duration LATER = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(Restarter.class);

    private final ContainerEngine engine;
    private final Workers inspects;
    private final Workers starts;
    private final Duration patience;
    private final Clock clock;
    private final Consumer<Signal> signals;
    private final OncePerContainer looks;
    private final OncePerContainer checks;

    /** When a look that is due later was last asked for, by id. */
    private final Map<String, Instant> laterLooks = new ConcurrentHashMap<>();

    /**
     * Makes one.
     *
     * @param inspects where containers are only looked at, so that this never waits behind starts
     * @param patience how long the engine may take to answer until other work no longer waits for that
     */
    Restarter(
            ContainerEngine engine,
            Workers inspects,
            Workers starts,
            Duration patience,
            Clock clock,
            Consumer<Signal> signals) {
        this.engine = engine;
        this.inspects = inspects;
        this.looks = new OncePerContainer(inspects);
        this.checks = new OncePerContainer(inspects);
        this.starts = starts;
        this.patience = patience;
        this.clock = clock;
        this.signals = signals;
    }

    void look(Container container) {
        look(container.id(), container.toString());
    }

    /**
     * Looks at a container; no signal if the engine does not answer, for the next pass asks again.
     *
     * @param name of the container, for people
     */
    void look(String id, String name) {
        looks.run(id, task(id, name + ": inspect", patience, () -> {
            Instant asked = clock.instant();
            try {
                signals.accept(new Signal.Looked(asked, id, engine.look(id)));
            } catch (EngineException e) {
                if (e instanceof EngineUnreachableException unreachable && !unreachable.isUnreadable()) {
                    LOG.debug("could not look at {}: {}", name, e.getMessage());
                } else {
                    signals.accept(new Signal.LookRefused(id, e.getMessage()));
                }
            }
        }));
    }

    /** Looks a few seconds after this was last asked for, which may be as often as the engine tells something. */
    void lookLater(Container container) {
        if (laterLooks.put(container.id(), clock.instant()) == null) {
            lookAfter(LATER, container);
        }
    }

    private void lookAfter(Duration wait, Container container) {
        String id = container.id();
        inspects.runAfter(wait, task(id, container + ": inspect", patience, () -> {
            Instant asked = laterLooks.getOrDefault(id, Instant.MIN);
            Duration left = Duration.between(clock.instant(), asked.plus(LATER));
            if (left.isNegative() && laterLooks.remove(id, asked)) {
                look(container);
            } else {
                lookAfter(left.isNegative() ? LATER : left.plusMillis(1), container);
            }
        }));
    }

    /** A task about a container; what it throws comes back as a signal. */
    private Workers.Task task(String id, String what, Duration mayTake, Runnable work) {
        return new Workers.Task(what, mayTake, () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                signals.accept(new Signal.Failed(Optional.of(id), what, e));
            }
        });
    }

    private Workers.Task task(Container container, Work work, Duration mayTake, Runnable what) {
        return task(container.id(), container + ": " + work, mayTake, what);
    }

    /** Finds out whether a container has lost the network that it lives in, perhaps for good; signals only if so. */
    void checkNetwork(Container container) {
        String id = container.id();
        checks.run(id, task(id, container + ": inspect", patience, () -> {
            try {
                Optional<Container> found = engine.look(id);
                if (found.isPresent() && isOrphan(found.get())) {
                    signals.accept(new Signal.ProviderGone(id));
                } else if (found.isPresent() && hasLostNetwork(found.get())) {
                    signals.accept(new Signal.NetworkLost(id));
                }
            } catch (EngineException e) {
                LOG.debug("could not look at the network of {}: {}", Container.shortId(id), e.getMessage());
            }
        }));
    }

    /** Starts what has exited or was only created. */
    void start(Container container) {
        starts.run(task(
                container,
                Work.START,
                patience,
                () -> attempt(container, Work.START, Container::isDown, () -> engine.start(container.id()))));
    }

    /**
     * Starts what has crashed just now without looking at it: an engine that clears away after a death is slow to tell. It
     * is looked at if its turn comes only later.
     *
     * @param told when the crash was told
     */
    void startAtOnce(Container container, Instant told) {
        starts.run(task(container, Work.START, patience, () -> {
            Call start = () -> engine.start(container.id());
            if (clock.instant().isAfter(told.plus(JUST_NOW))) {
                attempt(container, Work.START, Container::isDown, start);
            } else {
                carryOut(container, Work.START, start);
            }
        }));
    }

    /** Restarts what runs and is unhealthy, or was started before the container whose network it lives in. */
    void restart(Container container, Duration stopTimeout) {
        Call restart = () -> {
            engine.restart(container.id(), stopTimeout);
            return true;
        };
        starts.run(task(
                container,
                Work.RESTART,
                patience.plus(stopTimeout),
                () -> attempt(container, Work.RESTART, this::isIll, restart)));
    }

    private boolean isIll(Container seen) throws EngineException {
        return seen.state() == ContainerState.RUNNING
                && (seen.status().health() == Health.UNHEALTHY || hasLostNetwork(seen));
    }

    private boolean hasLostNetwork(Container seen) throws EngineException {
        if (seen.provider().isEmpty()) {
            return false;
        }
        Instant own = seen.status().startedAt();
        Instant providers = engine.look(seen.provider())
                .filter(provider -> provider.state() == ContainerState.RUNNING)
                .map(provider -> provider.status().startedAt())
                .orElse(null);
        return own != null && providers != null && own.isBefore(providers);
    }

    /** Ids never come again; a name may. */
    private boolean isOrphan(Container seen) throws EngineException {
        return seen.joinsById() && engine.look(seen.provider()).isEmpty();
    }

    private interface Check {
        boolean holds(Container seen) throws EngineException;
    }

    private interface Call {
        /** Returns false if the container already was what it was to become. */
        boolean make() throws EngineException;
    }

    private void attempt(Container container, Work work, Check needed, Call call) {
        try {
            Optional<Container> found = engine.look(container.id());
            if (found.isEmpty()) {
                finish(container, work, new Outcome.Gone());
            } else if (found.get().setup().autoRemove()
                    || !found.get().name().equals(container.name())
                    || !needed.holds(found.get())) {
                finish(container, work, new Outcome.NotNeeded(found.get()));
            } else {
                carryOut(container, work, call);
            }
        } catch (EngineException e) {
            finish(container, work, new Outcome.Unknown(e.getMessage(), false));
        }
    }

    private void carryOut(Container container, Work work, Call call) {
        try {
            if (call.make()) {
                inspects.runAfter(SETTLED, task(container, work, patience, () -> lookAgain(container, work)));
            } else {
                finish(
                        container,
                        work,
                        engine.look(container.id()).map(Restarter::unchanged).orElseGet(Outcome.Gone::new));
            }
        } catch (EngineRefusedException e) {
            finish(container, work, refused(container, e));
        } catch (EngineException e) {
            boolean asked = !(e instanceof EngineUnreachableException unreachable && unreachable.isGone());
            finish(container, work, new Outcome.Unknown(e.getMessage(), asked));
        }
    }

    /** The engine says that it runs already. If it is down even so, that was a try: the next one is not to follow at once. */
    private static Outcome unchanged(Container found) {
        return found.isDown()
                ? new Outcome.Failed("the engine says that it runs already, but it is " + found.state(), found)
                : new Outcome.NotNeeded(found);
    }

    /** An engine says "not found" also of a network, or of the container whose network is to be joined. */
    private Outcome refused(Container container, EngineRefusedException refusal) {
        try {
            Optional<Container> found = engine.look(container.id());
            ContainerState state = found.map(Container::state).orElse(ContainerState.REMOVING);
            if (state == ContainerState.REMOVING || state == ContainerState.DEAD) {
                return new Outcome.Gone();
            }
            if (state == ContainerState.PAUSED || state == ContainerState.RESTARTING) {
                return new Outcome.NotNeeded(found.get());
            }
            if (isOrphan(container)) {
                return new Outcome.Orphaned();
            }
            return new Outcome.Failed(refusal.getMessage(), found.get());
        } catch (EngineException e) {
            return new Outcome.Unknown(e.getMessage(), true);
        }
    }

    private void lookAgain(Container container, Work work) {
        try {
            finish(
                    container,
                    work,
                    engine.look(container.id()).map(Restarter::outcome).orElseGet(Outcome.Gone::new));
        } catch (EngineException e) {
            finish(container, work, new Outcome.Unknown("started, but not seen since: " + e.getMessage(), true));
        }
    }

    private static Outcome outcome(Container after) {
        return switch (after.state()) {
            case RUNNING, PAUSED ->
                new Outcome.Up(
                        between(after.status().finishedAt(), after.status().startedAt()));
            case REMOVING, DEAD -> new Outcome.Gone();
            default -> new Outcome.WentDown(after.status().exitCode().orElse(-1));
        };
    }

    private static @Nullable Duration between(@Nullable Instant exit, @Nullable Instant start) {
        return exit == null || start == null || start.isBefore(exit) ? null : Duration.between(exit, start);
    }

    private void finish(Container container, Work work, Outcome outcome) {
        signals.accept(new Signal.Finished(container, work, outcome));
    }
}
