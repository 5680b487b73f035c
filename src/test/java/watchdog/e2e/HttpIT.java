package watchdog.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.Eventually;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.real.Http;
import watchdog.real.WatchdogProcess;

/** What the jar serves over HTTP, and what it does meanwhile. */
class HttpIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SLOW_CLIENTS = 1000;

    /** As with Docker, on a fast machine. */
    private static final Duration START_TAKES = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private final Http http = Http.free();

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
    }

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private WatchdogProcess watch(String... options) {
        return WatchdogProcess.start(List.of(options), Map.of(), arguments());
    }

    private String[] arguments() {
        return new String[] {"--list=*", "--time=200ms", "--host=" + engine.host(), "--http=" + http.port()};
    }

    private HttpResponse<String> await(String path, int status) {
        return Eventually.within(
                LIMIT, path + " " + status, () -> http.get(path), answer -> answer.statusCode() == status);
    }

    @Test
    void saysWhetherItIsAliveAndReadyAndHowAllStands() {
        engine.add("web");
        try (WatchdogProcess watchdog = watch()) {
            watchdog.awaitLine("INFO serving on http://127.0.0.1:" + http.port() + "/", LIMIT);

            assertThat(await("/readyz", 200).body()).isEqualTo("the loop turns, and the engine answers\n");
            assertThat(await("/healthz", 200).body()).isEqualTo("the loop turns\n");
            HttpResponse<String> status = Eventually.within(
                    LIMIT,
                    "web",
                    () -> http.get("/status.json"),
                    answer -> answer.body().contains("\"web\""));
            assertThat(status.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(status.body()).contains("\"state\" : \"running\"", "\"why\" : \"it is running\"");

            engine.stop();
            assertThat(await("/readyz", 503).body()).startsWith("the engine cannot be used: ");
            assertThat(await("/healthz", 200).body()).isEqualTo("the loop turns\n");
        }
    }

    @Test
    void watchesWithoutThePortThatAnotherOneHas() throws IOException {
        FakeContainer web = engine.add("web");
        try (ServerSocket other = new ServerSocket(http.port(), 1, InetAddress.getLoopbackAddress());
                WatchdogProcess watchdog = watch()) {
            watchdog.awaitLine(
                    "WARN cannot serve on http://127.0.0.1:" + other.getLocalPort() + "/: Address already in use",
                    LIMIT);
            watchdog.awaitLine("INFO connected to ", LIMIT);
            web.crash(1);

            watchdog.awaitLine("INFO web .*: running again", LIMIT);
        }
    }

    @Test
    void nothingOfItIsLoadedUnlessAskedFor() {
        Path loaded = folder.resolve("loaded");
        try (WatchdogProcess watchdog = WatchdogProcess.start(
                List.of("-Xlog:class+load:file=" + loaded),
                Map.of("RUNTIME_DIRECTORY", folder.resolve("run").toString()),
                "--list=web",
                "--host=" + engine.host())) {
            watchdog.awaitLine("INFO connected to ", LIMIT);
            watchdog.terminate();
        }

        assertThat(loaded)
                .content()
                .contains("watchdog.report.Board ")
                .doesNotContain(
                        "watchdog.Web ", "watchdog.serve.", "watchdog.report.Metrics", "httpserver", "io.prometheus.");
    }

    /** Crashes are answered as before while they are there, and who reads is served again within two seconds. */
    @Test
    void aThousandSlowClientsKeepNobodyWaiting() throws IOException {
        List<FakeContainer> containers = IntStream.range(0, 6)
                .mapToObj(i -> engine.add("web" + i).startDelay(START_TAKES))
                .toList();
        List<Socket> clients = new ArrayList<>();
        try (WatchdogProcess watchdog = watch("-XX:TieredStopAtLevel=1")) {
            await("/readyz", 200);
            Duration before = crashToRunning(containers.subList(0, 3));

            for (int i = 0; i < SLOW_CLIENTS; i++) {
                // Of four one says nothing, two say half of a request, and one asks for much and reads nothing.
                clients.add(client(
                        switch (i % 4) {
                            case 0 -> "";
                            case 1 -> "GET /status.json HTTP/1.1\r\nHost: loc";
                            case 2 -> "GET";
                            default -> "GET /status.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20);
                        }));
            }
            Duration during = crashToRunning(containers.subList(3, 6));
            Eventually.within(
                    Duration.ofSeconds(2),
                    "an answer",
                    () -> http.get("/healthz").statusCode() == 200);

            assertThat(during).isLessThan(before.multipliedBy(2));
            assertThat(watchdog.stderr()).isEmpty();
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private Socket client(String says) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), http.port());
        try {
            client.getOutputStream().write(says.getBytes(ISO_8859_1));
        } catch (IOException refused) {
            // As far as there is no room.
        }
        return client;
    }

    /** The median, one after the other. */
    private static Duration crashToRunning(List<FakeContainer> containers) {
        List<Duration> times = new ArrayList<>();
        for (FakeContainer container : containers) {
            long crashed = System.nanoTime();
            container.crash(1);
            container.awaitState("running", LIMIT);
            times.add(Duration.ofNanos(System.nanoTime() - crashed));
        }
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
