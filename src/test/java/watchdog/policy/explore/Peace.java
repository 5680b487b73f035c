package watchdog.policy.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Health;
import watchdog.policy.Life;
import watchdog.policy.Lifecycle;
import watchdog.policy.Up;
import watchdog.policy.Work;

/**
 * What comes of a situation when nothing goes wrong any more: the engine is there and tells its events, all that is
 * under way comes to its end, there is a listing every two seconds, and time runs on.
 */
final class Peace {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration LONGEST_DYING = Duration.ofMinutes(16);
    private static final int MOST_ROUNDS = 40;
    private static final int MOST_STEPS = 80;

    private final Setting setting;
    private final Lifecycle lifecycle;

    /** From where it is known to end well. */
    private final Set<Quotient.Key> good = new HashSet<>();

    Peace(Setting setting, Lifecycle lifecycle) {
        this.setting = setting;
        this.lifecycle = lifecycle;
    }

    /** What is broken at the end of it. */
    List<String> outcomeOf(Situation from) {
        List<Quotient.Key> way = new ArrayList<>();
        Situation at = from;
        int still = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Quotient.Key key = Quotient.of(setting, at);
            if (still == 0 && good.contains(key)) {
                good.addAll(way);
                return List.of();
            }
            if (still == 0) {
                way.add(key);
            }
            Turn turn = new Turn(setting, lifecycle, at);
            String endless = round(turn);
            if (endless != null) {
                return List.of(endless);
            }
            if (!turn.violations().isEmpty()) {
                return turn.violations();
            }
            at = turn.situation();
            still = isStill(at) ? still + 1 : 0;
            if (still == 3 && mayBeDying(at)) {
                at = new Situation(at.life(), at.world(), at.now().plus(LONGEST_DYING));
                still = 1;
            }
            if (still == 3) {
                List<String> broken = Invariants.atPeace(setting, at);
                if (broken.isEmpty()) {
                    good.addAll(way);
                }
                return broken;
            }
        }
        return List.of("it does not come to rest: " + at.life());
    }

    private static boolean isStill(Situation at) {
        Life life = at.life();
        return life == null || (life.operation() == null && life.wakeAt() == null);
    }

    /** Whether it is left for as long as it may be dying of a signal. */
    private static boolean mayBeDying(Situation at) {
        return at.life() != null
                && at.life().phase() instanceof Up up
                && up.kill() != null
                && up.kill().explains(at.now());
    }

    /** One interval, and the listing at its end; returns what has no end, or null. */
    private static @Nullable String round(Turn turn) {
        boolean isSettled = settle(turn);
        Life life = turn.life();
        boolean isDueSooner = life != null
                && life.wakeAt() != null
                && life.wakeAt().isBefore(turn.now().plus(INTERVAL));
        if (isDueSooner) {
            turn.passUntil(life.wakeAt());
            turn.tick();
            isSettled &= settle(turn);
            return isSettled ? null : "there is always something under way";
        }
        turn.pass(INTERVAL);
        turn.tick();
        isSettled &= settle(turn);
        turn.list(false, turn.world.truth);
        isSettled &= settle(turn);
        return isSettled ? null : "there is always something under way";
    }

    private static boolean settle(Turn turn) {
        for (int i = 0; i < MOST_STEPS; i++) {
            if (!goOn(turn)) {
                return true;
            }
        }
        return false;
    }

    /** The next of what is under way, or nothing. */
    private static boolean goOn(Turn turn) {
        World world = turn.world;
        if (world.engine == World.Engine.SHUTTING_DOWN) {
            turn.disappear();
        } else if (!world.events.isEmpty()) {
            // The last of an engine comes before the first of the next one.
            turn.deliverEvent();
        } else if (world.engine == World.Engine.GONE) {
            world.engine = World.Engine.UP;
        } else if (!world.isStreamOpen) {
            turn.beginEvents();
        } else if (world.operator != World.Operator.IDLE) {
            (world.operator == World.Operator.STOPPING
                            ? Move.STOP_ENDS_IT
                            : world.operator == World.Operator.RESTARTING
                                    ? Move.OPERATORS_RESTART_TAKES_IT_DOWN
                                    : Move.OPERATORS_RESTART_BRINGS_IT_UP)
                    .make(turn);
        } else if (world.isHeld) {
            turn.hold(false);
        } else if (!world.hasPlace) {
            turn.freePlace();
        } else if (world.call != null) {
            goOn(turn, world.call);
        } else if (world.truth.health() == Health.STARTING && world.truth.isRunning()) {
            Move.TURNS_HEALTHY.make(turn);
        } else if (world.inspection != null) {
            Truth seen = world.inspection.seen();
            if (seen == null) {
                turn.failInspection(false);
            } else {
                turn.deliverInspection(seen);
            }
        } else if (world.listing != null) {
            if (world.listing.seen() == null) {
                turn.failListing(true);
            } else {
                turn.deliverListing();
            }
        } else {
            return false;
        }
        return true;
    }

    private static void goOn(Turn turn, Call call) {
        Truth truth = turn.world.truth;
        boolean isBlocked = truth.isGone() || (!truth.isRunning() && !truth.isDown());
        switch (call.stage()) {
            case ASKED -> {
                if (isBlocked) {
                    Move.ENGINE_REFUSES.make(turn);
                } else if (truth.isDown()) {
                    turn.engineStarts();
                } else if (call.work() == Work.START) {
                    Move.ENGINE_SAYS_IT_RUNS.make(turn);
                } else {
                    turn.terminate();
                }
            }
            case TERMINATING -> {
                if (truth.isGone()) {
                    Move.RESTART_FINDS_IT_GONE.make(turn);
                } else if (truth.isDown()) {
                    Move.RESTART_FINDS_IT_DOWN.make(turn);
                } else {
                    turn.takeDown();
                }
            }
            case DOWN -> {
                if (truth.isGone()) {
                    Move.RESTART_FINDS_IT_GONE.make(turn);
                } else if (truth.isDown()) {
                    turn.engineStarts();
                } else {
                    Move.RESTART_FINDS_IT_UP.make(turn);
                }
            }
            case ANSWERED -> turn.deliverAnswer();
        }
    }
}
