package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import watchdog.Eventually;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** What an operator has stopped stays down under {@code --policy=unless-stopped}, and is remembered. */
@ExtendWith(RealEngine.class)
class OperatorsStopIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static WatchdogProcess watch(RealEngine engine, Path state, String list) {
        return engine.watch(
                "--list=" + list,
                "--policy=unless-stopped",
                "--state=" + state,
                "--time=200ms",
                "--settle=500ms",
                "--log-level=debug");
    }

    private static void stop(RealEngine engine, WatchdogProcess watchdog, Path state, Container container) {
        engine.docker("stop", "--time=1", container.name());
        watchdog.awaitLine("INFO " + container + ".*leaving it, because an operator stopped it", LIMIT);
        awaitRemembered(state, container, true);
    }

    private static void awaitRemembered(Path state, Container container, boolean remembered) {
        Eventually.within(
                LIMIT,
                container + " in " + state + ": " + remembered,
                () -> Files.readString(state).contains(container.id()) == remembered);
    }

    @Test
    void staysDownEvenAfterWatchdogsOwnEndUntilSomebodyStartsIt(RealEngine engine, @TempDir Path folder) {
        Path state = folder.resolve("state.json");
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, state, web.name())) {
            stop(engine, watchdog, state, web);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(engine.isRunning(web)).isFalse();
            assertThat(watchdog.linesWith("INFO.*an operator stopped it")).hasSize(1);
            assertThat(watchdog.terminate()).isEqualTo(143);
        }
        try (WatchdogProcess watchdog = watch(engine, state, web.name())) {
            watchdog.awaitLine("INFO " + web + ".*leaving it, because an operator stopped it", LIMIT);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(engine.isRunning(web)).isFalse();

            engine.docker("start", web.name());
            awaitRemembered(state, web, false);
            Instant killed = engine.kill9(web);

            engine.awaitStartedAfter(web, killed, LIMIT);
        }
    }

    /** What was started and crashed while no watchdog was there is not what was stopped. */
    @Test
    void isForgottenAsSoonAsItHasRunAgain(RealEngine engine, @TempDir Path folder) {
        Path state = folder.resolve("state.json");
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, state, web.name())) {
            stop(engine, watchdog, state, web);
        }
        engine.docker("start", web.name());
        Instant killed = engine.kill9(web);
        engine.awaitExited(web, LIMIT);
        try (WatchdogProcess watchdog = watch(engine, state, web.name())) {
            engine.awaitStartedAfter(web, killed, LIMIT);
            watchdog.awaitLine("INFO " + web + ".*running again", LIMIT);
        }
    }

    @Test
    void isNoReasonToEndWhenItsFileIsDamaged(RealEngine engine, @TempDir Path folder) throws IOException {
        Path state = Files.writeString(folder.resolve("state.json"), "{\"watchdog\": 1, \"stop");
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, state, web.name())) {
            watchdog.awaitLine("WARN state file " + state + ": not JSON: .*; moved to " + state + ".damaged", LIMIT);
            assertThat(folder.resolve("state.json.damaged")).hasContent("{\"watchdog\": 1, \"stop");

            stop(engine, watchdog, state, web);
        }
    }
}
