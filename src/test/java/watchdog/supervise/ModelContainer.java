package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.EngineContainer;
import watchdog.policy.Health;
import watchdog.policy.Setup;

/** A container of the simulation: what it is, what is wrong with it, and what is kept to judge watchdog by. */
final class ModelContainer {

    final String id;
    final Setup setup;

    /** What it is; times are by the engine's clock, which may be set. */
    EngineContainer is;

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
        this.setup = setup;
        this.is = EngineContainer.created(id, name);
    }

    String name() {
        return is.name();
    }

    ContainerState state() {
        return is.state();
    }

    Health health() {
        return is.health();
    }

    boolean isUp() {
        return is.isUp();
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
        return is.inspected(setup);
    }

    /** What a listing tells. */
    Container listed(Instant engineNow) {
        Instant end = is.finishedAt();
        return is.listed(setup, end == null ? Duration.ZERO : ago(Duration.between(end, engineNow)));
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
        attributes.put("name", name());
        attributes.putAll(more);
        return attributes;
    }

    @Override
    public String toString() {
        return name() + "#" + id.substring(0, 4);
    }
}
