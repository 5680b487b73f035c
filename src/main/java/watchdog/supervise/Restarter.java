package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
    private final Workers workers;
    private final Clock clock;
    private final Consumer<Signal> signals;
    private final Set<String> looks = ConcurrentHashMap.newKeySet();
    private final Set<String> checks = ConcurrentHashMap.newKeySet();

    Restarter(ContainerEngine engine, Workers workers, Clock clock, Consumer<Signal> signals) {
        this.engine = engine;
        this.workers = workers;
        this.clock = clock;
        this.signals = signals;
    }

    /** Looks at a container; no signal if the engine does not answer, for the next pass asks again. */
    void look(String id) {
        once(looks, id, () -> {
            Instant asked = clock.instant();
            try {
                signals.accept(new Signal.Looked(asked, id, engine.look(id)));
            } catch (EngineRefusedException e) {
                signals.accept(new Signal.LookRefused(id, e.getMessage()));
            } catch (EngineException e) {
                LOG.debug("could not look at {}: {}", Container.shortId(id), e.getMessage());
            }
        });
    }

    /** Looks in a few seconds. */
    void lookLater(String id) {
        workers.runAfter(LATER, () -> look(id));
    }

    /** Work of one kind that already waits for its turn with one container is not added again. */
    private void once(Set<String> waiting, String id, Runnable work) {
        if (waiting.add(id)) {
            workers.run(() -> {
                waiting.remove(id);
                work.run();
            });
        }
    }

    /** Finds out whether a container has lost the network that it lives in, perhaps for good; signals only if so. */
    void checkNetwork(String id) {
        once(checks, id, () -> {
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
        });
    }

    /** Starts what has exited or was only created. */
    void start(Container container) {
        workers.run(() -> attempt(container, Work.START, Container::isDown, () -> engine.start(container.id())));
    }

    /**
     * Starts what has crashed just now without looking at it: an engine that clears away after a death is slow to tell. It
     * is looked at if its turn comes only later.
     *
     * @param told when the crash was told
     */
    void startAtOnce(Container container, Instant told) {
        workers.run(() -> {
            Call start = () -> engine.start(container.id());
            if (clock.instant().isAfter(told.plus(JUST_NOW))) {
                attempt(container, Work.START, Container::isDown, start);
            } else {
                carryOut(container, Work.START, start);
            }
        });
    }

    /** Restarts what runs and is unhealthy, or was started before the container whose network it lives in. */
    void restart(Container container, Duration stopTimeout) {
        workers.run(() -> attempt(container, Work.RESTART, this::isIll, () -> {
            engine.restart(container.id(), stopTimeout);
            return true;
        }));
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
                workers.runAfter(SETTLED, () -> lookAgain(container, work));
            } else {
                Optional<Container> found = engine.look(container.id());
                finish(
                        container,
                        work,
                        found.<Outcome>map(Outcome.NotNeeded::new).orElseGet(Outcome.Gone::new));
            }
        } catch (EngineRefusedException e) {
            finish(container, work, refused(container, e));
        } catch (EngineException e) {
            boolean asked = !(e instanceof EngineUnreachableException unreachable && unreachable.isGone());
            finish(container, work, new Outcome.Unknown(e.getMessage(), asked));
        }
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
