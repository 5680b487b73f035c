package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The supervisor with all its rules against an engine that is only a model, on virtual time, with operators, crashes
 * and outages at random: seeds that are always the same, and as many that nobody has seen before.
 * {@code -Dwatchdog.simulation.seeds=100000} runs that many of each, {@code -Dwatchdog.simulation.first=N} begins the fresh
 * ones there, and {@code -Dwatchdog.simulation.seed=42} shows all that happens in that one.
 */
class SimulationTest {

    private static final int LAST_STEPS = 40;
    private static final long COUNT = Long.getLong("watchdog.simulation.seeds", 2000);

    /**
     * Some situations that come by once in tens of thousands of seeds are still decided wrongly, or judged so wrongly. All of them
     * are told; more of them than this are something new. {@code -Dwatchdog.simulation.mostFailures=0} suffers none.
     */
    private static final long MOST_FRESH_FAILURES = Long.getLong("watchdog.simulation.mostFailures", 1 + COUNT / 2000);

    /** Far from the fixed ones, and from those of a run some milliseconds before. */
    private static final long FIRST_FRESH =
            Long.getLong("watchdog.simulation.first", System.currentTimeMillis() * 1_000_000);

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void holdsWhatMustHoldWithSeedsThatAreAlwaysTheSame() {
        Long single = Long.getLong("watchdog.simulation.seed");
        if (single != null) {
            tell(single, Integer.MAX_VALUE).ifPresent(failure -> {
                throw failure;
            });
            return;
        }
        run(1, 0);
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void holdsWhatMustHoldWithFreshSeeds() {
        if (Long.getLong("watchdog.simulation.seed") == null) {
            run(FIRST_FRESH, MOST_FRESH_FAILURES);
        }
    }

    private static void run(long first, long mostFailures) {
        System.out.printf("simulation: seeds %d to %d%n", first, first + COUNT - 1);
        List<String> failures = LongStream.range(first, first + COUNT)
                .parallel()
                .mapToObj(SimulationTest::failure)
                .flatMap(Optional::stream)
                .toList();
        if (!failures.isEmpty()) {
            long worst = Long.parseLong(failures.get(0).split(":", 2)[0]);
            String all = failures.size() + " seeds fail:\n" + String.join("\n", failures) + "\nThe first one:\n"
                    + tell(worst, LAST_STEPS).map(AssertionError::getMessage).orElse("it does not fail again");
            System.out.println(all);
            assertThat(failures.size()).as(all).isLessThanOrEqualTo((int) mostFailures);
        }
    }

    private static Optional<String> failure(long seed) {
        try {
            new Simulation(seed, false).run();
            return Optional.empty();
        } catch (RuntimeException | AssertionError failure) {
            return Optional.of(seed + ": " + failure.getMessage());
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
