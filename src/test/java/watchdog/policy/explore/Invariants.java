package watchdog.policy.explore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Cause;
import watchdog.policy.Down;
import watchdog.policy.Health;
import watchdog.policy.Life;
import watchdog.policy.Operation;
import watchdog.policy.RestartMode;
import watchdog.policy.Trigger;
import watchdog.policy.Work;

/** What must hold whatever happens; each says in words what does not. */
final class Invariants {

    private Invariants() {}

    /** When watchdog asks the engine to start or to restart the container. */
    static List<String> ofCall(Work work, Setting setting, Situation at) {
        List<String> broken = new ArrayList<>();
        World world = at.world();
        Life life = at.life();
        if (world.call != null) {
            broken.add("a " + work + " while a " + world.call.work() + " is under way");
        }
        if (world.isHeld) {
            broken.add("a " + work + " of what an operator holds");
        }
        if (!setting.isOurs()) {
            broken.add("a " + work + " of what is not to be touched");
        }
        if (life == null || !life.name().equals(Setting.NAME)) {
            broken.add("a " + work + " of what is not on the list");
        }
        broken.addAll(work == Work.START ? ofStart(setting, at) : ofRestart(setting, at));
        return broken;
    }

    private static List<String> ofStart(Setting setting, Situation at) {
        List<String> broken = new ArrayList<>();
        World world = at.world();
        RestartMode mode = setting.rules().mode();
        if (mode != RestartMode.ALWAYS && world.stopProven) {
            broken.add("started, though it is proven that an operator stopped it");
        } else if (mode != RestartMode.ALWAYS && world.stopTold != null) {
            broken.add("started, though it was told that it was stopped, and the events go on");
        }
        Instant settled = world.truth.since().plus(setting.rules().settle());
        if (world.stopTold != null && at.now().isBefore(settled)) {
            broken.add("started under the feet of an operator who has just stopped it");
        }
        if (world.starts.isTooSoon(setting.rules(), at.now())) {
            broken.add("started before its back-off");
        }
        if (world.starts.isTooOften(setting.rules(), at.now())) {
            broken.add("started after it should have been given up");
        }
        return broken;
    }

    private static List<String> ofRestart(Setting setting, Situation at) {
        List<String> broken = new ArrayList<>();
        World world = at.world();
        if (world.killTold && world.isSignalled) {
            broken.add("restarted while an operator is stopping it");
        }
        if (!setting.rules().restartOn().contains(Trigger.UNHEALTHY)) {
            broken.add("restarted though nobody asked for that");
        }
        if (world.restarts.isTooSoon(setting.rules(), at.now())) {
            broken.add("restarted before its back-off");
        }
        if (world.restarts.isTooOften(setting.rules(), at.now())) {
            broken.add("restarted after it should have been given up");
        }
        return broken;
    }

    /** After each move. */
    static List<String> of(Situation at) {
        Life life = at.life();
        return life == null ? List.of() : ofLife(life, at.world());
    }

    private static List<String> ofLife(Life life, World world) {
        List<String> broken = new ArrayList<>();
        Operation operation = life.operation();
        if (operation != null) {
            boolean goesOn = switch (operation.step()) {
                case PLACE -> !world.hasPlace;
                case CHECK, VERIFY -> world.inspection != null;
                case CHECK_PROVIDERS -> false;
                case CALL -> world.call != null;
                case SETTLE -> life.wakeAt() != null;
            };
            if (!goesOn) {
                broken.add("it is stuck in the step " + operation.step() + " of a " + operation.work());
            }
        }
        if (stop(life) != null && !world.anyStop) {
            if (!world.anyShutdown) {
                broken.add("it counts as stopped by an operator, and no operator was there");
            } else if (stop(life) instanceof Cause.Proof.Sure) {
                broken.add("it counts as stopped by an operator for sure, and it was the engine that shut down");
            }
        }
        return broken;
    }

    private static Cause.@Nullable Proof stop(Life life) {
        return life.phase() instanceof Down down && down.cause() instanceof Cause.Stop stop ? stop.proof() : null;
    }

    /** When there was peace for a while: it is up, or down for a reason. */
    static List<String> atPeace(Setting setting, Situation at) {
        Life life = at.life();
        Truth truth = at.world().truth;
        if (life == null) {
            boolean isKnown = truth.isGone() || !truth.name().equals(Setting.NAME);
            return isKnown ? List.of() : List.of("it is not known, though it is there");
        }
        if (truth.isGone()) {
            return List.of("it is known still, though it is gone");
        }
        if (life.state() != truth.state()) {
            return List.of("it is taken for " + life.state() + ", and is " + truth.state());
        }
        if (!life.name().equals(truth.name())) {
            return List.of("it is taken for " + life.name() + ", and is called " + truth.name());
        }
        if (life.isStopPending()) {
            return List.of("a stop has neither been proven nor refuted");
        }
        boolean isLeft = !setting.isOurs() || !truth.name().equals(Setting.NAME) || hasGivenUp(setting, life);
        if (isLeft) {
            return List.of();
        }
        return truth.isUp() ? up(setting, truth) : down(setting, truth, life);
    }

    private static List<String> up(Setting setting, Truth truth) {
        boolean isIll = truth.isRunning() && truth.health() == Health.UNHEALTHY;
        boolean isLeftIll = isIll && setting.rules().restartOn().contains(Trigger.UNHEALTHY);
        return isLeftIll ? List.of("it is unhealthy, and is left so") : List.of();
    }

    private static List<String> down(Setting setting, Truth truth, Life life) {
        RestartMode mode = setting.rules().mode();
        boolean onExit = setting.rules().restartOn().contains(Trigger.EXITED);
        boolean isRight = switch (truth.state()) {
            case CREATED ->
                truth.error().isEmpty() || !setting.rules().restartOn().contains(Trigger.CREATED);
            default ->
                switch (truth.why()) {
                    case AN_OPERATORS -> mode != RestartMode.ALWAYS || !onExit;
                    case ITS_OWN, THE_ENGINES, NOBODYS ->
                        !onExit || (mode == RestartMode.ON_FAILURE && truth.exitCode() == 0);
                    case WATCHDOGS -> false;
                };
        };
        return isRight ? List.of() : List.of("it is down, by " + truth.why() + " doing, and left so: " + life.phase());
    }

    private static boolean hasGivenUp(Setting setting, Life life) {
        int most = setting.rules().giveUpAfter();
        return most > 0 && life.attempts().inVain() >= most;
    }
}
