package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import watchdog.engine.ContainerEngine;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.engine.EngineUnreachableException;
import watchdog.policy.CallAnswer;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Life;
import watchdog.policy.Work;

/** The calls of an engine about one container: each is made on a worker, decides nothing, and brings back one signal. */
final class Calls {

    /**
     * Not authorized, here or at the proxy, forbidden, not allowed, unavailable (RFC 9110), too many (RFC 6585): no engine says so
     * of a restart.
     */
    private static final Set<Integer> NOT_BEGUN = Set.of(401, 403, 405, 407, 429, 503);

    /** A start without a check must be made this soon: within so short a time nobody else will have acted on the container. */
    private static final Duration THIS_MOMENT = Duration.ofMillis(100);

    private final ContainerEngine engine;
    private final Workers starts;
    private final Duration patience;
    private final Clock clock;
    private final Consumer<Signal> signals;
    private final OncePerContainer ofContainers;
    private final OncePerContainer ofContainersAtWork;
    private final OncePerContainer ofProviders;

    /**
     * Makes one.
     *
     * @param inspects where containers are inspected, so that this never waits behind starts
     * @param patience how long the engine may take to answer until other work no longer waits for that
     */
    Calls(
            ContainerEngine engine,
            Workers inspects,
            Workers starts,
            Duration patience,
            Clock clock,
            Consumer<Signal> signals) {
        this.engine = engine;
        this.starts = starts;
        this.patience = patience;
        this.clock = clock;
        this.signals = signals;
        this.ofContainers = new OncePerContainer(inspects);
        this.ofContainersAtWork = new OncePerContainer(inspects);
        this.ofProviders = new OncePerContainer(inspects);
    }

    /**
     * Inspects a container.
     *
     * @param name of the container, for people
     * @param isFollowUp whether a start or restart that is under way waits for it
     */
    void inspect(String id, String name, boolean isFollowUp) {
        OncePerContainer inspects = isFollowUp ? ofContainersAtWork : ofContainers;
        inspects.run(id, task(id, name + ": inspect", isFollowUp, patience, () -> {
            Instant asked = clock.instant();
            Signal answer;
            try {
                answer = new Signal.Inspected(asked, id, engine.inspect(id));
            } catch (EngineException e) {
                boolean isRefused =
                        !(e instanceof EngineUnreachableException unreachable) || unreachable.isUnreadable();
                boolean isAnswered = e instanceof EngineRefusedException refusal && !isOfProxy(refusal.status());
                answer = new Signal.NotInspected(asked, id, e.getMessage(), isRefused, isAnswered);
            }
            signals.accept(answer);
        }));
    }

    /** Inspects those whose namespaces a container joins. */
    void inspectProviders(Life life) {
        List<String> providers = life.setup().providers();
        ofProviders.run(
                life.id(),
                task(
                        life.id(),
                        life.container() + ": inspect of what it joins",
                        life.operation() != null,
                        patience,
                        () -> {
                            Instant asked = clock.instant();
                            Map<String, Instant> started = new HashMap<>();
                            boolean isOneGone = false;
                            try {
                                for (String provider : providers) {
                                    Optional<Container> found = engine.inspect(provider);
                                    // An id is never used again; a name may be.
                                    isOneGone |= found.isEmpty() && Container.isId(provider);
                                    found.filter(seen -> seen.state() == ContainerState.RUNNING)
                                            .map(seen -> seen.status().startedAt())
                                            .ifPresent(at -> started.put(provider, at));
                                }
                                signals.accept(new Signal.ProvidersInspected(asked, life.id(), started, isOneGone));
                            } catch (EngineException e) {
                                signals.accept(new Signal.ProvidersNotInspected(life.id(), e.getMessage()));
                            }
                        }));
    }

    /**
     * Starts a container.
     *
     * @param unchecked whether it was not inspected before: then only if that can be done this moment
     */
    void start(Life life, boolean unchecked) {
        Instant decided = clock.instant();
        make(life, Work.START, patience, () -> {
            boolean isTooLate = unchecked && clock.instant().isAfter(decided.plus(THIS_MOMENT));
            return isTooLate ? new CallAnswer.TooLate() : answer(() -> engine.start(life.id()));
        });
    }

    void restart(Life life, Duration stopTimeout) {
        Call restart = () -> {
            engine.restart(life.id(), stopTimeout);
            return true;
        };
        make(life, Work.RESTART, patience.plus(stopTimeout), () -> answer(restart));
    }

    private interface Call {
        /** Returns false if the container already was what it was to become. */
        boolean make() throws EngineException;
    }

    private void make(Life life, Work work, Duration mayTake, Supplier<CallAnswer> call) {
        starts.run(task(
                life.id(),
                life.container() + ": " + work,
                true,
                mayTake,
                () -> signals.accept(new Signal.Answered(life.id(), call.get()))));
    }

    private static CallAnswer answer(Call call) {
        try {
            return call.make() ? new CallAnswer.Accepted() : new CallAnswer.Unchanged();
        } catch (EngineRefusedException e) {
            // The engine may refuse the start within a restart with any status, after it has stopped the container.
            // What a proxy refuses has not begun.
            boolean begun = !NOT_BEGUN.contains(e.status());
            return new CallAnswer.Refused(e.getMessage(), begun);
        } catch (EngineException e) {
            boolean begun = !(e instanceof EngineUnreachableException unreachable && unreachable.isGone());
            return new CallAnswer.Unanswered(e.getMessage(), begun);
        }
    }

    /** Bad gateway, unavailable, gateway time-out (RFC 9110, 15.6): a proxy says so of an engine that it cannot ask. */
    private static boolean isOfProxy(int status) {
        return status >= 502 && status <= 504;
    }

    /** A task about a container; what it throws comes back as a signal. */
    private Workers.Task task(String id, String what, boolean isFollowUp, Duration mayTake, Runnable work) {
        return new Workers.Task(id, what, isFollowUp, mayTake, () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                signals.accept(new Signal.Failed(Optional.of(id), what, e));
            }
        });
    }
}
