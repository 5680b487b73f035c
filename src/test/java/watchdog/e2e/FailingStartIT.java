package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** What the engine cannot start for a while is started as soon as it can be, and the log says why not until then. */
@ExtendWith(RealEngine.class)
class FailingStartIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static WatchdogProcess watch(RealEngine engine, String list, String restartOn) {
        return engine.watch(
                "--list=" + list,
                "--time=200ms",
                "--backoff=100ms..300ms",
                "--restart-on=" + restartOn,
                "--log-level=debug");
    }

    @Test
    void isBackWhenItsMountIs(RealEngine engine, @TempDir Path parent) throws IOException {
        Path source = Files.createDirectory(parent.resolve("data"));
        Path away = parent.resolve("away");
        Container web = engine.run("web", "--mount=type=bind,source=" + source + ",target=/data");
        try (WatchdogProcess watchdog = watch(engine, web.name(), "exited")) {
            Files.move(source, away);
            Instant killed = engine.kill9(web);
            watchdog.awaitLine("WARN " + web + ".*start failed: .*POST .*bind source path does not exist", LIMIT);
            watchdog.awaitLines(3, "start failed: .*does not exist", LIMIT);

            // Another problem, other words.
            Files.createFile(source);
            watchdog.awaitLine("WARN " + web + ".*start failed: .*POST .*error mounting", LIMIT);
            watchdog.awaitLines(3, "start failed: .*error mounting", LIMIT);

            Files.delete(source);
            Files.move(away, source);
            engine.awaitStartedAfter(web, killed, LIMIT);
            watchdog.awaitLine("INFO " + web + ".*running again", LIMIT);

            assertThat(watchdog.linesWith("WARN.*start failed: .*error mounting"))
                    .hasSize(1);
            // Twice if a try fell between the removal of the one and the return of the other.
            assertThat(watchdog.linesWith("WARN.*start failed: .*does not exist"))
                    .hasSizeBetween(1, 2);
            assertThat(watchdog.linesWith("crash loop")).isEmpty();
        }
    }

    @Test
    void isStartedForTheFirstTimeWhenItsNetworkIsThere(RealEngine engine) {
        Container donor = engine.run("donor");
        Container web = engine.create("web", "--network=container:" + donor);
        Container never = engine.create("never");
        engine.docker("stop", "--time=1", donor.name());
        assertThatThrownBy(() -> engine.docker("start", web.name())).hasMessageContaining("cannot join network");
        assertThat(engine.inspect(web, "{{.State.Status}}")).isEqualTo("created");
        try (WatchdogProcess watchdog = watch(engine, web + "," + never, "created,exited")) {
            watchdog.awaitLine("INFO " + web + ".*starting, because its first start failed", LIMIT);
            watchdog.awaitLines(
                    3, web + ".*start failed: .*cannot join network( namespace)? of a non running container", LIMIT);

            Instant before = Instant.now();
            engine.docker("start", donor.name());

            engine.awaitStartedAfter(web, before, LIMIT);
            watchdog.awaitLine("INFO " + web + ".*running again", LIMIT);
            assertThat(watchdog.linesWith("WARN.*start failed")).hasSize(1);
            assertThat(watchdog.linesWith(never + ".*starting")).isEmpty();
            assertThat(engine.inspect(never, "{{.State.Status}}")).isEqualTo("created");
        }
    }
}
