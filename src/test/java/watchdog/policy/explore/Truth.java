package watchdog.policy.explore;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.EngineContainer;
import watchdog.policy.Health;
import watchdog.policy.Setup;

/**
 * What a container really is, and how it came to be so.
 *
 * @param since since when it is in that state, by the loop's clock
 * @param why it is down
 */
record Truth(EngineContainer container, Instant since, Why why) {

    /** Whose doing it is that a container is down. */
    enum Why {
        NOBODYS,
        ITS_OWN,
        AN_OPERATORS,
        THE_ENGINES,
        WATCHDOGS
    }

    static final String ID = "c0ffee".repeat(11).substring(0, 64);

    /** What was in that state before anybody saw it. */
    static Truth begun(ContainerState state, int exitCode, Instant since) {
        EngineContainer container = new EngineContainer(ID, Setting.NAME, state, Health.NONE, exitCode, "", null, null);
        return new Truth(container, since, Why.NOBODYS);
    }

    ContainerState state() {
        return container.state();
    }

    Health health() {
        return container.health();
    }

    String name() {
        return container.name();
    }

    int exitCode() {
        return container.exitCode();
    }

    String error() {
        return container.error();
    }

    @Nullable
    Instant startedAt() {
        return container.startedAt();
    }

    @Nullable
    Instant finishedAt() {
        return container.finishedAt();
    }

    boolean isRunning() {
        return container.isRunning();
    }

    boolean isUp() {
        return container.isUp();
    }

    boolean isDown() {
        return container.isDown();
    }

    /** No such container; the engine has no word for that. */
    boolean isGone() {
        return state() == ContainerState.UNKNOWN;
    }

    Truth started(Instant at, Health first, Instant now) {
        return new Truth(container.started(first, at), now, Why.NOBODYS);
    }

    Truth ended(int code, Why whose, @Nullable Instant at, Instant now) {
        return new Truth(container.ended(code, at), now, whose);
    }

    Truth failed(String problem) {
        return with(container.failed(problem));
    }

    Truth in(ContainerState other) {
        return with(container.in(other));
    }

    Truth with(Health other) {
        return with(container.with(other));
    }

    Truth named(String other) {
        return with(container.named(other));
    }

    private Truth with(EngineContainer other) {
        return new Truth(other, since, why);
    }

    Truth by(Why whose) {
        return new Truth(container, since, whose);
    }

    Truth shifted(Shift shift) {
        return new Truth(container, shift.at(since), why);
    }

    /** As an inspection tells it. */
    Container inspected(Setup setup) {
        return container.inspected(setup);
    }

    /** As a listing tells it: less, and in whole seconds. */
    Container listed(Setup setup, Instant now) {
        return container.listed(
                setup, Duration.ofSeconds(Duration.between(since, now).toSeconds()));
    }
}
