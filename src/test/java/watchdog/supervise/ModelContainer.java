package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/** A container as the engine has it. */
final class ModelContainer {

    final String id;
    String name;
    final Setup setup;

    ContainerState state = ContainerState.CREATED;
    Health health = Health.NONE;
    int exitCode;
    String error = "";

    /** By the engine's clock, which may be set. */
    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    /** How often it was started: tells one run from the other. */
    int starts;

    /** Which run of its provider has the network that it lives in. */
    int joined;

    /** Whether a start or a restart of it is under way in the engine, which lets others wait. */
    boolean busy;

    /** Whether Docker's own restart policy leaves it alone, for it was stopped by hand. */
    boolean stoppedByHand;

    /** How long Docker's own restart policy waits next. */
    Duration dockerWaits = Duration.ofMillis(100);

    /** Whether a mount that it needs is missing. */
    boolean broken;

    /** Whether its process ends soon after each start. */
    boolean sick;

    /** Whether its process ends only when it is killed. */
    boolean stubborn;

    /** How long the engine takes to start it. */
    Duration startTakes = Duration.ofMillis(180);

    final Ledger ledger = new Ledger();

    ModelContainer(String id, String name, Setup setup) {
        this.id = id;
        this.name = name;
        this.setup = setup;
    }

    boolean isUp() {
        return state == ContainerState.RUNNING || state == ContainerState.PAUSED;
    }

    /** What {@code docker stop} sends to it. */
    int stopSignal() {
        return setup.stopSignal().isEmpty() ? ModelDocker.TERM : ModelDocker.USR1;
    }

    String provider() {
        return setup.providers().isEmpty() ? "" : setup.providers().get(0);
    }

    /** All there is to know, as inspecting it tells. */
    Container inspected() {
        Status status =
                new Status(state, health, OptionalInt.of(exitCode), error, startedAt, finishedAt, Duration.ZERO);
        return new Container(id, name, status, setup);
    }

    /** What a listing tells. */
    Container listed(Instant engineNow) {
        boolean exited = state == ContainerState.EXITED;
        Status status = new Status(
                state,
                health,
                exited ? OptionalInt.of(exitCode) : OptionalInt.empty(),
                "",
                null,
                null,
                exited && finishedAt != null ? ago(Duration.between(finishedAt, engineNow)) : Duration.ZERO);
        return new Container(id, name, status, new Setup(setup.labels(), setup.providers(), "", false, "", null));
    }

    /** As it is read of what engines write: to the second for a minute, then less and less exact. */
    private static Duration ago(Duration down) {
        if (down.isNegative()) {
            return Duration.ZERO;
        }
        if (down.toMinutes() == 0) {
            return Duration.ofSeconds(down.toSeconds());
        }
        return down.toHours() == 0
                ? Duration.ofSeconds(Math.max(46, (down.toMinutes() - 1) * 60))
                : Duration.ofMinutes(30);
    }

    /** What an event about it says besides. */
    Map<String, String> attributes(Map<String, String> more) {
        Map<String, String> attributes = new HashMap<>(setup.labels());
        attributes.put("name", name);
        attributes.putAll(more);
        return attributes;
    }

    @Override
    public String toString() {
        return name + "#" + id.substring(0, 4);
    }
}
