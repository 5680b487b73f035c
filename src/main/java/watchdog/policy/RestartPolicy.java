package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules: what is done with a container, when, and why. */
public final class RestartPolicy {

    /** How long an operator who restarts a container may take to go on to those that live in its network. */
    private static final Duration NEXT_COMMAND = Duration.ofSeconds(1);

    /** Compose calls one of the two so, old or new, as long as there are both. */
    private static final Pattern COMPOSE_REPLACES = Pattern.compile("[0-9a-f]{12}_.+");

    private static final String ONE_OFF = "com.docker.compose.oneoff";
    private static final String SWARM_TASK = "com.docker.swarm.task.id";

    private final Rules rules;

    public RestartPolicy(Rules rules) {
        this.rules = rules;
    }

    /** Whether a label of that name has to do with the rules. */
    public static boolean needs(String label) {
        return label.equals(ONE_OFF) || label.equals(SWARM_TASK) || label.startsWith(Wishes.PREFIX);
    }

    /**
     * Decides on what is known of the container, and on nothing else.
     *
     * @param wishes what its own labels say
     */
    public Decision decide(Container container, Wishes wishes, History history, Instant now) {
        String notOurs = notOurs(container, wishes);
        if (!notOurs.isEmpty()) {
            return new Decision.Leave(notOurs);
        }
        if (history.isOrphan()) {
            return new Decision.GiveUp("the container whose network it joins is gone: it needs to be created anew");
        }
        return switch (container.state()) {
            case EXITED -> exited(container, wishes, history, now);
            case RUNNING -> running(container, wishes, history, now);
            case CREATED -> created(container, history, now);
            case PAUSED -> new Decision.Leave("somebody paused it");
            case RESTARTING -> new Decision.Leave("the engine is restarting it");
            case REMOVING -> new Decision.Leave("it is being removed");
            case DEAD -> new Decision.Leave("its removal failed");
            case UNKNOWN -> new Decision.Leave("its state is not known");
        };
    }

    /** Why it is never touched, or empty. */
    private String notOurs(Container container, Wishes wishes) {
        Map<String, String> labels = container.setup().labels();
        if (!wishes.enabled()) {
            return "its label " + Wishes.ENABLE + " says so";
        }
        if (labels.getOrDefault(ONE_OFF, "").equals("True")) {
            return "it is a one-off run of compose";
        }
        if (labels.containsKey(SWARM_TASK)) {
            return "it is a task of swarm, which looks after it";
        }
        if (container.setup().autoRemove()) {
            return "the engine removes it when it exits";
        }
        if (COMPOSE_REPLACES.matcher(container.name()).matches()) {
            return "compose is replacing it";
        }
        return container.id().equals(rules.self()) ? "it is watchdog itself" : "";
    }

    /** May it be started? */
    private Decision exited(Container container, Wishes wishes, History history, Instant now) {
        Exit exit = history.exit();
        String how = how(exit, container);
        if (!rules.restartOn().contains(Trigger.EXITED)) {
            return new Decision.Leave(how + ", and exited containers are left");
        }
        if (exit.isStop() && wishes.mode() != RestartMode.ALWAYS) {
            return new Decision.Leave(how);
        }
        if (wishes.mode() == RestartMode.ON_FAILURE && container.status().succeeded()) {
            return new Decision.Leave("it exited with code 0");
        }
        boolean settled = history.down(now).compareTo(rules.settle()) >= 0;
        if (exit == Exit.PERHAPS_STOPPED) {
            return new Decision.Leave(how + " just now");
        }
        String why = exit.isStop() ? how + ", but its policy is always" : how;
        if ((exit.isStop() || exit == Exit.UNSEEN) && !settled) {
            String unseen = exit == Exit.UNSEEN ? ", and nobody saw why" : "";
            return new Decision.Wait(why + unseen, history.downSince().plus(rules.settle()));
        }
        return startInTime(why, history, now);
    }

    private Decision created(Container container, History history, Instant now) {
        if (!rules.restartOn().contains(Trigger.CREATED)
                || container.status().error().isEmpty()) {
            return new Decision.Leave("it has not run yet");
        }
        return startInTime("its first start failed", history, now);
    }

    /** When, and is it too often? */
    private Decision startInTime(String why, History history, Instant now) {
        if (history.hasGivenUp()) {
            return new Decision.GiveUp(why + " after " + history.lostStarts() + " starts in a row");
        }
        Instant next = history.nextStart();
        return now.isBefore(next) ? new Decision.Wait(why, next) : new Decision.Start(why);
    }

    private Decision running(Container container, Wishes wishes, History history, Instant now) {
        Instant networkLostAt = history.networkLostAt();
        String why = "";
        Instant since = Instant.MIN;
        if (container.status().health() == Health.UNHEALTHY && rules.restartOn().contains(Trigger.UNHEALTHY)) {
            why = "it is unhealthy";
        } else if (networkLostAt != null) {
            why = "the container whose network it lives in was started anew";
            since = networkLostAt.plus(NEXT_COMMAND);
        }
        if (why.isEmpty()) {
            return new Decision.Leave("it is running");
        }
        if (history.isBeingStopped(now)) {
            return new Decision.Leave("an operator is stopping it");
        }
        Instant next = history.nextRestart(since);
        return now.isBefore(next)
                ? new Decision.Wait(why, next)
                : new Decision.Restart(why, wishes.stopTimeout(container));
    }

    private static String how(Exit exit, Container container) {
        return switch (exit) {
            case NONE, UNSEEN -> "it exited" + withCode(container);
            case CRASH -> "it crashed" + withCode(container);
            case OUT_OF_MEMORY -> "it ran out of memory";
            case OUTAGE -> "it went down with the engine";
            case PERHAPS_STOPPED -> "it was stopped";
            case STOPPED -> "an operator stopped it";
        };
    }

    private static String withCode(Container container) {
        return container.status().exitCode().isPresent()
                ? " with code " + container.status().exitCode().getAsInt()
                : "";
    }
}
