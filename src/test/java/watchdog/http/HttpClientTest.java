package watchdog.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.Eventually;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.fake.Request;

/** Everything twice, over a unix socket and over TCP; the fake fails a test that leaves a connection open. */
@ParameterizedClass(name = "over {0}")
@EnumSource
class HttpClientTest {

    enum Transport {
        UNIX,
        TCP
    }

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Timeouts PATIENT = Timeouts.of(DEADLINE);
    private static final long MOST = 1 << 20;
    private static final HttpRequest PING = HttpRequest.get("/_ping");

    private static final String HELLO_IN_CHUNKS =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";

    @Parameter
    private Transport transport;

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private HttpClient client;

    @BeforeEach
    void start() {
        engine = transport == Transport.UNIX
                ? FakeEngine.onUnixSocket(folder.resolve("engine.sock"))
                : FakeEngine.onTcp();
        client = new HttpClient(Endpoint.parse(engine.host()));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    // ---- what it asks ----

    @Test
    void asksInHttp10() throws IOException {
        get("/containers/json?all=true");
        assertThat(onlyRequest().head()).isEqualTo("""
                GET /containers/json?all=true HTTP/1.0\r
                Host: %s\r
                User-Agent: watchdog\r
                Accept: application/json\r
                \r
                """.formatted(authority()));
    }

    @Test
    void saysThatAPostHasNoBody() throws IOException {
        client.send(HttpRequest.post("/containers/web/start"), PATIENT).close();
        assertThat(onlyRequest().headers())
                .isEqualTo(Map.of(
                        "Host", authority(),
                        "User-Agent", "watchdog",
                        "Accept", "application/json",
                        "Content-Length", "0"));
    }

    private String authority() {
        return transport == Transport.UNIX ? "docker" : engine.host().substring("tcp://".length());
    }

    @Test
    void neverHalfClosesTheConnection() throws IOException {
        engine.fault("/_ping", Fault.delayed(Duration.ofMillis(100)));
        assertThat(get("/_ping")).isEqualTo("OK");
        assertThat(onlyRequest().ending()).isEqualTo(Request.Ending.FINISHED);
    }

    @Test
    void opensAConnectionForEachRequestAndClosesItWithTheResponse() throws IOException {
        engine.fault("/_ping", stayingOpen("HTTP/1.0 200 OK\r\n\r\n"));
        try (HttpResponse first = client.send(PING, PATIENT)) {
            try (HttpResponse second = client.send(PING, PATIENT)) {
                assertThat(engine.openConnections()).isEqualTo(2);
                assertThat(List.of(first.status(), second.status())).containsExactly(200, 200);
            }
            awaitOpenConnections(1);
        }
        awaitOpenConnections(0);
        assertThat(engine.requests()).hasSize(2);
    }

    // ---- what it understands ----

    static List<Arguments> hellos() {
        return List.of(
                argumentSet("with a length", Fault.raw("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello")),
                argumentSet(
                        "with a length, staying open",
                        stayingOpen("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello")),
                argumentSet("to the end of the stream", Fault.raw("HTTP/1.0 200 OK\r\n\r\nhello")),
                argumentSet("in chunks", Fault.raw(HELLO_IN_CHUNKS)),
                argumentSet("in chunks, staying open", stayingOpen(HELLO_IN_CHUNKS)),
                argumentSet("with bare line feeds", Fault.raw("HTTP/1.0 200 OK\nContent-Length: 5\n\nhello")),
                argumentSet(
                        "and more than was announced",
                        Fault.raw("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello!")));
    }

    @ParameterizedTest
    @MethodSource("hellos")
    void readsAnAnswer(Fault hello) throws IOException {
        engine.fault("/_ping", hello);
        assertThat(get("/_ping")).isEqualTo("hello");
    }

    @Test
    void readsTheUsualAnswerInWhateverShapeItComes() throws IOException {
        engine.addMany(200, "running");
        String usual = get("/images/json");
        List<Fault> shapes = List.of(
                Fault.noContentLength(),
                Fault.chunked(),
                Fault.chunked(1),
                Fault.oneByteAtATime(Duration.ZERO),
                Fault.delayed(Duration.ofMillis(50)));
        for (Fault shape : shapes) {
            engine.faultOnce("/images/json", shape);
            assertThat(get("/images/json").replaceAll("\"Created\":\\d+", ""))
                    .isEqualTo(usual.replaceAll("\"Created\":\\d+", ""));
        }
    }

    @Test
    void readsABodyMuchLongerThanItsBuffer() throws IOException {
        String body = "0123456789".repeat(50_000);
        engine.fault("/_ping", Fault.raw("HTTP/1.0 200 OK\r\n\r\n" + body));
        assertThat(get("/_ping")).isEqualTo(body);
    }

    @Test
    void handsOverStatusAndHeaders() throws IOException {
        try (HttpResponse response = client.send(HttpRequest.get("/nope"), PATIENT)) {
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.header("api-version")).isEqualTo("1.51");
        }
    }

    @Test
    void understandsAProxysRefusal() throws IOException {
        engine.fault("/_ping", Fault.proxyRefusal());
        try (HttpResponse response = client.send(PING, PATIENT)) {
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.header("content-type")).isEqualTo("text/html");
            assertThat(text(response)).startsWith("<html>").endsWith("</html>\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void doesNotWaitForTheBodyOfAnAnswerThatHasNone(String status) throws IOException {
        engine.fault("/_ping", stayingOpen("HTTP/1.0 " + status + "\r\n\r\n"));
        assertThat(get("/_ping")).isEmpty();
    }

    // ---- what is no answer ----

    static List<Arguments> brokenHeads() {
        return List.of(
                argumentSet("no byte", Fault.closeWithoutAnswer(), "the answer ended within its status line"),
                argumentSet("half a status line", Fault.truncateAfter(12), "the answer ended within its status line"),
                argumentSet("half a header", Fault.truncateAfter(20), "the answer ended within its header"),
                argumentSet("not HTTP", Fault.raw("SSH-2.0-x\r\n"), "not an HTTP status line: 'SSH-2.0-x'"),
                argumentSet(
                        "an endless status line",
                        Fault.endlessStatusLine(),
                        "the status line is longer than 8192 bytes"),
                argumentSet("endless headers", Fault.endlessHeaders(), "more than 100 headers"),
                argumentSet(
                        "a wrong length",
                        Fault.raw("HTTP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n"),
                        "not a Content-Length: '-1'"));
    }

    @ParameterizedTest
    @MethodSource("brokenHeads")
    void saysWhatIsWrongWithAHeadAndCloses(Fault fault, String message) {
        engine.fault("/_ping", fault);
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> client.send(PING, PATIENT))
                .withMessage(message);
        awaitOpenConnections(0);
    }

    @Test
    void refusesGarbage() {
        engine.fault("/_ping", Fault.garbage());
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> client.send(PING, PATIENT))
                .satisfies(e -> assertThat(e.getMessage()).matches("not an HTTP status line: '[ -~]{1,63}'"));
    }

    static List<Arguments> brokenBodies() {
        return List.of(
                argumentSet("a short body", Fault.truncateBodyAfter(1), "the answer ended after 1 of 2 bytes"),
                argumentSet(
                        "a short chunk",
                        Fault.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"),
                        "the answer ended within a chunk, 2 bytes early"),
                argumentSet(
                        "no last chunk",
                        Fault.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                        "the answer ended within its chunk size"),
                argumentSet(
                        "what is not chunked",
                        Fault.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n[{}]\n"),
                        "not the size of a chunk: '[{}]'"),
                argumentSet("an endless body", Fault.endlessBlanks(), "the body is longer than 1048576 bytes"));
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void saysWhatIsWrongWithABody(Fault fault, String message) {
        engine.fault("/_ping", fault);
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> get("/_ping"))
                .withMessage(message);
    }

    // ---- how long it waits ----

    static List<Arguments> silences() {
        return List.of(
                argumentSet("from the start", Fault.hang()),
                argumentSet("within the head", Fault.stallAfter(20)),
                argumentSet("within the body", stayingOpen("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhel")),
                argumentSet("where the end should be", stayingOpen("HTTP/1.0 200 OK\r\n\r\nhello")));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void waitsNoLongerThanTheSilenceAllowed(Fault fault) {
        engine.fault("/_ping", fault);
        Duration silence = Duration.ofMillis(200);
        Timeouts timeouts = new Timeouts(DEADLINE, silence, DEADLINE);
        assertThat(timedOutAfter(silence, () -> get("/_ping", timeouts))).isEqualTo("no answer for 200 ms");
        awaitOpenConnections(0);
    }

    @Test
    void doesNotWaitForAnEngineThatDoesNotEvenRead() {
        engine.freeze();
        Duration silence = Duration.ofMillis(200);
        Timeouts timeouts = new Timeouts(DEADLINE, silence, DEADLINE);
        assertThat(timedOutAfter(silence, () -> get("/_ping", timeouts))).isEqualTo("no answer for 200 ms");
        engine.thaw();
        awaitOpenConnections(0);
    }

    /** Some 250 bytes, 5 ms apart. */
    @Test
    void letsASlowAnswerTakeLongerThanASilentOne() throws IOException {
        engine.fault("/_ping", Fault.oneByteAtATime(Duration.ofMillis(5)));
        Duration silence = Duration.ofSeconds(1);
        long begin = System.nanoTime();
        assertThat(get("/_ping", new Timeouts(DEADLINE, silence, DEADLINE))).isEqualTo("OK");
        assertThat(since(begin)).isGreaterThan(silence);
    }

    /** Some 250 bytes, 20 ms apart: never silent for long, and never complete in time. */
    @Test
    void endsASlowAnswerThatTakesTooLongAltogether() {
        engine.fault("/_ping", Fault.oneByteAtATime(Duration.ofMillis(20)));
        Duration total = Duration.ofMillis(400);
        Timeouts timeouts = new Timeouts(DEADLINE, DEADLINE, total);
        assertThat(timedOutAfter(total, () -> get("/_ping", timeouts)))
                .isEqualTo("the answer was not complete after 400 ms");
    }

    /** As of the events of an engine: some 250 bytes, 2 ms apart, where but a fifth of that time was allowed. */
    @Test
    void anAnswerOfWhichSilenceIsExpectedMayTakeAnyTime() throws IOException {
        engine.fault("/_ping", headThenBody(Fault.oneByteAtATime(Duration.ofMillis(2))));
        Duration total = Duration.ofMillis(100);
        long begin = System.nanoTime();
        try (HttpResponse response = client.send(PING, new Timeouts(DEADLINE, total, total))) {
            response.expectSilence(DEADLINE);
            assertThat(text(response)).endsWith("OK");
        }
        assertThat(since(begin)).isGreaterThan(total.multipliedBy(2));
    }

    @Test
    void anAnswerOfWhichSilenceIsExpectedMayBeSilentThatLongAndNoLonger() throws IOException {
        engine.fault("/_ping", stayingOpen("HTTP/1.0 200 OK\r\n\r\n"));
        Duration expected = Duration.ofMillis(300);
        Duration usual = Duration.ofMillis(100);
        try (HttpResponse response = client.send(PING, new Timeouts(DEADLINE, usual, usual))) {
            response.expectSilence(expected);
            assertThat(timedOutAfter(expected, () -> text(response))).isEqualTo("no answer for 300 ms");
        }
    }

    /** A head at once, and what the fault sends, its own head included, for a body. */
    private static Fault headThenBody(Fault body) {
        return exchange -> {
            exchange.wire().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(UTF_8));
            body.answer(exchange);
        };
    }

    private static String timedOutAfter(Duration limit, ThrowingCallable call) {
        long begin = System.nanoTime();
        SocketTimeoutException timeout = catchThrowableOfType(SocketTimeoutException.class, call);
        double ratio = (double) since(begin).toNanos() / limit.toNanos();
        assertThat(timeout).as("what ended it after %.2f of the limit", ratio).isNotNull();
        assertThat(ratio).as("time taken, by time allowed").isBetween(0.95, 10.0);
        return timeout.getMessage();
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    // ---- how it ends ----

    /** Over a unix socket the read ends as if the stream had, over TCP with an exception: both will do. */
    @Test
    void closingFromAnotherThreadEndsABlockedRead() throws Exception {
        engine.fault("/_ping", stayingOpen("HTTP/1.0 200 OK\r\n\r\nh"));
        HttpResponse response = client.send(PING, PATIENT);
        InputStream body = response.body(MOST);
        assertThat(body.read()).isEqualTo('h');
        FutureTask<String> reading = new FutureTask<>(() -> {
            try {
                return body.read() < 0 ? "end of stream" : "a byte";
            } catch (SocketException e) {
                return "end of socket";
            }
        });
        Thread reader = new Thread(reading);
        reader.start();
        Eventually.within(DEADLINE, "the reader waits for a byte", () -> isReading(reader));
        response.close();
        assertThat(reading.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isIn("end of stream", "end of socket");
    }

    private static boolean isReading(Thread thread) {
        return List.of(thread.getStackTrace()).stream()
                .anyMatch(frame -> frame.getClassName().equals(TimedInputStream.class.getName()));
    }

    @Test
    void anEngineThatGoesAwayInTheMiddleEndsARead() throws IOException {
        engine.fault("/_ping", stayingOpen("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nh"));
        try (HttpResponse response = client.send(PING, PATIENT)) {
            InputStream body = response.body(MOST);
            assertThat(body.read()).isEqualTo('h');
            engine.stop();
            assertThatExceptionOfType(MalformedResponseException.class)
                    .isThrownBy(body::read)
                    .withMessage("the answer ended after 1 of 5 bytes");
        }
    }

    @Test
    void serversComeBackOnTheSameEndpoint() throws IOException {
        engine.stop();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/_ping"));
        engine.start();
        assertThat(get("/_ping")).isEqualTo("OK");
    }

    @Test
    void knowsItsEndpoint() {
        assertThat(client.endpoint()).hasToString(engine.host());
    }

    // ---- helpers ----

    private String get(String target) throws IOException {
        return get(target, PATIENT);
    }

    private String get(String target, Timeouts timeouts) throws IOException {
        try (HttpResponse response = client.send(HttpRequest.get(target), timeouts)) {
            return text(response);
        }
    }

    private static String text(HttpResponse response) throws IOException {
        return new String(response.body(MOST).readAllBytes(), UTF_8);
    }

    /** Sends this and leaves the connection open, for the client to close. */
    private static Fault stayingOpen(String answer) {
        return exchange -> {
            exchange.wire().write(answer.getBytes(UTF_8));
            exchange.awaitClientGone();
        };
    }

    private Request onlyRequest() {
        List<Request> requests = engine.awaitRequests(1, r -> r.ending() != Request.Ending.OPEN, DEADLINE);
        assertThat(engine.requests()).hasSize(1);
        return requests.get(0);
    }

    private void awaitOpenConnections(int count) {
        Eventually.within(DEADLINE, count + " open connections", engine::openConnections, n -> n == count);
    }
}
