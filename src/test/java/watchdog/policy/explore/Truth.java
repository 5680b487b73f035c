package watchdog.policy.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/**
 * What a container really is, whatever watchdog knows of it.
 *
 * @param error why its last start failed, or empty
 * @param startedAt by the engine's clock
 * @param finishedAt by the engine's clock
 * @param since since when it is in that state, by the loop's clock
 * @param why it is down
 */
record Truth(
        ContainerState state,
        int exitCode,
        String error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        Instant since,
        Health health,
        String name,
        Why why) {

    /** Whose doing it is that a container is down. */
    enum Why {
        NOBODYS,
        ITS_OWN,
        AN_OPERATORS,
        THE_ENGINES,
        WATCHDOGS
    }

    static final String ID = "c0ffee".repeat(11).substring(0, 64);

    boolean isRunning() {
        return state == ContainerState.RUNNING;
    }

    boolean isUp() {
        return isRunning() || state == ContainerState.PAUSED;
    }

    boolean isDown() {
        return state == ContainerState.EXITED || state == ContainerState.CREATED;
    }

    /** No such container; the engine has no word for that. */
    boolean isGone() {
        return state == ContainerState.UNKNOWN;
    }

    Truth started(Instant at, Health first, Instant now) {
        return new Truth(ContainerState.RUNNING, 0, "", at, finishedAt, now, first, name, Why.NOBODYS);
    }

    Truth ended(int code, Why whose, Instant at, Instant now) {
        return new Truth(ContainerState.EXITED, code, "", startedAt, at, now, Health.NONE, name, whose);
    }

    Truth failed(String problem) {
        return new Truth(state, exitCode, problem, startedAt, finishedAt, since, health, name, why);
    }

    Truth in(ContainerState other) {
        return new Truth(other, exitCode, error, startedAt, finishedAt, since, health, name, why);
    }

    Truth with(Health other) {
        return new Truth(state, exitCode, error, startedAt, finishedAt, since, other, name, why);
    }

    Truth by(Why whose) {
        return new Truth(state, exitCode, error, startedAt, finishedAt, since, health, name, whose);
    }

    Truth named(String other) {
        return new Truth(state, exitCode, error, startedAt, finishedAt, since, health, other, why);
    }

    /** As an inspection tells it. */
    Container inspected(Setup setup) {
        Status status =
                new Status(state, health, OptionalInt.of(exitCode), error, startedAt, finishedAt, Duration.ZERO);
        return new Container(ID, name, status, setup);
    }

    /** As a listing tells it: less, and in whole seconds. */
    Container listed(Map<String, String> labels, Instant now) {
        Status status = state == ContainerState.EXITED
                ? Status.exited(exitCode)
                        .withDownFor(
                                Duration.ofSeconds(Duration.between(since, now).toSeconds()))
                : Status.of(state).withHealth(health);
        return new Container(ID, name, status, Setup.of(labels));
    }
}
