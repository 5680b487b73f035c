package watchdog.supervise;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The supervisor with all its rules against an engine that is only a model, on virtual time, with operators, crashes
 * and outages at random. {@code -Dwatchdog.simulation.seeds=100000} runs that many seeds, and
 * {@code -Dwatchdog.simulation.seed=42} shows all that happens in that one.
 */
class SimulationTest {

    private static final long FIRST_SEED = 1;
    private static final int LAST_STEPS = 40;

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void holdsWhatMustHoldWhateverHappens() {
        Long single = Long.getLong("watchdog.simulation.seed");
        if (single != null) {
            tell(single, Integer.MAX_VALUE).ifPresent(failure -> {
                throw failure;
            });
            return;
        }
        long count = Long.getLong("watchdog.simulation.seeds", 2000);
        System.out.printf("simulation: seeds %d to %d%n", FIRST_SEED, FIRST_SEED + count - 1);
        LongStream.range(FIRST_SEED, FIRST_SEED + count)
                .parallel()
                .filter(SimulationTest::fails)
                .findFirst()
                .ifPresent(seed -> {
                    throw tell(seed, LAST_STEPS).orElseThrow();
                });
    }

    private static boolean fails(long seed) {
        try {
            new Simulation(seed, false).run();
            return false;
        } catch (RuntimeException | AssertionError failure) {
            return true;
        }
    }

    private static Optional<AssertionError> tell(long seed, int steps) {
        Simulation simulation = new Simulation(seed, true);
        try {
            simulation.run();
        } catch (Violation violation) {
            return Optional.of(new AssertionError(
                    violation.getMessage() + "\n" + simulation.story(steps, violation.container()), violation));
        } catch (RuntimeException | AssertionError failure) {
            return Optional.of(new AssertionError(failure + "\n" + simulation.story(steps, null), failure));
        }
        if (steps > LAST_STEPS) {
            System.out.println(simulation.story(steps, null));
        }
        return Optional.empty();
    }
}
