package watchdog.policy.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;

/** The situations from which is explored. */
final class Beginnings {

    private static final Instant T0 = Instant.EPOCH.plus(Duration.ofDays(1000));
    private static final Instant STARTED = Instant.EPOCH.plusSeconds(1);
    private static final Instant FINISHED = Instant.EPOCH.plusSeconds(2);

    private Beginnings() {}

    /** Watchdog has just begun, or has watched the container for long. */
    static Map<String, Situation> of(Setting setting) {
        Map<String, Situation> all = new LinkedHashMap<>();
        Truth running = truth(ContainerState.RUNNING, 0, "").started(STARTED, setting.firstHealth(), T0);
        all.put("watched for long, and running", watched(setting, new World(running, setting.budget())));
        all.put("watchdog begins, and it is running", begun(new World(running, setting.budget())));
        Truth crashed = running.ended(1, Truth.Why.ITS_OWN, FINISHED, T0.minusSeconds(20));
        all.put("watchdog begins, and it has crashed", begun(new World(crashed, setting.budget())));
        World stopped =
                new World(running.ended(0, Truth.Why.AN_OPERATORS, FINISHED, T0.minusSeconds(20)), setting.budget());
        stopped.remembered = FINISHED;
        stopped.anyStop = true;
        stopped.stopProven = true;
        all.put("watchdog begins, and remembers that it was stopped", begun(stopped));
        Truth created = truth(ContainerState.CREATED, 0, "");
        all.put("watchdog begins, and it was created", begun(new World(created, setting.budget())));
        all.put(
                "watchdog begins, and its first start has failed",
                begun(new World(created.failed("port taken"), setting.budget())));
        return all;
    }

    private static Truth truth(ContainerState state, int exitCode, String error) {
        return Truth.begun(state, exitCode, T0.minusSeconds(20)).failed(error);
    }

    private static Situation begun(World world) {
        return new Situation(null, world, T0);
    }

    private static Situation watched(Setting setting, World world) {
        Turn turn = new Turn(setting, setting.lifecycle(), begun(world));
        turn.beginEvents();
        turn.deliverEvent();
        turn.list(false, turn.world.truth);
        turn.deliverListing();
        turn.deliverInspection(turn.world.truth);
        if (turn.world.truth.health() == Health.STARTING) {
            Move.TURNS_HEALTHY.make(turn);
            turn.deliverEvent();
        }
        turn.pass(Duration.ofSeconds(60));
        return turn.situation();
    }
}
