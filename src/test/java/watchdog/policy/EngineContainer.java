package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A container as its engine has it, whatever watchdog knows of it: what a start, an end and the like make of it, and what the
 * engine tells of it to who asks. The exploration, the simulation and the tests of the supervisor share it; what they do not
 * share is what happens to it, and when.
 *
 * @param error why its last start failed, or empty
 * @param startedAt by the engine's clock
 * @param finishedAt by the engine's clock
 */
public record EngineContainer(
        String id,
        String name,
        ContainerState state,
        Health health,
        int exitCode,
        String error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** One that has not run yet. */
    public static EngineContainer created(String id, String name) {
        return new EngineContainer(id, name, ContainerState.CREATED, Health.NONE, 0, "", null, null);
    }

    public boolean isRunning() {
        return state == ContainerState.RUNNING;
    }

    public boolean isUp() {
        return isRunning() || state == ContainerState.PAUSED;
    }

    public boolean isDown() {
        return state == ContainerState.EXITED || state == ContainerState.CREATED;
    }

    public EngineContainer started(Health first, Instant at) {
        return new EngineContainer(id, name, ContainerState.RUNNING, first, 0, "", at, finishedAt);
    }

    public EngineContainer ended(int code, @Nullable Instant at) {
        return new EngineContainer(id, name, ContainerState.EXITED, Health.NONE, code, "", startedAt, at);
    }

    /** A start has failed, and has left it in the state that it was in, but with no exit code of success. */
    public EngineContainer failed(String problem) {
        int code = exitCode == 0 ? 128 : exitCode;
        return new EngineContainer(id, name, state, health, code, problem, startedAt, finishedAt);
    }

    public EngineContainer in(ContainerState other) {
        return new EngineContainer(id, name, other, health, exitCode, error, startedAt, finishedAt);
    }

    public EngineContainer with(Health other) {
        return new EngineContainer(id, name, state, other, exitCode, error, startedAt, finishedAt);
    }

    public EngineContainer named(String other) {
        return new EngineContainer(id, other, state, health, exitCode, error, startedAt, finishedAt);
    }

    /** As an inspection tells it. */
    public Container inspected(Setup setup) {
        Status status =
                new Status(state, health, OptionalInt.of(exitCode), error, startedAt, finishedAt, Duration.ZERO);
        return new Container(id, name, status, setup);
    }

    /** As a listing tells it, which is less. */
    public Container listed(Setup setup, Duration downFor) {
        Status status = state == ContainerState.EXITED
                ? Status.exited(exitCode).withDownFor(downFor)
                : Status.of(state).withHealth(health);
        return new Container(id, name, status, new Setup(setup.labels(), setup.providers(), "", false, "", null));
    }
}
