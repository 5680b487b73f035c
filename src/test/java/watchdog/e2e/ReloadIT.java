package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.real.NotifySocket;
import watchdog.real.WatchdogProcess;

/** A process that is sent SIGHUP, as by {@code systemctl reload}. */
class ReloadIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LISTING = "/containers/json";

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private NotifySocket systemd;

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
        systemd = NotifySocket.at(folder.resolve("notify"));
    }

    @AfterEach
    void stopEngine() {
        systemd.close();
        engine.close();
    }

    private Path arguments(String... lines) {
        try {
            return Files.write(folder.resolve("w.args"), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WatchdogProcess watch(String... lines) {
        WatchdogProcess watchdog = WatchdogProcess.start(
                Map.of("NOTIFY_SOCKET", systemd.address()), "--host=" + engine.host(), "@" + arguments(lines));
        systemd.await("READY=1", LIMIT);
        return watchdog;
    }

    private void reload(WatchdogProcess watchdog, String... lines) {
        arguments(lines);
        watchdog.signal("HUP");
    }

    @Test
    void rightArgumentsTakeEffect() {
        FakeContainer web = engine.add("web");
        FakeContainer api = engine.add("api");
        try (WatchdogProcess watchdog = watch("--list=web", "--time=1h")) {

            reload(watchdog, "--list=api", "--time=200ms");
            watchdog.awaitLine("INFO reloaded: watching api every 200 ms, policy always", LIMIT);
            web.crash(1);
            api.crash(1);

            watchdog.awaitLine("INFO api .*: running again", LIMIT);
            assertThat(web.startCount()).isZero();
            int before = engine.requests("GET", LISTING).size();
            within(
                    LIMIT,
                    "listings at the new interval",
                    () -> engine.requests("GET", LISTING).size() > before + 3);
        }
    }

    /** What labels a container has is kept only as far as somebody looks for them. */
    @Test
    void whatWasWatchedByNameAndIsByLabelNowGoesOn() {
        FakeContainer web = engine.add("web").label("team", "a");
        try (WatchdogProcess watchdog = watch("--list=web", "--time=1h", "--log-level=debug")) {
            watchdog.awaitLine("DEBUG web .*: leaving it, because it is running", LIMIT);

            reload(watchdog, "--label=team=a", "--time=1h", "--log-level=debug");
            watchdog.awaitLine("INFO reloaded: watching label team=a ", LIMIT);
            within(
                    LIMIT,
                    "decided by its label",
                    () -> isToldAfterReload(watchdog, "leaving it, because it is running"));
            web.crash(1);

            watchdog.awaitLine("INFO web .*: running again", LIMIT);
        }
    }

    private static boolean isToldAfterReload(WatchdogProcess watchdog, String part) {
        return watchdog.stdout().stream()
                .dropWhile(line -> !line.contains("INFO reloaded: "))
                .anyMatch(line -> line.contains(part));
    }

    @Test
    void wrongArgumentsAreToldAndTheOldOnesHold() {
        FakeContainer web = engine.add("web");
        try (WatchdogProcess watchdog = watch("--list=web")) {

            reload(watchdog, "--list=api", "--time=never");
            watchdog.awaitLine("WARN not reloaded, going on as before: .*w.args:2: .*--time", LIMIT);
            web.crash(1);

            watchdog.awaitLine("INFO web .*: running again", LIMIT);
            systemd.await("STATUS=1 watched;.* not reloaded: .*", LIMIT);
        }
    }

    @Test
    void whatNeedsARestartIsRefusedWithAllThatCameWithIt() {
        FakeContainer web = engine.add("web");
        try (WatchdogProcess watchdog = watch("--list=web")) {

            reload(watchdog, "--list=api", "--parallel=2");
            watchdog.awaitLine(
                    "WARN not reloaded, going on as before: --parallel: what is changed there needs a restart", LIMIT);
            web.crash(1);
            watchdog.awaitLine("INFO web .*: running again", LIMIT);

            reload(watchdog, "--list=api");
            watchdog.awaitLine("INFO reloaded: watching api ", LIMIT);
        }
    }

    @Test
    void withoutAServiceManagerItEndsTheProcess() {
        try (WatchdogProcess watchdog =
                WatchdogProcess.start("--host=" + engine.host(), "@" + arguments("--list=web"))) {
            watchdog.awaitLine("INFO connected to ", LIMIT);

            watchdog.signal("HUP");

            assertThat(watchdog.awaitExit(LIMIT)).isEqualTo(129);
        }
    }
}
