package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The rules: what is done with a container, when, and why. */
public final class RestartPolicy {

    /** How long an operator who has restarted a provider may take to restart what joins its namespaces, too. */
    private static final Duration NEXT_COMMAND = Duration.ofSeconds(1);

    /** How long compose may have no container of the plain name while it replaces one. */
    private static final Duration COMPOSE_TAKES = Duration.ofMinutes(1);

    private static final String ONE_OFF = "com.docker.compose.oneoff";

    /** Labels of containers that another system manages and restarts, each with that system. */
    private static final Map<String, String> OWNERS = Map.of(
            "com.docker.swarm.task.id", "a task of swarm",
            "io.kubernetes.pod.uid", "a container of Kubernetes",
            "com.hashicorp.nomad.alloc_id", "an allocation of Nomad",
            "com.amazonaws.ecs.task-arn", "a task of ECS");

    /** What an engine leaves of a container that it could not give its ports, and says that it has started. */
    static final String WITHOUT_NETWORK = "it runs without its network";

    private static final OptionalInt SUCCESS = OptionalInt.of(0);

    private final Rules rules;

    public RestartPolicy(Rules rules) {
        this.rules = rules;
    }

    /** Whether a label of that name has to do with the rules. */
    public static boolean needs(String label) {
        return label.equals(ONE_OFF)
                || OWNERS.containsKey(label)
                || StartOrder.needs(label)
                || LabelOptions.needs(label);
    }

    /**
     * Decides on what is known of the container and, of what is so around it, on holds, on who replaces it and on who comes
     * before it.
     */
    public Decision decide(Life life, Surroundings around, Instant now) {
        LabelOptions options = LabelOptions.of(life.setup().labels(), rules);
        String notOurs = notOurs(life, options);
        if (!notOurs.isEmpty()) {
            return new Decision.Leave(notOurs);
        }
        Decision decision = life.phase().decide(this, life, options, now);
        if (options.mode() == RestartMode.NO) {
            return new Decision.Leave(decision.reason() + ", and its policy is no");
        }
        Optional<Hold> hold = around.holds().of(life.name());
        if (hold.isPresent()) {
            return new Decision.Leave(
                    decision.reason() + ", and it is " + hold.get().inWords());
        }
        if (life.isOrphan() && (rules.dependents() || decision.kind() != Decision.Kind.LEAVE)) {
            return new Decision.GiveUp("the container whose namespace it joins is gone: it needs to be created anew");
        }
        boolean isLeft = decision.kind() == Decision.Kind.LEAVE || decision.kind() == Decision.Kind.GIVE_UP;
        if (!isLeft && life.nameWithoutPrefix().isPresent()) {
            return unlessReplaced(decision, life, around.isReplaced(), now);
        }
        return decision.kind() == Decision.Kind.START ? inTurn(decision, around.predecessor()) : decision;
    }

    /** How the container stands; the parameters are those of {@link #decide}. */
    public Standing standing(Life life, Surroundings around, Instant now) {
        Attempts attempts = life.attempts();
        Tries tries = life.phase() instanceof Up ? attempts.restarts() : attempts.starts();
        return new Standing(
                life,
                decide(life, around, now),
                around.holds().of(life.name()).orElse(null),
                tries.wait(rules.backoff()),
                now);
    }

    private static Decision unlessReplaced(Decision decision, Life life, boolean isReplaced, Instant now) {
        if (isReplaced) {
            return new Decision.Leave("compose is replacing it");
        }
        Instant until = life.namedSince().plus(COMPOSE_TAKES);
        return now.isBefore(until) ? new Decision.Wait("compose may be replacing it", until) : decision;
    }

    private static Decision inTurn(Decision start, @Nullable Predecessor first) {
        return first == null ? start : new Decision.Wait(start.reason() + ", but " + first.reason(), first.until());
    }

    /** Why it is never touched, or empty. */
    private String notOurs(Life life, LabelOptions options) {
        Map<String, String> labels = life.setup().labels();
        if (!options.enabled()) {
            return "its label " + LabelOptions.ENABLE + " says so";
        }
        if (labels.getOrDefault(ONE_OFF, "").equals("True")) {
            return "it is a one-off run of compose";
        }
        for (Map.Entry<String, String> owner : OWNERS.entrySet()) {
            if (labels.containsKey(owner.getKey())) {
                return "it is " + owner.getValue() + ", which looks after it";
            }
        }
        if (life.setup().autoRemove()) {
            return "the engine removes it when it exits";
        }
        return life.id().equals(rules.self()) ? "it is watchdog itself" : "";
    }

    /** May it be started? */
    Decision down(Down down, Life life, LabelOptions options, Instant now) {
        RestartMode mode = options.mode();
        if (down.isRestarting()) {
            return elsewhere(ContainerState.RESTARTING);
        }
        String why = down.cause().inWords(down.exitCode());
        boolean isStop = down.stop() != null;
        boolean isOwnDoing = down.cause() == Cause.Accident.OWN_RESTART;
        if (!rules.restartOn().contains(Trigger.EXITED) && !isOwnDoing) {
            return new Decision.Leave(why + ", and exited containers are left");
        }
        if (down.isStopPending() || (isStop && mode != RestartMode.ALWAYS)) {
            return new Decision.Leave(why);
        }
        if (mode == RestartMode.ON_FAILURE && down.exitCode().equals(SUCCESS) && !isOwnDoing) {
            return new Decision.Leave("it exited with code 0");
        }
        String reason = isStop ? why + ", but its policy is always" : why;
        Instant settled = down.since().plus(options.settle());
        if ((isStop || down.cause() == Cause.Accident.UNWITNESSED) && now.isBefore(settled)) {
            return new Decision.Wait(reason, settled);
        }
        if (hasGivenUp(life.attempts()) && !isOwnDoing) {
            return giveUp(reason, life.attempts());
        }
        return startInTime(reason, life, now);
    }

    Decision created(Created created, Life life, Instant now) {
        if (!rules.restartOn().contains(Trigger.CREATED) || created.error().isEmpty()) {
            return new Decision.Leave("it has not run yet");
        }
        return startInTime("its first start failed", life, now);
    }

    /** When? */
    private Decision startInTime(String why, Life life, Instant now) {
        Instant next = life.attempts().starts().next(rules.backoff());
        return now.isBefore(next) ? new Decision.Wait(why, next) : new Decision.Start(why);
    }

    /** Whether {@code --give-up-after} is reached. */
    boolean hasGivenUp(Attempts attempts) {
        return rules.giveUpAfter() > 0 && attempts.inVain() >= rules.giveUpAfter();
    }

    private static Decision giveUp(String why, Attempts attempts) {
        int tries = attempts.inVain();
        return new Decision.GiveUp(why + " after " + (tries == 1 ? "1 try" : tries + " tries in a row"));
    }

    Decision up(Up up, Life life, Instant now) {
        if (up.state() == ContainerState.PAUSED) {
            return new Decision.Leave("somebody paused it");
        }
        if (up.lacksNetwork()) {
            return new Decision.GiveUp(WITHOUT_NETWORK + ": it needs to be created anew");
        }
        Instant namespaceLostAt = up.namespaces().lostAt();
        String why;
        Instant soonest = Instant.MIN;
        if (isIll(up)) {
            why = "it is unhealthy";
        } else if (namespaceLostAt != null) {
            why = "the container whose namespace it joins was started anew";
            soonest = namespaceLostAt.plus(NEXT_COMMAND);
        } else {
            return new Decision.Leave("it is running");
        }
        if (up.isBeingStopped(now)) {
            return new Decision.Leave("an operator is stopping it");
        }
        if (isIll(up) && hasGivenUp(life.attempts())) {
            return giveUp(why, life.attempts());
        }
        Instant next = life.attempts().restarts().next(rules.backoff());
        Instant when = next.isAfter(soonest) ? next : soonest;
        return now.isBefore(when) ? new Decision.Wait(why, when) : new Decision.Restart(why);
    }

    boolean isIll(Up up) {
        return up.health() == Health.UNHEALTHY && rules.restartOn().contains(Trigger.UNHEALTHY);
    }

    static Decision elsewhere(ContainerState state) {
        return new Decision.Leave(
                switch (state) {
                    case RESTARTING -> "the engine is restarting it";
                    case REMOVING -> "it is being removed";
                    case DEAD -> "its removal failed";
                    case CREATED, RUNNING, PAUSED, EXITED, UNKNOWN -> "its state is not known";
                });
    }
}
