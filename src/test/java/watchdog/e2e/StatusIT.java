package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.Eventually;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.real.WatchdogProcess;

/** {@code watchdog status} beside the jar that runs as a process of its own. */
class StatusIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private record Answer(int status, List<String> out, List<String> err) {}

    private Answer status(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "status";
        arguments[1] = "--run=" + folder.resolve("run");
        System.arraycopy(more, 0, arguments, 2, more.length);
        try (WatchdogProcess command = WatchdogProcess.start(arguments)) {
            return new Answer(command.awaitExit(LIMIT), command.stdout(), command.stderr());
        }
    }

    private Answer await(int status) {
        return Eventually.within(LIMIT, "status " + status, this::status, answer -> answer.status() == status);
    }

    @Test
    void saysWhetherAllAreUpAndWhetherAnybodyWatches() {
        assertThat(status().status()).isEqualTo(4);
        try (FakeEngine engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
                WatchdogProcess watchdog = WatchdogProcess.start(
                        Map.of("RUNTIME_DIRECTORY", folder.resolve("run").toString()),
                        "--list=web,db",
                        "--backoff=100ms..200ms",
                        "--time=200ms",
                        "--host=" + engine.host())) {
            FakeContainer web = engine.add("web", FakeContainer::running);
            engine.add("db", FakeContainer::running);

            assertThat(await(0).out())
                    .last()
                    .asString()
                    .matches("[0-9a-f]{12} +running +.* +leave: it is running +0 +web");

            web.startFailsWith(500, "port is taken");
            web.crash(3);
            assertThat(await(3).out())
                    .last()
                    .asString()
                    .matches("[0-9a-f]{12} +exited .* it crashed with code 3.* +web|.* start: .* +web");
            assertThat(status("web").out())
                    .contains("name: web", "state: exited", "why: it crashed with code 3")
                    .anyMatch(line -> line.matches("  20.*Z WARN web .*: start failed: .*port is taken.*"));

            web.startSucceeds();
            await(0);

            watchdog.kill();
            Answer left = status();
            assertThat(left.status()).isEqualTo(4);
            assertThat(left.err()).singleElement().asString().contains("no watchdog runs any more");
        }
    }
}
