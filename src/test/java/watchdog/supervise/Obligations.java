package watchdog.supervise;

import java.time.Duration;
import java.util.function.Supplier;
import watchdog.policy.ContainerState;
import watchdog.policy.LabelOptions;
import watchdog.policy.RestartMode;
import watchdog.policy.StartOrder;
import watchdog.policy.Trigger;

/** What watchdog may do with a container and what it must, by the rules of the scenario and what is so in truth. */
final class Obligations {

    private final Scenario scenario;
    private final Supplier<ModelDocker> docker;

    Obligations(Scenario scenario, Supplier<ModelDocker> docker) {
        this.scenario = scenario;
        this.docker = docker;
    }

    /** Whether its provider was started anew since it joined. */
    boolean hasLostNetwork(ModelContainer one) {
        ModelContainer provider = docker.get().find(one.provider());
        return one.isUp() && provider != null && provider.isUp() && provider.starts != one.joined;
    }

    /** Whether it can be seen from two start times which start came first. */
    boolean startTimesTell() {
        return !scenario.has(Scenario.Trouble.ENGINE_CLOCK_SET);
    }

    /** Whether it is on the list by the name that it has now. */
    boolean isCovered(ModelContainer one) {
        Ledger ledger = one.ledger;
        if (!one.name().equals(ledger.coveredAs)) {
            ledger.coveredAs = one.name();
            ledger.covered = scenario.watchList().covers(one.name(), one.setup.labels());
        }
        return ledger.covered;
    }

    boolean mayBeTouched(ModelContainer one) {
        return mode(one) != RestartMode.NO
                && !one.setup.autoRemove()
                && !one.id.equals(Scenario.SELF)
                && !"false".equals(one.setup.labels().get(LabelOptions.ENABLE))
                && !"True".equals(one.setup.labels().get("com.docker.compose.oneoff"))
                && Operators.OWNERS.stream().noneMatch(one.setup.labels()::containsKey);
    }

    boolean isOurs(ModelContainer one) {
        return isCovered(one) && mayBeTouched(one);
    }

    RestartMode mode(ModelContainer one) {
        return LabelOptions.of(one.setup.labels(), scenario.rules()).mode();
    }

    /** How long it may wait for others in compose's order. */
    Duration longestTurn(ModelContainer one) {
        boolean waits = !one.setup
                .labels()
                .getOrDefault("com.docker.compose.depends_on", "")
                .isEmpty();
        return waits ? StartOrder.KEPT_FOR : Duration.ZERO;
    }

    /** Whether it is down, and nothing but a back-off may keep watchdog from starting it. */
    boolean mustBeStarted(ModelContainer one) {
        if (!isOurs(one) || one.busy || one.ledger.gaveUp || !providerIsUp(one)) {
            return false;
        }
        if (one.state() == ContainerState.CREATED) {
            return scenario.rules().restartOn().contains(Trigger.CREATED)
                    && !one.is.error().isEmpty();
        }
        // What watchdog's own restart took down it brings up, whatever else is not to be started.
        boolean isWanted = scenario.rules().restartOn().contains(Trigger.EXITED) || one.ledger.cause == Cause.WATCHDOG;
        if (one.state() != ContainerState.EXITED || !isWanted) {
            return false;
        }
        boolean stopped = one.ledger.isStopped();
        return switch (mode(one)) {
            case NO -> false;
            case ALWAYS -> true;
            case UNLESS_STOPPED -> !stopped;
            case ON_FAILURE -> !stopped && one.is.exitCode() != 0;
        };
    }

    private boolean providerIsUp(ModelContainer one) {
        if (one.provider().isEmpty()) {
            return true;
        }
        ModelContainer provider = docker.get().find(one.provider());
        return provider != null && provider.isUp() && !provider.ledger.atWork;
    }
}
