package watchdog.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the fake sends, byte for byte, and what it notices about its clients. */
@Timeout(60)
class FaultTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private FakeEngine engine;

    @BeforeEach
    void start() {
        engine = FakeEngine.onUnixSocket(folder.resolve("engine.sock"));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void answersHttp10AsAnEngineDoes() throws IOException {
        engine.add("web", c -> c.exited(137, Duration.ofMinutes(9)).aliases("proxy/web"));
        assertThat(RawClient.get(engine, "/_ping"))
                .startsWith("HTTP/1.0 200 OK\r\n")
                .contains("\r\nApi-Version: 1.51\r\n", "\r\nOstype: linux\r\n", "\r\nContent-Length: 2\r\n")
                .endsWith("\r\n\r\nOK");
        assertThat(RawClient.get(engine, "/v1.41/containers/json?all=1"))
                .contains(
                        "\r\nContent-Length: ",
                        "\"Names\":[\"/proxy/web\",\"/web\"]",
                        "\"Status\":\"Exited (137) 9 minutes ago\"")
                .endsWith("]\n");
        assertThat(RawClient.call(engine, "POST /containers/web/start"))
                .startsWith("HTTP/1.0 204 No Content\r\n")
                .doesNotContain("Content-Length")
                .endsWith("\r\n\r\n");
        assertThat(RawClient.call(engine, "POST /containers/web/start")).startsWith("HTTP/1.0 304 Not Modified\r\n");
        assertThat(RawClient.call(engine, "POST /containers/gone/start"))
                .startsWith("HTTP/1.0 404 Not Found\r\n")
                .endsWith("{\"message\":\"No such container: gone\"}\n");
        assertThat(RawClient.get(engine, "/v1.99/version")).contains("client version 1.99 is too new");
        assertThat(RawClient.get(engine, "/nope")).contains("page not found");
    }

    @Test
    void aLongBodyHasNoLength() throws IOException {
        engine.addMany(100, "running");
        assertThat(RawClient.get(engine, "/containers/json"))
                .doesNotContain("Content-Length", "chunked")
                .contains("many-00001", "many-00100")
                .endsWith("]\n");
    }

    @Test
    void spoilsAnswersAtAPath() throws IOException {
        engine.fault("/containers/json", Fault.status(500, "no space left on device"));
        assertThat(RawClient.get(engine, "/v1.41/containers/json"))
                .startsWith("HTTP/1.0 500 Internal Server Error\r\n")
                .endsWith("\r\n\r\n{\"message\":\"no space left on device\"}\n");
        assertThat(RawClient.get(engine, "/_ping")).endsWith("OK");
        engine.heal();
        assertThat(RawClient.get(engine, "/containers/json")).endsWith("\r\n\r\n[]\n");
    }

    @Test
    void spoilsOneAnswerOnly() throws IOException {
        engine.faultOnce("/containers/*/start", Fault.closeWithoutAnswer());
        FakeContainer web = engine.add("web", c -> c.exited(1));
        assertThat(RawClient.call(engine, "POST /containers/web/start")).isEmpty();
        assertThat(web.startCount()).isZero();
        assertThat(RawClient.call(engine, "POST /containers/web/start")).contains(" 204 ");
        assertThat(web.startCount()).isEqualTo(1);
    }

    @Test
    void truncates() throws IOException {
        engine.faultOnce("/_ping", Fault.truncateAfter(12));
        assertThat(RawClient.get(engine, "/_ping")).isEqualTo("HTTP/1.0 200");
        engine.faultOnce("/_ping", Fault.truncateBodyAfter(1));
        assertThat(RawClient.get(engine, "/_ping"))
                .contains("Content-Length: 2\r\n")
                .endsWith("\r\n\r\nO");
    }

    @Test
    void chunksInSpiteOfHttp10() throws IOException {
        engine.fault("/_ping", Fault.chunked(1));
        assertThat(RawClient.get(engine, "/_ping"))
                .startsWith("HTTP/1.0 200 OK\r\n")
                .contains("Transfer-Encoding: chunked\r\n")
                .doesNotContain("Content-Length")
                .endsWith("\r\n\r\n1;ext=1\r\nO\r\n1;ext=1\r\nK\r\n0\r\nX-Trailer: end\r\n\r\n");
    }

    @Test
    void answersInOtherWays() throws IOException {
        engine.faultOnce("/_ping", Fault.noContentLength());
        assertThat(RawClient.get(engine, "/_ping"))
                .doesNotContain("Content-Length")
                .endsWith("\r\n\r\nOK");
        engine.faultOnce("/_ping", Fault.emptyBody());
        assertThat(RawClient.get(engine, "/_ping"))
                .contains("Content-Length: 0\r\n")
                .endsWith("\r\n\r\n");
        engine.faultOnce("/_ping", Fault.oneByteAtATime(Duration.ofNanos(1)));
        assertThat(RawClient.get(engine, "/_ping"))
                .startsWith("HTTP/1.0 200 OK")
                .endsWith("\r\n\r\nOK");
        engine.faultOnce("/_ping", Fault.raw("SSH-2.0-OpenSSH_9.2\r\n"));
        assertThat(RawClient.get(engine, "/_ping")).isEqualTo("SSH-2.0-OpenSSH_9.2\r\n");
        engine.faultOnce("/_ping", Fault.proxyRefusal());
        String refusal = RawClient.get(engine, "/_ping");
        assertThat(refusal).startsWith("HTTP/1.1 403 Forbidden\r\ncontent-length: 93\r\n");
        assertThat(refusal.substring(refusal.indexOf("\r\n\r\n") + 4)).hasSize(93);
        engine.faultOnce("/_ping", Fault.garbage());
        assertThat(RawClient.get(engine, "/_ping")).isNotEmpty().doesNotStartWith("HTTP");
        engine.faultOnce("/_ping", Fault.malformedJson());
        assertThat(RawClient.get(engine, "/_ping")).endsWith("\"State\":\"exi");
    }

    @Test
    void goesOnUntilTheClientLeaves() throws IOException {
        List<Fault> endless =
                List.of(Fault.endlessBody(), Fault.endlessBlanks(), Fault.endlessHeaders(), Fault.endlessStatusLine());
        for (Fault fault : endless) {
            engine.faultOnce("/_ping", fault);
            try (RawClient client = RawClient.connect(engine)) {
                assertThat(client.ask("GET /_ping").read(1_000_000)).hasSize(1_000_000);
            }
        }
        engine.awaitRequests(4, r -> r.ending() == Request.Ending.ABANDONED, SOON);
    }

    @Test
    void hangsUntilTheClientLeaves() throws IOException {
        engine.faultOnce("/_ping", Fault.hang()).faultOnce("/version", Fault.stallAfter(4));
        try (RawClient hanging = RawClient.connect(engine);
                RawClient stalling = RawClient.connect(engine)) {
            hanging.ask("GET /_ping");
            assertThat(stalling.ask("GET /version").read(4)).isEqualTo("HTTP");
            assertThat(engine.awaitRequest(r -> r.is("GET", "/_ping"), SOON).ending())
                    .isEqualTo(Request.Ending.OPEN);
            assertThat(engine.openConnections()).isEqualTo(2);
        }
        engine.awaitRequests(2, r -> r.ending() == Request.Ending.ABANDONED, SOON);
    }

    @Test
    void freezesAsIfStoppedBySignal() throws IOException {
        engine.freeze();
        try (RawClient client = RawClient.connect(engine)) {
            client.ask("GET /_ping");
            assertThat(engine.requests()).isEmpty();
            engine.thaw();
            assertThat(client.readAll()).endsWith("OK");
        }
    }

    @Test
    void endsConnectionsWhenItGoesAway() throws IOException {
        engine.fault("/_ping", Fault.hang());
        try (RawClient hanging = RawClient.connect(engine);
                RawClient listening = RawClient.connect(engine)) {
            hanging.ask("GET /_ping");
            listening.ask("GET /events");
            engine.awaitEventStreams(1, SOON);
            engine.stop();
            assertThat(hanging.readAll()).isEmpty();
            assertThat(listening.readAll()).startsWith("HTTP/1.0 200 OK").endsWith("\r\n\r\n");
            assertThatThrownBy(() -> RawClient.connect(engine)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void writesDownWhatWasAsked() throws IOException {
        engine.version("20.10.24", "1.41");
        RawClient.call(engine, "POST /v1.41/containers/web/restart?t=7&x=a%2Cb");
        Request request = engine.awaitRequest(r -> r.ending() == Request.Ending.FINISHED, SOON);
        assertThat(request.is("POST", "/containers/*/restart")).isTrue();
        assertThat(request.path()).isEqualTo("/v1.41/containers/web/restart");
        assertThat(request.parameter("t")).isEqualTo("7");
        assertThat(request.parameter("x")).isEqualTo("a,b");
        assertThat(request.version()).isEqualTo("HTTP/1.0");
        assertThat(request.headers()).containsEntry("host", "docker");
    }

    @Test
    void noticesAHalfClose() throws IOException {
        engine.fault("/_ping", Fault.delayed(Duration.ofMillis(100)));
        try (RawClient client = RawClient.connect(engine)) {
            assertThat(client.ask("GET /_ping").halfClose().readAll()).endsWith("OK");
        }
        assertThat(engine.awaitRequest(r -> r.ending() != Request.Ending.OPEN, SOON)
                        .halfClosed())
                .isTrue();
    }

    @Test
    void aHalfCloseEndsAnEventStream() throws IOException {
        try (RawClient client = RawClient.connect(engine)) {
            assertThat(client.ask("GET /events").halfClose().readAll()).startsWith("HTTP/1.0 200 OK");
        }
    }

    @Test
    void streamsEventsWithAndWithoutOldFields() throws IOException {
        FakeContainer web = engine.add("web");
        try (RawClient client = RawClient.connect(engine)) {
            client.ask("GET /events?filters=%7B%22type%22%3A%5B%22container%22%5D%2C%22event%22%3A%5B%22die%22%5D%7D");
            for (String line = client.readLine(); !line.equals("\r"); line = client.readLine()) {
                assertThat(line).doesNotContain("Content-Length");
            }
            web.operatorKills("HUP");
            web.crash(2);
            assertThat(client.readLine())
                    .startsWith("{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"" + web.id() + "\"")
                    .contains("\"exitCode\":\"2\"", "\"name\":\"web\"");
            engine.oldEventFields();
            web.restartedByEngine();
            web.crash(3);
            assertThat(client.readLine())
                    .startsWith("{\"status\":\"die\",\"id\":\"" + web.id() + "\",\"from\":\"busybox:local\",\"Type\"");
            engine.emitLine("{\"broken");
            assertThat(client.readLine()).isEqualTo("{\"broken");
            engine.endEventStreams();
            assertThat(client.readLine()).isEmpty();
        }
    }

    @Test
    void seesStartsThatOverlap() throws IOException {
        FakeContainer web = engine.add("web", c -> c.exited(1).startDelay(Duration.ofMillis(200)));
        try (RawClient first = RawClient.connect(engine);
                RawClient second = RawClient.connect(engine)) {
            first.ask("POST /containers/web/start");
            engine.awaitRequest(r -> r.is("POST", "*"), SOON);
            second.ask("POST /containers/web/start");
            assertThat(List.of(
                            first.readAll().substring(9, 12), second.readAll().substring(9, 12)))
                    .containsExactlyInAnyOrder("204", "304");
        }
        assertThat(web.overlappingStarts()).isEqualTo(1);
        assertThat(web.startCount()).isEqualTo(1);
    }

    @Test
    void diesAfterAStart() throws IOException {
        FakeContainer web = engine.add("web", c -> c.exited(1).diesAfterStart(7, Duration.ZERO));
        assertThat(RawClient.call(engine, "POST /containers/web/start")).contains(" 204 ");
        assertThat(web.state()).isEqualTo("exited");
        web.diesAfterStart(8, Duration.ofMillis(50));
        RawClient.call(engine, "POST /containers/web/start");
        web.awaitState("exited", SOON);
        assertThat(RawClient.get(engine, "/containers/web/json")).contains("\"ExitCode\":8");
        web.startSucceeds();
        RawClient.call(engine, "POST /containers/web/start");
        assertThat(web.awaitStarts(3, SOON).state()).isEqualTo("running");
    }

    @Test
    void failsIfAClientLeavesAConnectionOpen() throws IOException {
        FakeEngine strict = FakeEngine.onTcp();
        try (RawClient client = RawClient.connect(strict)) {
            assertThat(client.ask("GET /_ping").readAll()).endsWith("OK");
            assertThatThrownBy(strict::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("1 connections were not closed by the client")
                    .hasMessageContaining("GET /_ping");
        }
    }

    @Test
    void failsIfAClientSendsWhatIsNoRequest() throws IOException {
        FakeEngine strict = FakeEngine.onTcp();
        try (RawClient client = RawClient.connect(strict)) {
            assertThat(client.send("GET /_ping\r\n\r\n").readAll()).startsWith("HTTP/1.1 400 Bad Request");
        }
        assertThatThrownBy(strict::close).hasMessageContaining("malformed request line: GET /_ping");
    }
}
