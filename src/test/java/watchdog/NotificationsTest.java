package watchdog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.engine.Json;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.notify.Receiver;

/** A process that tells webhooks what happens: one that takes all, and one that hangs. */
class NotificationsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SECRET = "s3cret";
    private static final String SECRET_ARGUMENT = "pr1vate";

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private Receiver receiver;
    private ServerSocket hanging;

    @BeforeEach
    void begin() throws IOException {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
        receiver = Receiver.begin();
        hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws IOException {
        engine.close();
        receiver.close();
        hanging.close();
    }

    private ProcessBuilder watchdog(String... args) {
        ProcessBuilder java = ForkedJvm.of(Main.class, List.of(), args).redirectErrorStream(true);
        java.environment().keySet().removeIf(name -> name.startsWith("DOCKER_") || name.endsWith("_DIRECTORY"));
        return java.redirectOutput(folder.resolve("said").toFile());
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }

    /** The kinds of facts that arrive, until all of these have. */
    private List<Map<String, Object>> arriving(String... kinds) throws IOException, InterruptedException {
        List<Map<String, Object>> facts = new ArrayList<>();
        while (!facts.stream().map(fact -> fact.get("what")).toList().containsAll(List.of(kinds))) {
            Receiver.Posted posted = receiver.next();
            assertThat(posted.path()).isEqualTo("/hooks/" + SECRET);
            assertThat(posted.headers()).containsEntry("Authorization", "Bearer " + SECRET);
            Map<String, Object> body = Json.read(posted.body().getBytes(UTF_8));
            @SuppressWarnings("unchecked")
            List<Map<String, Object>> told = (List<Map<String, Object>>) body.get("facts");
            facts.addAll(told);
        }
        return facts;
    }

    @Test
    void tellsProblemsAndTheirEndAndShowsNoSecretAndEndsInTime() throws IOException, InterruptedException {
        FakeContainer web = engine.add("web").startFailsWith(500, "no such mount");
        FakeContainer api = engine.add("api").startFailsWith(500, "port is already allocated");
        engine.fault("/containers/*/logs", Fault.raw("HTTP/1.0 200 OK\r\n\r\nno space left on /data\n"));
        Path url = Files.writeString(folder.resolve("url"), receiver.origin() + "/hooks/" + SECRET);
        Path token = Files.writeString(folder.resolve("token"), "Bearer " + SECRET);
        Process process = watchdog(
                        "--host=" + engine.host(),
                        "--list=web,api",
                        "--settle=100ms",
                        "--backoff=100ms..100ms",
                        "--crash-loop=1000/10m",
                        "--log-level=debug",
                        "--run=" + folder.resolve("run"),
                        "--webhook=http://127.0.0.1:" + hanging.getLocalPort() + "/" + SECRET_ARGUMENT,
                        "--webhook=@" + url,
                        "--webhook-header=Authorization:@" + token)
                .start();
        try {
            engine.awaitEventStreams(1, LIMIT);
            Eventually.within(
                    LIMIT, "the first listing", () -> said().split("leaving it, because it is running", -1).length > 2);
            assertThat(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .content()
                    .contains("--webhook=@" + url)
                    .doesNotContain(SECRET);
            web.crash(3);
            List<Map<String, Object>> problems = arriving("failed");

            assertThat(problems)
                    .filteredOn(fact -> fact.get("what").equals("failed"))
                    .first()
                    .satisfies(failed -> assertThat(failed)
                            .containsEntry("container", "web")
                            .containsEntry("image", "busybox:local")
                            .containsEntry("exitCode", 3)
                            .containsEntry("log", List.of("no space left on /data")));

            web.startSucceeds();
            assertThat(arriving("up")).last().satisfies(up -> assertThat(up).containsEntry("status", "recovery"));

            // What waits for more of its kind is told at the end, and nobody waits for who hangs.
            engine.fault("/containers/*/logs", Fault.status(403, "Forbidden by the proxy"));
            api.crash(4);
            Eventually.within(LIMIT, "another failure", () -> said().contains("port is already allocated"));
            Instant asked = Instant.now();
            process.destroy();
            Eventually.within(LIMIT, "the end", () -> !process.isAlive());

            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(arriving("failed"))
                    .last()
                    .satisfies(last -> assertThat(last)
                            .containsEntry("log", List.of())
                            .asString()
                            .contains("port is already allocated"));
        } finally {
            process.destroyForcibly();
        }
        assertThat(said())
                .contains("webhook 2 (" + receiver.origin() + "): answered 200")
                .containsPattern("DEBUG no lines of a container's log: .* 403 Forbidden by the proxy")
                .contains("stopped: asked to end")
                .doesNotContain(SECRET)
                .doesNotContain(SECRET_ARGUMENT);
        assertThat(folder.resolve("run/status.json"))
                .content()
                .contains("\"web\"")
                .doesNotContain(SECRET)
                .doesNotContain(SECRET_ARGUMENT);
    }

    @Test
    void theTestTellsWhatCameBackFromEach() throws IOException, InterruptedException {
        Path refused = Files.writeString(folder.resolve("refused"), "http://127.0.0.1:1/" + SECRET);
        Process process = watchdog(
                        "notify-test",
                        "--webhook=" + receiver.origin() + "/hooks/" + SECRET,
                        "--webhook-header=Authorization:Bearer " + SECRET,
                        "--webhook=@" + refused,
                        "--exec=/bin/true")
                .start();

        assertThat(process.waitFor()).isEqualTo(1);

        assertThat(said().lines())
                .containsExactly(
                        "webhook 1 (" + receiver.origin() + "): answered 200",
                        "webhook 2 (http://127.0.0.1:1): no connection",
                        "program 1 (/bin/true): ended with status 0");
        assertThat(arriving("test")).hasSize(1);
        assertThat(ended("notify-test", "--exec=/bin/true")).isZero();
    }

    private int ended(String... args) throws IOException, InterruptedException {
        return watchdog(args).start().waitFor();
    }
}
