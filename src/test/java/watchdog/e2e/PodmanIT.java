package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.RealPodman;
import watchdog.real.WatchdogProcess;

/** The packaged jar against a real Podman, which tells a crash from a stop from version 5 on; before, it takes the settle time. */
@ExtendWith(RealPodman.class)
class PodmanIT extends CoreTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static boolean tellsOfStops(RealEngine engine) {
        String version = engine.docker("version", "--format={{.Server.Version}}");
        return Integer.parseInt(version.substring(0, version.indexOf('.'))) >= 5;
    }

    @Override
    Duration longest(RealEngine engine) {
        return Duration.ofSeconds(tellsOfStops(engine) ? 5 : 12);
    }

    @Override
    String crashed(RealEngine engine) {
        return tellsOfStops(engine) ? "it was killed \\(SIGKILL, 137\\)" : "it exited with code 137";
    }

    @Test
    void leavesWhatAnOperatorHasStopped(RealEngine engine) {
        assumeTrue(tellsOfStops(engine), "this Podman does not tell");
        try (WatchdogProcess watchdog = engine.watch(
                "--list=" + engine.name("web"),
                "--policy=unless-stopped",
                "--time=500ms",
                "--settle=1s",
                "--log-level=debug")) {
            Container web = engine.run("web");
            watchdog.awaitLine("leaving it, because it is running", LIMIT);

            engine.docker("stop", "--time=1", web.name());

            watchdog.awaitLine("INFO " + web + ".*leaving it, because an operator stopped it", LIMIT);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(engine.isRunning(web)).isFalse();
        }
    }
}
