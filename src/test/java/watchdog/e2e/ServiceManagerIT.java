package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.real.NotifySocket;
import watchdog.real.WatchdogProcess;

/** What a process tells the service manager that has started it. */
class ServiceManagerIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ALIVE = "WATCHDOG=1";
    private static final String MICROS = "400000";
    private static final Duration TWO_PERIODS = Duration.ofMillis(800);

    @TempDir
    private Path folder;

    private FakeEngine engine;

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
    }

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private NotifySocket systemd() {
        return NotifySocket.at(folder.resolve("notify"));
    }

    private WatchdogProcess watch(NotifySocket systemd, String... options) {
        Map<String, String> environment = new HashMap<>();
        environment.put("NOTIFY_SOCKET", systemd.address());
        environment.put("WATCHDOG_USEC", MICROS);
        return WatchdogProcess.start(
                List.of(options),
                environment,
                "--list=web",
                "--time=1h",
                "--log-level=debug",
                "--host=" + engine.host());
    }

    @Test
    void itIsReadyAndTellsHowAllIs() {
        FakeContainer web = engine.add("web");
        try (NotifySocket systemd = systemd();
                WatchdogProcess watchdog = watch(systemd)) {

            systemd.await("READY=1", LIMIT);
            systemd.await("STATUS=1 watched", LIMIT);
            web.crash(1);
            systemd.await("STATUS=1 watched; last restart: web, .*", LIMIT);

            assertThat(systemd.count("READY=1")).isEqualTo(1);
            assertThat(watchdog.stderr()).isEmpty();
        }
    }

    @Test
    void itIsAliveWhileItGoesOnAndTellsItsEnd() throws InterruptedException {
        try (NotifySocket systemd = systemd();
                WatchdogProcess watchdog = watch(systemd)) {
            systemd.awaitMore(3, ALIVE, LIMIT);

            watchdog.signal("STOP");
            TimeUnit.MILLISECONDS.sleep(TWO_PERIODS.toMillis()); // what was on its way has come
            long before = systemd.count(ALIVE);
            TimeUnit.MILLISECONDS.sleep(TWO_PERIODS.toMillis());
            assertThat(systemd.count(ALIVE)).isEqualTo(before);
            watchdog.signal("CONT");
            systemd.awaitMore(1, ALIVE, LIMIT);

            assertThat(watchdog.terminate()).isEqualTo(143);
            assertThat(systemd.lines()).contains("STOPPING=1");
        }
    }

    @Test
    void anEngineThatIsAwayIsNoReasonToBeKilled() {
        engine.stop();
        try (NotifySocket systemd = systemd();
                WatchdogProcess watchdog = watch(systemd)) {

            systemd.await("READY=1", LIMIT);
            systemd.await("STATUS=the engine does not list its containers: .*; 0 watched", LIMIT);
            systemd.awaitMore(5, ALIVE, LIMIT);

            assertThat(watchdog.isAlive()).isTrue();
        }
    }

    @Test
    void anEngineThatHangsMakesTheStartLongerAndNoMore() {
        engine.fault("/containers/json", Fault.hang());
        try (NotifySocket systemd = systemd();
                WatchdogProcess watchdog = watch(systemd)) {

            systemd.awaitMore(3, "EXTEND_TIMEOUT_USEC=" + MICROS, LIMIT);

            assertThat(systemd.lines()).doesNotContain("READY=1");
            assertThat(watchdog.isAlive()).isTrue();
        }
    }

    @Test
    void anAbstractAddressWillDo() {
        try (NotifySocket systemd = NotifySocket.abstractNamed("watchdog-it-" + engine.hashCode());
                WatchdogProcess watchdog = watch(systemd)) {

            systemd.await("READY=1", LIMIT);

            assertThat(watchdog.isAlive()).isTrue();
        }
    }

    @Test
    void itDoesNotWaitForAServiceManagerThatDoesNotRead() {
        FakeContainer web = engine.add("web");
        try (NotifySocket systemd = NotifySocket.unread(folder.resolve("notify"));
                WatchdogProcess watchdog = watch(systemd)) {

            watchdog.awaitLine("INFO cannot notify the service manager: it does not read", LIMIT);
            web.crash(1);

            watchdog.awaitLine("INFO web .*: running again", LIMIT);
        }
    }

    /** As with systemd's {@code PrivateNetwork}. */
    @Test
    void itWarnsOfWhatNeedsTheNetworkWhichIsNotThere() throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0, "no right to");
        try (NotifySocket systemd = systemd();
                WatchdogProcess watchdog = WatchdogProcess.start(
                        List.of("unshare", "--net"),
                        List.of(),
                        Map.of("NOTIFY_SOCKET", systemd.address()),
                        "--list=web",
                        "--host=tcp://127.0.0.1:2375",
                        "--http=9595")) {

            watchdog.awaitLine("WARN tcp://127.0.0.1:2375 needs a network, and there is none here", LIMIT);
            watchdog.awaitLine("WARN --http needs a network, and there is none here", LIMIT);
        }
    }

    @Test
    void wrongArgumentsAreNeverReady() {
        try (NotifySocket systemd = systemd();
                WatchdogProcess watchdog = WatchdogProcess.start(
                        Map.of("NOTIFY_SOCKET", systemd.address()), "--list=web", "--time=never")) {

            assertThat(watchdog.awaitExit(LIMIT)).isEqualTo(2);
            assertThat(systemd.lines()).isEmpty();
        }
    }

    @Test
    void withoutAServiceManagerNothingOfItIsLoaded() {
        Path loaded = folder.resolve("loaded");
        try (WatchdogProcess watchdog = WatchdogProcess.start(
                List.of("-Xlog:class+load:file=" + loaded), Map.of(), "--list=web", "--host=" + engine.host())) {
            watchdog.awaitLine("INFO connected to ", LIMIT);
            watchdog.terminate();
        }

        assertThat(loaded)
                .content()
                .contains("watchdog.Daemon ")
                .doesNotContain("watchdog.host.ServiceManager", "watchdog.report.Summary", "UnixDatagrams");
    }
}
