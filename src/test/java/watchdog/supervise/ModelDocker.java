package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineEvent;
import watchdog.engine.EngineException;
import watchdog.engine.EngineExceptions;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.EngineContainer;
import watchdog.policy.Health;
import watchdog.policy.Setup;

/** An engine: what it does with containers, how long that takes, and what it tells of it and when. */
final class ModelDocker {

    /** Who asks for something. */
    enum Who {
        WATCHDOG,
        OPERATOR,
        ENGINE
    }

    static final int HUP = 1;
    static final int KILL = 9;
    static final int USR1 = 10;
    static final int TERM = 15;

    private static final Duration A_MOMENT = Duration.ofMillis(60);

    /** Its process. */
    final ModelProcess process;

    private final VirtualTime time;
    private final Dice dice;
    private final Trace trace;
    private final Invariants invariants;

    private final Map<String, ModelContainer> containers = new LinkedHashMap<>();
    private Duration clockIsAhead = Duration.ZERO;
    private @Nullable ModelStream stream;
    private Runnable onStreamEnd = () -> {};

    ModelDocker(VirtualTime time, Dice dice, Trace trace, Invariants invariants) {
        this.process = new ModelProcess(time, trace, invariants);
        this.time = time;
        this.dice = dice;
        this.trace = trace;
        this.invariants = invariants;
    }

    // What there is

    Collection<ModelContainer> containers() {
        return List.copyOf(containers.values());
    }

    @Nullable
    ModelContainer find(String id) {
        return containers.get(id);
    }

    Optional<ModelContainer> named(String name) {
        return containers.values().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    boolean isUp() {
        return process.isUp();
    }

    List<Container> listing() {
        Instant engineNow = engineNow();
        List<Container> listing = new ArrayList<>(containers.size());
        containers.values().forEach(one -> listing.add(one.listed(engineNow)));
        return listing;
    }

    private Instant engineNow() {
        return time.instant().plus(clockIsAhead);
    }

    void setClock(Duration by) {
        trace.all("the engine's clock is set by %s", by);
        clockIsAhead = clockIsAhead.plus(by);
    }

    /** Tells its events there from now on. */
    void subscribe(ModelStream opened, Runnable atEnd) {
        stream = opened;
        onStreamEnd = atEnd;
    }

    void hangUp(ModelStream closed) {
        if (closed == stream) {
            stream = null;
        }
    }

    // What happens to it

    /** It is killed, or stops its containers and leaves; and is back some time later. */
    void leave(boolean orderly, Duration away) {
        if (!isUp()) {
            return;
        }
        process.leave(orderly);
        Duration last = Duration.ZERO;
        for (ModelContainer one : containers()) {
            if (orderly && one.isUp() && !one.busy) {
                Duration ends = dice.upTo(Duration.ofSeconds(3));
                emit(one, "kill", Map.of("signal", "" + TERM));
                int run = one.starts;
                later(ends, () -> {
                    if (one.isUp() && one.starts == run) {
                        died(one, 143, Cause.OUTAGE, "stop");
                    }
                });
                last = ends.compareTo(last) > 0 ? ends : last;
            }
        }
        time.after(last.plus(A_MOMENT).plus(A_MOMENT), () -> down(away));
    }

    private void down(Duration away) {
        process.end();
        endStream(dice.chance(0.3));
        time.after(away, this::boot);
    }

    private void boot() {
        process.begin();
        for (ModelContainer one : containers()) {
            one.busy = false;
            if (one.isUp() || one.state() == ContainerState.RESTARTING) {
                one.is = one.is.ended(255, engineNow());
                one.ledger.down(Cause.OUTAGE, time.instant());
            }
            if (one.setup.autoRemove()) {
                containers.remove(one.id);
            } else if (one.setup.hasDockerPolicy() && !one.stoppedByHand && one.is.startedAt() != null) {
                later(dice.upTo(Duration.ofSeconds(2)), () -> start(one, Who.ENGINE, new Reply<>()));
            }
        }
    }

    void endStream(boolean cut) {
        ModelStream ended = stream;
        stream = null;
        if (ended != null) {
            trace.all("the events end%s", cut ? ", some lost on the way" : "");
            ended.end(cut, onStreamEnd);
        }
    }

    private void later(Duration delay, Runnable act) {
        process.later(delay, act);
    }

    private void emit(ModelContainer about, String action, Map<String, String> attributes) {
        ModelStream told = stream;
        // Nobody sets the clock in the milliseconds between the end of a process and its event.
        Instant at = action.equals("die") ? about.is.finishedAt() : engineNow();
        EngineEvent event = new EngineEvent(about.id, action, about.attributes(attributes), false, at);
        trace.of(about, "%s %s%s", action, attributes, told == null ? ", and nobody listens" : "");
        if (told == null) {
            about.ledger.lost();
        } else {
            told.tell(about, event);
        }
    }

    // What it does with containers

    ModelContainer create(String name, Setup setup) {
        ModelContainer created = new ModelContainer(dice.id(), name, setup);
        containers.put(created.id, created);
        emit(created, "create", Map.of());
        return created;
    }

    void start(ModelContainer one, Who who, Reply<Boolean> reply) {
        if (one.busy) {
            later(A_MOMENT, () -> start(one, who, reply));
            return;
        }
        EngineException refusal = refusal(one);
        if (refusal != null) {
            reply.fails(refusal);
        } else if (one.isUp() || (one.state() == ContainerState.RESTARTING && who != Who.ENGINE)) {
            reply.is(false);
        } else {
            invariants.starts(one, who);
            trace.of(one, "start by %s, takes %s", who, one.startTakes);
            one.busy = true;
            Instant begun = time.instant();
            later(one.startTakes, () -> started(one, who, begun, reply));
        }
    }

    private @Nullable EngineException refusal(ModelContainer one) {
        if (containers.get(one.id) != one) {
            return EngineExceptions.refused(404, "no such container");
        }
        if (one.state() == ContainerState.PAUSED) {
            return EngineExceptions.refused(409, "cannot start a paused container");
        }
        if (one.provider().isEmpty()) {
            return null;
        }
        ModelContainer provider = containers.get(one.provider());
        if (provider == null) {
            return EngineExceptions.refused(404, "no such container: " + one.provider());
        }
        return provider.isUp() ? null : EngineExceptions.refused(409, "cannot join network of a non running container");
    }

    private void started(ModelContainer one, Who who, Instant begun, Reply<Boolean> reply) {
        one.busy = false;
        EngineException refusal = one.broken ? EngineExceptions.refused(500, "mount is not there") : refusal(one);
        if (refusal != null) {
            one.is = one.is.failed(String.valueOf(refusal.getMessage()));
            if (one.state() == ContainerState.RESTARTING) {
                one.is = one.is.in(ContainerState.EXITED);
                one.ledger.lost();
            }
            trace.of(one, "start by %s fails: %s", who, one.is.error());
            reply.fails(refusal);
            return;
        }
        one.is = one.is.started(Health.NONE, engineNow());
        one.stoppedByHand = false;
        one.starts++;
        ModelContainer provider = containers.get(one.provider());
        one.joined = provider == null ? 0 : provider.starts;
        one.ledger.up(who, begun, time.instant());
        containers.values().stream()
                .filter(other -> other.provider().equals(one.id))
                .forEach(other -> other.ledger.providerUp(time.instant()));
        emit(one, "start", Map.of());
        if (one.sick) {
            int run = one.starts;
            later(dice.between(Duration.ofMillis(5), Duration.ofSeconds(20)), () -> crash(one, run, 1));
        }
        reply.is(true);
    }

    /** Its process ends, if it is still that run. */
    void crash(ModelContainer one, int run, int exitCode) {
        if (one.isUp() && one.starts == run) {
            died(one, exitCode, Cause.CRASH, "");
        }
    }

    void outOfMemory(ModelContainer one, boolean main) {
        if (one.state() == ContainerState.RUNNING && isUp()) {
            emit(one, "oom", Map.of());
            if (main) {
                crash(one, one.starts, 137);
            }
        }
    }

    private void died(ModelContainer one, int exitCode, Cause cause, String besides) {
        boolean ownPolicy = one.setup.hasDockerPolicy() && !one.stoppedByHand && isUp();
        EngineContainer ended = one.is.ended(exitCode, engineNow());
        one.is = ownPolicy ? ended.in(ContainerState.RESTARTING) : ended;
        one.ledger.down(cause, time.instant());
        Map<String, String> die = Map.of("exitCode", "" + exitCode);
        if (besides.isEmpty()) {
            emit(one, "die", die);
        } else if (dice.chance(0.5)) {
            emit(one, besides, Map.of());
            later(dice.upTo(A_MOMENT), () -> emit(one, "die", die));
        } else {
            emit(one, "die", die);
            later(dice.upTo(A_MOMENT), () -> emit(one, besides, Map.of()));
        }
        if (one.setup.autoRemove()) {
            later(A_MOMENT, () -> destroy(one));
        } else if (ownPolicy) {
            Duration wait = one.dockerWaits;
            boolean lasted = one.ledger.upFor(time.instant()).toSeconds() >= 10;
            one.dockerWaits = lasted ? Duration.ofMillis(100) : wait.toMinutes() > 0 ? wait : wait.multipliedBy(2);
            later(wait, () -> {
                if (one.state() == ContainerState.RESTARTING) {
                    start(one, Who.ENGINE, new Reply<>());
                }
            });
        }
    }

    /** Sends a signal for an operator; its process dies of it, or not. */
    void kill(ModelContainer one, int signal, boolean dies) {
        if (one.isUp() && !one.busy) {
            Cause cause = signal == KILL || signal == TERM ? Cause.OPERATOR : Cause.UNCLEAR;
            signalled(one, signal, cause);
            int run = one.starts;
            if (dies) {
                one.ledger.beingStopped = true;
                later(dice.upTo(A_MOMENT), () -> end(one, run, 128 + signal, cause, ""));
            }
        }
    }

    private void signalled(ModelContainer one, int signal, Cause cause) {
        one.stoppedByHand = true;
        if (cause != Cause.WATCHDOG) {
            one.ledger.killed(cause == Cause.OPERATOR || signal == one.stopSignal(), time.instant());
        }
        emit(one, "kill", Map.of("signal", "" + signal));
    }

    private void end(ModelContainer one, int run, int exitCode, Cause cause, String besides) {
        if (one.isUp() && one.starts == run) {
            died(one, exitCode, cause, besides);
        }
    }

    /** Stops it; its process takes its time, but not longer than that. */
    void stop(ModelContainer one, Duration timeout, Who who, Runnable then) {
        if (one.busy) {
            later(A_MOMENT, () -> stop(one, timeout, who, then));
            return;
        }
        if (!one.isUp()) {
            if (one.state() == ContainerState.RESTARTING) {
                one.is = one.is.in(ContainerState.EXITED);
                one.ledger.down(Cause.UNCLEAR, time.instant());
                one.ledger.lost();
            }
            later(Duration.ZERO, then);
            return;
        }
        int run = one.starts;
        Cause cause = who == Who.WATCHDOG ? Cause.WATCHDOG : Cause.OPERATOR;
        one.ledger.beingStopped = who == Who.OPERATOR;
        signalled(one, one.stopSignal(), cause);
        Duration own = one.stubborn ? timeout : dice.upTo(timeout.dividedBy(2));
        if (one.stubborn) {
            later(timeout, () -> {
                if (one.isUp() && one.starts == run) {
                    signalled(one, KILL, cause);
                }
            });
        }
        later(own.plus(A_MOMENT), () -> {
            end(one, run, one.stubborn ? 137 : 0, cause, "stop");
            later(A_MOMENT, then);
        });
    }

    void restart(ModelContainer one, Duration timeout, Who who, Reply<Boolean> reply) {
        if (one.busy) {
            later(A_MOMENT, () -> restart(one, timeout, who, reply));
            return;
        }
        EngineException refusal = containers.get(one.id) == one ? null : refusal(one);
        if (refusal != null) {
            reply.fails(refusal);
            return;
        }
        invariants.restarts(one, who);
        trace.of(one, "restart by %s", who);
        stop(one, timeout, who, () -> {
            Reply<Boolean> started = new Reply<>();
            started.then(() -> {
                try {
                    reply.is(started.get());
                    emit(one, "restart", Map.of());
                } catch (EngineException e) {
                    reply.fails(e);
                }
            });
            start(one, who, started);
        });
    }

    void remove(ModelContainer one) {
        if (one.busy) {
            later(A_MOMENT, () -> remove(one));
            return;
        }
        if (one.isUp()) {
            signalled(one, KILL, Cause.OPERATOR);
            end(one, one.starts, 137, Cause.OPERATOR, "");
        }
        later(dice.upTo(A_MOMENT), () -> destroy(one));
    }

    private void destroy(ModelContainer one) {
        if (one.busy) {
            later(A_MOMENT, () -> destroy(one));
        } else if (containers.remove(one.id) != null) {
            invariants.gone();
            emit(one, "destroy", Map.of());
        }
    }

    void rename(ModelContainer one, String name) {
        if (named(name).isEmpty()) {
            String old = one.name();
            invariants.noteCovered(one);
            one.is = one.is.named(name);
            one.ledger.renamed();
            emit(one, "rename", Map.of("oldName", "/" + old));
        }
    }

    void pause(ModelContainer one, boolean pause) {
        ContainerState from = pause ? ContainerState.RUNNING : ContainerState.PAUSED;
        if (one.state() == from && !one.busy) {
            one.is = one.is.in(pause ? ContainerState.PAUSED : ContainerState.RUNNING);
            emit(one, pause ? "pause" : "unpause", Map.of());
        }
    }

    void health(ModelContainer one, Health health) {
        if (one.state() == ContainerState.RUNNING && one.health() != health && isUp()) {
            one.is = one.is.with(health);
            one.ledger.health(health, time.instant());
            emit(one, "health_status: " + health, Map.of());
        }
    }
}
