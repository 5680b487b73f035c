package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/**
 * A container is back up sooner than by Docker's own restart policy. {@code -Dwatchdog.test.race=N} runs N rounds.
 *
 * <p>A round is a crash on each side, of a new container, so that neither is in its back-off. Both are measured alike:
 * from right before the SIGKILL to the start that the engine tells.
 */
@ExtendWith(RealEngine.class)
@Isolated("it measures time")
class CrashRaceIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROUNDS = Integer.getInteger("watchdog.test.race", 6);

    @Test
    @Timeout(1200)
    void isSoonerThanDocker(RealEngine engine) {
        List<Long> watchdogs = new ArrayList<>();
        List<Long> dockers = new ArrayList<>();
        try (WatchdogProcess watchdog = engine.watch("--list=" + engine.name("watched-*"))) {
            for (int round = 0; round < ROUNDS; round++) {
                Container watched = engine.run("watched-" + round);
                Container restarted = engine.run("restarted-" + round, "--restart=always");

                watchdogs.add(crash(engine, watched));
                dockers.add(crash(engine, restarted));

                watchdog.awaitLine(watched + ".*running again", LIMIT);
                engine.docker("rm", "--force", watched.name(), restarted.name());
            }
        }

        long watchdogMedian = median(watchdogs);
        long dockerMedian = median(dockers);
        System.out.printf(
                "crash to running again: watchdog %d ms, Docker %d ms (medians of %d), ratio %.2f%n  watchdog %s%n  Docker %s%n",
                watchdogMedian, dockerMedian, ROUNDS, (double) watchdogMedian / dockerMedian, watchdogs, dockers);
        assertThat(watchdogMedian).as("watchdog's median in ms").isLessThan(dockerMedian);
    }

    private static long crash(RealEngine engine, Container container) {
        Instant killed = engine.kill9(container);
        return Duration.between(killed, engine.awaitStartedAfter(container, killed, LIMIT))
                .toMillis();
    }

    private static long median(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
