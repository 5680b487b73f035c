package watchdog.supervise;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One run, which is the same for the same seed: trouble for a while, then peace. */
final class Simulation {

    final VirtualTime time = new VirtualTime();
    final ModelEngine.Weather calls = new ModelEngine.Weather();
    final ModelStream.Weather events = new ModelStream.Weather();
    final Dice dice;
    final Scenario scenario;
    final Trace trace;
    final Invariants invariants;
    final ModelDocker docker;

    private final long seed;
    private final ModelMemory memory = new ModelMemory();
    private final Operators operators;
    private final Faults faults;
    private @Nullable ModelWatchdog watchdog;

    Simulation(long seed, boolean traced) {
        this.seed = seed;
        dice = new Dice(seed);
        scenario = Scenario.of(dice);
        trace = new Trace(time, traced);
        invariants = new Invariants(scenario, time, trace, memory);
        docker = new ModelDocker(time, dice, trace, invariants);
        invariants.watch(docker);
        operators = new Operators(scenario, time, dice, docker);
        faults = new Faults(this);
    }

    void run() {
        operators.begin();
        time.after(dice.upTo(Duration.ofSeconds(20)), this::beginWatchdog);
        faults.begin();
        time.every(Duration.ofSeconds(1), invariants::check);
        operate();
        time.pass(scenario.length());
        faults.end();
        operating = false;
        time.pass(peace());
        invariants.checkAllIsWell();
    }

    private boolean operating = true;

    private void operate() {
        time.after(dice.about(Duration.ofSeconds(15)), () -> {
            if (operating) {
                operators.act();
                operate();
            }
        });
    }

    /** Long enough for the longest back-off, twice, for a stop that a container has survived, and all passes that it may take. */
    private Duration peace() {
        return scenario.rules()
                .backoff()
                .most()
                .multipliedBy(2)
                .plus(scenario.rules().settle())
                .plus(scenario.interval().multipliedBy(4))
                .plus(Duration.ofMinutes(17));
    }

    void beginWatchdog() {
        if (watchdog == null) {
            ModelWatchdog begun = new ModelWatchdog(scenario, time, dice, docker, calls, events, memory, invariants);
            watchdog = begun;
            invariants.watchdogBegins(begun);
            begun.begin();
        }
    }

    void endWatchdog() {
        if (watchdog != null) {
            watchdog.end();
            watchdog = null;
            invariants.watchdogEnds();
        }
    }

    void stall(Duration length) {
        if (watchdog != null) {
            trace.all("the loop stalls for %s", length);
            watchdog.stall(length);
        }
    }

    /** Everything about it, and the last of it that matters to a container. */
    String story(int most, @Nullable ModelContainer container) {
        return "seed " + seed + " at " + time.passed() + ", " + scenario + "\n" + trace.last(most, container);
    }
}
