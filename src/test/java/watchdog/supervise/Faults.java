package watchdog.supervise;

import java.time.Duration;
import java.util.List;
import watchdog.policy.Health;

/** All that goes wrong by itself. */
final class Faults {

    private static final List<Integer> EXIT_CODES = List.of(0, 1, 1, 137, 139, 143);

    private final Scenario scenario;
    private final VirtualTime time;
    private final Dice dice;
    private final Trace trace;
    private final Invariants invariants;
    private final ModelDocker docker;
    private final ModelEngine.Weather calls;
    private final ModelStream.Weather events;
    /** An engine does not end and begin in less. */
    private static final Duration AWAY = Duration.ofSeconds(3);

    private final Simulation simulation;

    private boolean over;

    Faults(Simulation simulation) {
        this.simulation = simulation;
        this.scenario = simulation.scenario;
        this.time = simulation.time;
        this.dice = simulation.dice;
        this.trace = simulation.trace;
        this.invariants = simulation.invariants;
        this.docker = simulation.docker;
        this.calls = simulation.calls;
        this.events = simulation.events;
    }

    void begin() {
        nowAndThen(Scenario.Trouble.CRASHES, 60, () -> {
            ModelContainer one = any();
            int run = one.starts;
            docker.process.later(Duration.ZERO, () -> docker.crash(one, run, dice.oneOf(EXIT_CODES)));
        });
        nowAndThen(Scenario.Trouble.OUT_OF_MEMORY, 120, () -> docker.outOfMemory(any(), dice.chance(0.7)));
        nowAndThen(Scenario.Trouble.CRASH_LOOPS, 300, () -> {
            ModelContainer one = any();
            one.sick = true;
            docker.crash(one, one.starts, 1);
            later(300, () -> one.sick = false);
        });
        nowAndThen(Scenario.Trouble.FAILING_STARTS, 200, () -> {
            ModelContainer one = any();
            one.broken = true;
            docker.crash(one, one.starts, 1);
            later(200, () -> one.broken = false);
        });
        nowAndThen(Scenario.Trouble.SLOW_STARTS, 200, () -> {
            ModelContainer one = any();
            one.startTakes = dice.between(Duration.ofMillis(200), Duration.ofSeconds(100));
            later(200, () -> one.startTakes = Duration.ofMillis(180));
        });
        nowAndThen(Scenario.Trouble.ILLNESS, 100, () -> {
            ModelContainer one = any();
            docker.health(one, Health.UNHEALTHY);
            later(100, () -> docker.health(one, Health.HEALTHY));
        });
        nowAndThen(Scenario.Trouble.ENGINE_KILLED, 600, () -> docker.leave(false, AWAY.plus(dice.about(seconds(20)))));
        nowAndThen(
                Scenario.Trouble.ENGINE_SHUT_DOWN, 600, () -> docker.leave(true, AWAY.plus(dice.about(seconds(20)))));
        nowAndThen(Scenario.Trouble.ENGINE_HANGS, 600, () -> {
            docker.process.hang();
            later(40, docker.process::goOn);
        });
        nowAndThen(Scenario.Trouble.CALLS_REFUSED, 400, () -> {
            calls.refusals = dice.fraction();
            trace.all("calls are refused now and then");
            invariants.trouble(true);
            later(30, () -> {
                calls.refusals = 0;
                trace.all("calls are not refused any more");
                invariants.trouble(false);
            });
        });
        nowAndThen(Scenario.Trouble.CALLS_SLOW, 300, () -> {
            calls.delay = Duration.ofMillis(300);
            later(100, () -> calls.delay = Duration.ofMillis(5));
        });
        nowAndThen(Scenario.Trouble.EVENTS_LOST, 200, () -> {
            events.loss = dice.oneOf(List.of(0.1, 0.5, 1.0));
            later(60, () -> events.loss = 0);
        });
        nowAndThen(Scenario.Trouble.EVENTS_LATE, 200, () -> {
            events.delay = dice.between(Duration.ofMillis(50), seconds(3));
            later(60, () -> events.delay = Duration.ofMillis(5));
        });
        nowAndThen(Scenario.Trouble.EVENTS_REORDERED, 200, () -> {
            events.disorder = dice.oneOf(List.of(0.1, 0.5));
            later(60, () -> events.disorder = 0);
        });
        nowAndThen(Scenario.Trouble.EVENTS_END, 200, () -> docker.endStream(dice.chance(0.3)));
        nowAndThen(Scenario.Trouble.ENGINE_CLOCK_SET, 600, () -> {
            Duration by = dice.between(seconds(1), Duration.ofDays(1));
            docker.setClock(dice.chance(0.5) ? by : by.negated());
            invariants.engineClockSet();
        });
        nowAndThen(Scenario.Trouble.LOOP_STALLS, 100, () -> simulation.stall(dice.upTo(seconds(3))));
        nowAndThen(Scenario.Trouble.WATCHDOG_RESTARTS, 600, () -> {
            simulation.endWatchdog();
            time.after(dice.about(seconds(20)), simulation::beginWatchdog);
        });
    }

    /** What lasts at this time still comes to its end. */
    void end() {
        over = true;
        for (ModelContainer one : docker.containers()) {
            one.sick = false;
            one.broken = false;
            one.startTakes = Duration.ofMillis(180);
            docker.pause(one, false);
        }
        calls.refusals = 0;
        events.loss = 0;
        events.disorder = 0;
        invariants.trouble(false);
        docker.process.goOn();
    }

    private void nowAndThen(Scenario.Trouble trouble, int meanSeconds, Runnable fault) {
        if (scenario.has(trouble)) {
            time.after(dice.about(seconds(meanSeconds)), () -> {
                if (!over) {
                    if (!docker.containers().isEmpty()) {
                        fault.run();
                    }
                    nowAndThen(trouble, meanSeconds, fault);
                }
            });
        }
    }

    private void later(int meanSeconds, Runnable act) {
        time.after(dice.about(seconds(meanSeconds)), act);
    }

    private ModelContainer any() {
        return dice.oneOf(List.copyOf(docker.containers()));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
