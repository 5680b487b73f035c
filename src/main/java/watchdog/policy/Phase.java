package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a container itself goes through, as far as anybody saw. Each phase says for itself what follows from what is told or
 * found; instants are by the loop's clock unless said otherwise.
 */
public sealed interface Phase {

    /** What the engine would say of it. */
    Status status();

    /** What is to be done with it, by that policy. */
    Decision decide(RestartPolicy policy, Life life, RestartMode mode, Instant now);

    /** Its process was started, by whomever. */
    default Phase started(Instant now) {
        return Up.begun(now);
    }

    /**
     * Its process has ended.
     *
     * @param explained whether the engine tells the signals that an operator's stop sends
     */
    default Phase died(OptionalInt exitCode, boolean explained, Instant now) {
        return Up.begun(now).died(exitCode, explained, now);
    }

    /** It was sent a signal. Only what runs can be, as with the death, the stop, the want of memory and the pause. */
    default Phase signalled(Kill kill) {
        return Up.begun(kill.at()).signalled(kill);
    }

    /** An operator's stop has come to its end; the death was told before, or is told after. */
    default Phase stopped(Instant now) {
        return Up.begun(now).stopped(now);
    }

    /** A process in it was ended for want of memory. */
    default Phase outOfMemory(Instant now) {
        return Up.begun(now).outOfMemory(now);
    }

    /** Somebody paused it, or let it go on. */
    default Phase paused(boolean isPaused, Instant now) {
        return Up.begun(now).paused(isPaused, now);
    }

    /** Its health check came to that. */
    default Phase health(Health health) {
        return this;
    }

    /** It was found running or paused. */
    default Phase foundUp(Status seen, Instant now) {
        return Up.begun(now).seenAs(seen);
    }

    /**
     * It was found down.
     *
     * @param since since when, at the latest
     */
    default Phase foundDown(Status seen, Instant since) {
        return new Down(Cause.Accident.UNWITNESSED, since, seen.exitCode());
    }

    /** It was found in that state. */
    default Phase found(Status seen, Instant now) {
        return switch (seen.state()) {
            case RUNNING, PAUSED -> foundUp(seen, now);
            case EXITED -> foundDown(seen, now.minus(seen.downFor()));
            case CREATED -> new Created(seen.error());
            case RESTARTING, REMOVING, DEAD, UNKNOWN -> new Elsewhere(seen.state());
        };
    }

    /** There is no engine any more: what ran may be down when it is back. */
    default Phase engineGone(Instant now) {
        return this;
    }

    /** Nobody tells any more what happens. */
    default Phase eventsEnded(Instant now) {
        return this;
    }

    /** It is told again what happens; what happened meanwhile was not. */
    default Phase eventsBegun() {
        return this;
    }

    /** Only now is it known how it was created, and so what a signal that it was sent before is for. */
    default Phase createdWith(Setup setup) {
        return this;
    }

    /**
     * It runs, or is paused.
     *
     * @param since when it was started, or first found up
     * @param kill the signal of which it may yet die, or null
     * @param outOfMemoryAt when a process in it was ended for want of memory last, or null
     * @param engineGone whether the engine has gone, and it was not seen since
     * @param eventsEndedAt when the events ended, if it was not seen since, or null
     * @param startedAt by the engine's clock, where it was inspected since, or null
     * @param joined when its providers had been started, by the engine's clock, of those whose namespaces it is known to have
     * @param namespaceLostAt when one of its providers was started anew, or null
     */
    record Up(
            ContainerState state,
            Instant since,
            Health health,
            @Nullable Kill kill,
            @Nullable Instant outOfMemoryAt,
            boolean engineGone,
            @Nullable Instant eventsEndedAt,
            @Nullable Instant startedAt,
            Map<String, Instant> joined,
            @Nullable Instant namespaceLostAt)
            implements Phase {

        /** A child's death by the memory limit may come well before that of the main process. */
        private static final Duration OUT_OF_MEMORY_TAKES = Duration.ofSeconds(10);

        /** A listing rounds to the second. */
        private static final Duration ROUNDED = Duration.ofSeconds(2);

        /** That of an engine, at the most, if nobody noticed that it was not there. */
        private static final Duration A_RESTART_TAKES = Duration.ofSeconds(15);

        /** One of which nothing is known but that it runs. */
        static Up begun(Instant now) {
            return new Up(ContainerState.RUNNING, now, Health.NONE, null, null, false, null, null, Map.of(), null);
        }

        @Override
        public Decision decide(RestartPolicy policy, Life life, RestartMode mode, Instant now) {
            return policy.up(this, life, now);
        }

        @Override
        public Status status() {
            return new Status(state, health, OptionalInt.empty(), "", startedAt, null, Duration.ZERO);
        }

        /** Whether it was sent a signal by an operator of which it may die yet. */
        public boolean isBeingStopped(Instant now) {
            return kill != null && !kill.own() && kill.explains(now);
        }

        /** Whether it has stayed up for that long. */
        boolean hasLasted(Duration duration, Instant now) {
            return !now.isBefore(since.plus(duration));
        }

        @Override
        public Phase died(OptionalInt exitCode, boolean explained, Instant now) {
            if (kill != null && kill.explains(now)) {
                return new Down(asSignalled(kill), now, exitCode);
            }
            if (outOfMemoryAt != null && !now.isAfter(outOfMemoryAt.plus(OUT_OF_MEMORY_TAKES))) {
                return new Down(Cause.Accident.OUT_OF_MEMORY, now, exitCode);
            }
            return new Down(explained ? Cause.Accident.CRASH : Cause.Accident.UNWITNESSED, now, exitCode);
        }

        /** A signal that is not meant to end the process may have done so, or it has crashed just then: nobody knows. */
        private static Cause asSignalled(Kill kill) {
            if (kill.own()) {
                return Cause.Accident.OWN_RESTART;
            }
            return kill.toStop() ? new Cause.Stop(new Cause.Proof.Told()) : Cause.Accident.UNWITNESSED;
        }

        @Override
        public Phase signalled(Kill later) {
            boolean hidden = kill != null && (kill.isEchoedBy(later) || (!kill.own() && !later.outlasts(kill)));
            Kill known = hidden ? kill : later;
            return new Up(state, since, health, known, outOfMemoryAt, false, null, startedAt, joined, namespaceLostAt);
        }

        @Override
        public Phase stopped(Instant now) {
            return signalled(new Kill(Kill.UNKNOWN, now));
        }

        @Override
        public Phase outOfMemory(Instant now) {
            return new Up(
                    state, since, health, kill, now, engineGone, eventsEndedAt, startedAt, joined, namespaceLostAt);
        }

        @Override
        public Phase paused(boolean isPaused, Instant now) {
            return in(isPaused ? ContainerState.PAUSED : ContainerState.RUNNING, health);
        }

        @Override
        public Phase health(Health other) {
            return in(state, other);
        }

        private Up in(ContainerState other, Health itsHealth) {
            return new Up(
                    other,
                    since,
                    itsHealth,
                    kill,
                    outOfMemoryAt,
                    engineGone,
                    eventsEndedAt,
                    startedAt,
                    joined,
                    namespaceLostAt);
        }

        @Override
        public Phase foundUp(Status seen, Instant now) {
            boolean anew = startedAt != null && seen.startedAt() != null && !startedAt.equals(seen.startedAt());
            boolean mayEcho =
                    kill != null && kill.own() && !now.isAfter(kill.at().plus(Kill.EVENTS_TAKE));
            return anew ? begun(now).sent(mayEcho ? kill : null).seenAs(seen) : seenAs(seen);
        }

        private Up seenAs(Status seen) {
            Instant known = seen.startedAt() == null ? startedAt : seen.startedAt();
            Kill alive = engineGone ? null : kill;
            return new Up(
                    seen.state(),
                    since,
                    seen.health(),
                    alive,
                    outOfMemoryAt,
                    false,
                    null,
                    known,
                    joined,
                    namespaceLostAt);
        }

        @Override
        public Phase foundDown(Status seen, Instant downSince) {
            return new Down(causeIfFoundDown(downSince), downSince, seen.exitCode());
        }

        private Cause causeIfFoundDown(Instant downSince) {
            if (kill != null && kill.own() && kill.explains(downSince)) {
                return Cause.Accident.OWN_RESTART;
            }
            if (kill != null && !kill.doubted() && kill.explains(downSince)) {
                return asSignalled(kill);
            }
            boolean maybeStopped = kill != null && kill.explains(downSince);
            return engineGone || (isAboutTheEndOfEvents(downSince) && !maybeStopped)
                    ? Cause.Accident.OUTAGE
                    : Cause.Accident.UNWITNESSED;
        }

        /** The events end at an engine's end, and containers go down before that or, if it was killed, when the next one begins. */
        private boolean isAboutTheEndOfEvents(Instant downSince) {
            return eventsEndedAt != null
                    && !downSince.isBefore(eventsEndedAt.minus(ROUNDED))
                    && !downSince.isAfter(eventsEndedAt.plus(A_RESTART_TAKES));
        }

        @Override
        public Phase engineGone(Instant now) {
            boolean beingStopped = kill != null && !kill.doubted() && kill.explains(now);
            return new Up(
                    state,
                    since,
                    health,
                    kill,
                    outOfMemoryAt,
                    !beingStopped,
                    eventsEndedAt,
                    startedAt,
                    joined,
                    namespaceLostAt);
        }

        @Override
        public Phase eventsEnded(Instant now) {
            Kill doubted = kill == null ? null : kill.inDoubt();
            return new Up(
                    state, since, health, doubted, outOfMemoryAt, engineGone, now, startedAt, joined, namespaceLostAt);
        }

        @Override
        public Phase createdWith(Setup setup) {
            return kill == null ? this : sent(kill.to(setup));
        }

        /** The same, sent that signal. */
        Up sent(@Nullable Kill other) {
            return new Up(
                    state,
                    since,
                    health,
                    other,
                    outOfMemoryAt,
                    engineGone,
                    eventsEndedAt,
                    startedAt,
                    joined,
                    namespaceLostAt);
        }

        /**
         * Whether one of its providers was started anew since it was joined. Start times are compared by the engine's own clock,
         * which may be set back: so each start counts once, and one that was told counts without.
         *
         * @param starts when those providers that run were started
         */
        boolean hasLostNamespace(Map<String, Instant> starts) {
            return starts.entrySet().stream().anyMatch(start -> isAnew(start.getKey(), start.getValue()));
        }

        private boolean isAnew(String provider, Instant start) {
            Instant known = joined.get(provider);
            if (known != null) {
                return !known.equals(start);
            }
            return startedAt != null && (namespaceLostAt != null || startedAt.isBefore(start));
        }

        /** The same, after a comparison with its providers: what is told to be lost stays so until all were compared. */
        Up compared(Map<String, Instant> starts, Collection<String> providers, Instant now) {
            if (startedAt == null) {
                return this;
            }
            Map<String, Instant> known = new HashMap<>(joined);
            starts.forEach((provider, start) -> {
                if (!isAnew(provider, start)) {
                    known.put(provider, start);
                }
            });
            boolean isOpen = namespaceLostAt != null && !starts.keySet().containsAll(providers);
            Instant lostAt = namespaceLostAt == null ? now : namespaceLostAt;
            return joined(known, hasLostNamespace(starts) || isOpen ? lostAt : null);
        }

        /** The same, known to have the namespaces of its providers as they were started then, but for one lost since. */
        Up joined(Map<String, Instant> startsOfProviders, @Nullable Instant lostAt) {
            return new Up(
                    state,
                    since,
                    health,
                    kill,
                    outOfMemoryAt,
                    engineGone,
                    eventsEndedAt,
                    startedAt,
                    Map.copyOf(startsOfProviders),
                    lostAt);
        }
    }

    /**
     * It has exited.
     *
     * @param since since when, as far as is known
     * @param isRestarting whether the engine is about to start it, by its own restart policy
     */
    record Down(Cause cause, Instant since, OptionalInt exitCode, boolean isRestarting) implements Phase {

        @Override
        public Decision decide(RestartPolicy policy, Life life, RestartMode mode, Instant now) {
            return policy.down(this, life, mode, now);
        }

        Down(Cause cause, Instant since, OptionalInt exitCode) {
            this(cause, since, exitCode, false);
        }

        @Override
        public Status status() {
            return isRestarting ? Status.of(ContainerState.RESTARTING) : Status.exited(exitCode);
        }

        /** The proof of the operator's stop that keeps it down, or null if none does. */
        Cause.@Nullable Proof stop() {
            return cause instanceof Cause.Stop stop ? stop.proof() : null;
        }

        /** Whether an operator's stop was told of which it is not sure yet whose it is. */
        public boolean isStopPending() {
            return cause instanceof Cause.Stop stop && stop.proof().isPending();
        }

        private Down because(Cause other) {
            return new Down(other, since, exitCode, isRestarting);
        }

        /** What is sure of an operator's stop, and of watchdog's own restart, does not change by an event that comes late. */
        @Override
        public Phase died(OptionalInt code, boolean explained, Instant now) {
            if (stop() instanceof Cause.Proof.Doubted) {
                return Up.begun(now).died(code, explained, now);
            }
            boolean late = stop() != null || cause == Cause.Accident.OWN_RESTART;
            if (late || !explained) {
                return new Down(cause, stop() instanceof Cause.Proof.Sure ? since : now, code);
            }
            return new Down(Cause.Accident.CRASH, now, code);
        }

        /** It runs, it seems: it was started, and that was not told, or is told late. */
        @Override
        public Phase signalled(Kill kill) {
            boolean echo = cause == Cause.Accident.OWN_RESTART && !kill.at().isAfter(since.plus(Kill.EVENTS_TAKE));
            return echo ? this : Up.begun(kill.at()).signalled(kill);
        }

        @Override
        public Phase stopped(Instant now) {
            boolean known = stop() != null || cause == Cause.Accident.OWN_RESTART;
            return known ? this : because(new Cause.Stop(new Cause.Proof.Told()));
        }

        @Override
        public Phase outOfMemory(Instant now) {
            return stop() instanceof Cause.Proof.Doubted ? Up.begun(now).outOfMemory(now) : this;
        }

        @Override
        public Phase found(Status seen, Instant now) {
            return seen.state() == ContainerState.RESTARTING
                    ? new Down(cause, since, exitCode, true)
                    : Phase.super.found(seen, now);
        }

        @Override
        public Phase foundDown(Status seen, Instant foundSince) {
            Cause.Proof proof = stop();
            Instant finishedAt = seen.finishedAt();
            if (status().isOfAnotherRun(seen)) {
                return new Down(Cause.Accident.UNWITNESSED, foundSince, seen.exitCode());
            }
            if (finishedAt == null || proof == null || proof.isPending()) {
                return new Down(cause, since, exitCode.isPresent() ? exitCode : seen.exitCode());
            }
            Instant before = proof instanceof Cause.Proof.Sure sure
                    ? sure.finishedAt()
                    : ((Cause.Proof.Doubted) proof).finishedAt();
            return before == null || before.equals(finishedAt)
                    ? because(new Cause.Stop(new Cause.Proof.Sure(finishedAt)))
                    : new Down(Cause.Accident.UNWITNESSED, foundSince, seen.exitCode());
        }

        /** The engine has answered, and goes on: if it was a stop, it was an operator's. */
        Down proven(@Nullable Instant finishedAt) {
            return isStopPending() ? because(new Cause.Stop(new Cause.Proof.Sure(finishedAt))) : this;
        }

        @Override
        public Phase engineGone(Instant now) {
            return cause == Cause.Accident.UNWITNESSED ? because(Cause.Accident.OUTAGE) : this;
        }

        /** A stop that is not proven yet may have been the engine's own, which shows if the engine is gone now. */
        @Override
        public Phase eventsEnded(Instant now) {
            return isStopPending() ? because(Cause.Accident.UNWITNESSED) : this;
        }

        @Override
        public Phase eventsBegun() {
            return stop() instanceof Cause.Proof.Sure sure
                    ? because(new Cause.Stop(new Cause.Proof.Doubted(sure.finishedAt())))
                    : this;
        }
    }

    /**
     * It was created, and has not run yet.
     *
     * @param error why its start has failed, or empty
     */
    record Created(String error) implements Phase {

        @Override
        public Decision decide(RestartPolicy policy, Life life, RestartMode mode, Instant now) {
            return policy.created(this, life, now);
        }

        @Override
        public Status status() {
            return new Status(
                    ContainerState.CREATED, Health.NONE, OptionalInt.empty(), error, null, null, Duration.ZERO);
        }
    }

    /** It is in a state in which nothing is done with it, or in one that is not known yet. */
    record Elsewhere(ContainerState state) implements Phase {

        @Override
        public Decision decide(RestartPolicy policy, Life life, RestartMode mode, Instant now) {
            return RestartPolicy.elsewhere(state);
        }

        @Override
        public Status status() {
            return Status.of(state);
        }
    }
}
