package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** The engine is away for a while, and what crashed meanwhile is back soon after it. */
@ExtendWith(RealEngine.class)
@Isolated("the others need the engine")
class EngineOutageIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static WatchdogProcess watch(RealEngine engine, Container container) {
        return engine.watch("--list=" + container, "--time=200ms", "--timeout=1s");
    }

    /** An engine that goes in the midst of an answer is told as one that does not list. */
    private static final String LOST = "WARN (no engine|cannot list the containers): ";

    /** One line for the loss and one for the return, and a crash is answered at once as before. */
    private static void assertGoesOn(RealEngine engine, WatchdogProcess watchdog, Container container) {
        watchdog.awaitLine("INFO " + container + ".*running again", LIMIT);
        Instant again = engine.kill9(container);
        Instant started = engine.awaitStartedAfter(container, again, LIMIT);
        watchdog.awaitLine("INFO " + container + ".*starting, because it was killed \\(SIGKILL, 137\\)", LIMIT);

        assertThat(Duration.between(again, started)).isLessThan(Duration.ofSeconds(5));
        assertThat(watchdog.linesWith(LOST)).hasSize(1);
        assertThat(watchdog.linesWith("INFO connected to")).hasSize(2);
        assertThat(watchdog.linesWith("events")).isEmpty();
    }

    @Test
    void isSurvivedWhenItIsKilled(RealEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, web)) {
            long pid = engine.pid(web);
            engine.crashEngine();
            watchdog.awaitLine(LOST, LIMIT);
            Instant killed = engine.kill9(pid);
            engine.startEngine();

            watchdog.awaitLine("INFO connected to .* again, after ", LIMIT);
            engine.awaitStartedAfter(web, killed, LIMIT);
            assertGoesOn(engine, watchdog, web);
        }
    }

    @Test
    void isSurvivedWhenItStandsStill(RealEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, web)) {
            long pid = engine.pid(web);
            engine.freezeEngine();
            watchdog.awaitLine(
                    "WARN cannot list the containers: .*GET /containers/json\\S*: no answer for 1000 ms", LIMIT);
            Instant killed = engine.kill9(pid);
            engine.thawEngine();

            watchdog.awaitLine("INFO connected to .* again, after ", LIMIT);
            engine.awaitStartedAfter(web, killed, LIMIT);
            assertGoesOn(engine, watchdog, web);
        }
    }

    @Test
    void isSurvivedWhenItIsRestarted(RealEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, web)) {
            Instant before = Instant.now();
            engine.shutDownEngine();
            watchdog.awaitLine(LOST, LIMIT);
            engine.startEngine();

            watchdog.awaitLine("INFO connected to .* again, after ", LIMIT);
            engine.awaitStartedAfter(web, before, LIMIT);
            assertGoesOn(engine, watchdog, web);
        }
    }

    @Test
    void isWaitedForWhenItStartsAfterWatchdog(RealEngine engine) {
        Container web = engine.run("web", "sh", "-c", "exit 0");
        engine.awaitExited(web, LIMIT);
        engine.shutDownEngine();
        try (WatchdogProcess watchdog =
                WatchdogProcess.start("--list=" + web, "--time=200ms", "--settle=500ms", "--host=" + engine.host())) {
            watchdog.awaitLine("WARN no engine: .*: is the engine running\\?", LIMIT);
            engine.startEngine();
            watchdog.awaitLine("INFO " + web + ".*starting, because it exited with code 0", LIMIT);
        }
    }

    /** What the engine ends at its shutdown looks at first as if an operator stopped it. */
    @Test
    void isNotTakenForAnOperatorWhenItShutsDown(RealEngine engine, @TempDir Path folder) {
        Path state = folder.resolve("state.json");
        Container web = engine.run("web");
        Container stopped = engine.run("stopped");
        try (WatchdogProcess watchdog = engine.watch(
                "--list=" + web + "," + stopped,
                "--policy=unless-stopped",
                "--state=" + state,
                "--time=200ms",
                "--log-level=debug")) {
            engine.docker("stop", "--time=1", stopped.name());
            watchdog.awaitLine("INFO " + stopped + ".*leaving it, because an operator stopped it", LIMIT);
            Instant before = Instant.now();
            engine.shutDownEngine();
            watchdog.awaitLine(LOST, LIMIT);
            engine.startEngine();

            engine.awaitStartedAfter(web, before, LIMIT);

            watchdog.awaitPasses(3, LIMIT);
            assertThat(engine.isRunning(stopped)).isFalse();
            assertThat(state).content().contains(stopped.id()).doesNotContain(web.id());
        }
    }
}
