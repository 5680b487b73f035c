package watchdog.supervise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import watchdog.policy.ContainerState;
import watchdog.policy.Setup;

/** People and their scripts, who do with containers as they please, and with no regard for watchdog. */
final class Operators {

    /** Labels of what others look after, to the letter of those others. */
    static final List<String> OWNERS = List.of(
            "com.docker.swarm.task.id",
            "io.kubernetes.pod.uid",
            "com.hashicorp.nomad.alloc_id",
            "com.amazonaws.ecs.task-arn");

    private static final List<String> NAMES = List.of("app-1", "app-2", "app-3", "app-not", "db", "other", "vpn");

    private final Scenario scenario;
    private final VirtualTime time;
    private final Dice dice;
    private final ModelDocker docker;
    private final List<Runnable> habits = new ArrayList<>();

    /** Whether all are services of one compose project. */
    private final boolean composed;

    Operators(Scenario scenario, VirtualTime time, Dice dice, ModelDocker docker) {
        this.scenario = scenario;
        this.time = time;
        this.dice = dice;
        this.docker = docker;
        this.composed = dice.chance(0.3);
        habit(Scenario.Trouble.STOPS, () -> stop(any(), () -> {}));
        habit(Scenario.Trouble.STOPS, () -> stopAndStart(any()));
        habit(Scenario.Trouble.KILLS, () -> kill(ModelDocker.KILL, true));
        habit(Scenario.Trouble.KILLS, () -> kill(ModelDocker.TERM, dice.chance(0.7)));
        habit(Scenario.Trouble.KILLS, () -> kill(ModelDocker.HUP, dice.chance(0.3)));
        habit(Scenario.Trouble.KILLS, () -> kill(ModelDocker.USR1, dice.chance(0.1)));
        habit(Scenario.Trouble.RESTARTS, () -> restart(any()));
        habit(Scenario.Trouble.REMOVALS, () -> remove(any()));
        habit(Scenario.Trouble.REPLACEMENTS, () -> replace(any()));
        habit(Scenario.Trouble.RENAMES, () -> rename(any(), dice.oneOf(NAMES)));
        habit(Scenario.Trouble.PAUSES, () -> pause(any()));
    }

    private void habit(Scenario.Trouble trouble, Runnable habit) {
        if (scenario.has(trouble)) {
            habits.add(habit);
        }
    }

    /** There are containers, most of them running. */
    void begin() {
        NAMES.forEach(this::createAndStart);
        for (int i = 0; i < dice.below(3); i++) {
            createAndStart("joined-" + i);
        }
        for (int i = 0; i < dice.below(8); i++) {
            createAndStart("app-more-" + i);
        }
    }

    /** Somebody does something. */
    void act() {
        if (!habits.isEmpty() && !docker.containers().isEmpty()) {
            dice.oneOf(habits).run();
        }
        docker.containers().stream()
                .filter(one ->
                        (one.state() == ContainerState.CREATED && one.is.error().isEmpty()) || dice.chance(0.002))
                .forEach(this::start);
    }

    private ModelContainer any() {
        return dice.oneOf(List.copyOf(docker.containers()));
    }

    private void createAndStart(String name) {
        if (docker.named(name).isPresent()) {
            return;
        }
        ModelContainer created = docker.create(name, setup(name));
        created.stubborn = dice.chance(0.1);
        if (dice.chance(0.9)) {
            time.after(dice.upTo(Duration.ofMillis(100)), () -> start(created));
        }
    }

    private Setup setup(String name) {
        Map<String, String> labels = new HashMap<>();
        if (dice.chance(0.15)) {
            labels.put("keep", "yes");
        }
        if (dice.chance(0.05)) {
            labels.put("watchdog.enable", "false");
        }
        if (dice.chance(0.2)) {
            labels.put("watchdog.policy", dice.oneOf(List.of("always", "unless-stopped", "on-failure", "no")));
        }
        if (dice.chance(0.03)) {
            labels.put("com.docker.compose.oneoff", "True");
        }
        if (dice.chance(0.03)) {
            labels.put(dice.oneOf(OWNERS), "somebody");
        }
        if (composed) {
            labels.put("com.docker.compose.project", "shop");
            labels.put("com.docker.compose.service", name);
            labels.put("com.docker.compose.depends_on", dependsOn());
        }
        boolean joins = name.startsWith("joined") || dice.chance(0.05);
        List<String> providers =
                joins ? docker.named("vpn").map(one -> one.id).stream().toList() : List.of();
        return new Setup(
                labels,
                providers,
                dice.chance(0.15) ? dice.oneOf(List.of("always", "unless-stopped")) : "no",
                dice.chance(0.03),
                dice.chance(0.2) ? dice.oneOf(List.of("SIGUSR1", "USR1", "10")) : "",
                dice.chance(0.2) ? Duration.ofSeconds(dice.below(30)) : null);
    }

    private String dependsOn() {
        String condition = dice.oneOf(List.of("service_started", "service_healthy", "service_completed_successfully"));
        return dice.chance(0.5) ? dice.oneOf(NAMES) + ":" + condition + ":false" : "";
    }

    private void start(ModelContainer one) {
        docker.process.whenReached(() -> docker.start(one, ModelDocker.Who.OPERATOR, new Reply<>()));
    }

    private Duration timeout() {
        return Duration.ofSeconds(dice.oneOf(List.of(1, 10, 10, 30)));
    }

    private void stop(ModelContainer one, Runnable then) {
        docker.process.whenReached(() -> docker.stop(one, timeout(), ModelDocker.Who.OPERATOR, then));
    }

    private void stopAndStart(ModelContainer one) {
        Duration pause = dice.between(Duration.ofMillis(1), rulesSettle().multipliedBy(3));
        stop(one, () -> time.after(pause, () -> start(one)));
    }

    private Duration rulesSettle() {
        return scenario.rules().settle();
    }

    private void kill(int signal, boolean dies) {
        ModelContainer one = any();
        docker.process.whenReached(() -> docker.kill(one, signal, dies));
    }

    private void rename(ModelContainer one, String name) {
        docker.process.whenReached(() -> docker.rename(one, name));
    }

    private void restart(ModelContainer one) {
        docker.process.whenReached(() -> docker.restart(one, timeout(), ModelDocker.Who.OPERATOR, new Reply<>()));
    }

    private void remove(ModelContainer one) {
        docker.process.whenReached(() -> docker.remove(one));
        time.after(dice.about(Duration.ofMinutes(2)), () -> createAndStart(one.name()));
    }

    private void replace(ModelContainer one) {
        Duration pause = dice.between(Duration.ofMillis(1), rulesSettle());
        stop(one, () -> docker.remove(one));
        time.after(pause.plusSeconds(1), () -> createAndStart(one.name()));
    }

    private void pause(ModelContainer one) {
        docker.process.whenReached(() -> docker.pause(one, true));
        time.after(dice.about(Duration.ofMinutes(1)), () -> docker.process.whenReached(() -> docker.pause(one, false)));
    }
}
