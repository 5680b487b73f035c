package watchdog.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.Eventually;

/** What is answered to requests. Its bounds are tried on the jar, in {@code HttpIT}. */
class WebServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMillis(20);

    private final AtomicReference<String> text = new AtomicReference<>("grüß");
    private final AtomicInteger asked = new AtomicInteger();
    private WebServer server;
    private int port;

    /** An answer, with its headers as they came. */
    private record Answer(String head, String body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /** The value of a header, or null. */
        String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse(null);
        }
    }

    @BeforeEach
    void serve() {
        server = begin(new HttpSettings("127.0.0.1", 0, Optional.of("watchdog.example")));
        port = port(server);
    }

    private WebServer begin(HttpSettings settings) {
        Resource here = () -> {
            asked.incrementAndGet();
            return Content.of("text/plain; charset=utf-8", text.get());
        };
        Resource broken = () -> {
            throw new IllegalStateException("no way");
        };
        Resource ill = () -> Content.line(503, "ill");
        return WebServer.begin(settings, Map.of("/here", here, "/broken", broken, "/ill", ill), SOON);
    }

    private static int port(WebServer server) {
        return Eventually.within(LIMIT, "an address", server::address, Optional::isPresent)
                .orElseThrow()
                .getPort();
    }

    @AfterEach
    void end() {
        server.close();
    }

    /** Sends that, with {@code ~} for a line end, and asks for the connection to be closed. */
    private Answer send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            String whole = request.replace("~", "\r\n") + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(whole.getBytes(ISO_8859_1));
            String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
            int end = all.indexOf("\r\n\r\n");
            return new Answer(all.substring(0, end), all.substring(end + 4));
        }
    }

    @Test
    void whatIsThereIsAnsweredAsItIs() throws IOException {
        Answer answer = send("GET /here HTTP/1.0~Host: localhost");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("grüß");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void whoTakesGzipGetsIt() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET /here HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: deflate, gzip\r\n\r\n";
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }

            Answer answer = new Answer(head.toString(), "");
            assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
            byte[] packed = in.readNBytes(Integer.parseInt(answer.header("Content-Length")));
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                    .isEqualTo("grüß".getBytes(UTF_8));
        }
    }

    @Test
    void nothingIsLoadedFromElsewhereNothingGuessedAndNothingKeptUnasked() throws IOException {
        Answer answer = send("GET /here HTTP/1.0~Host: localhost");

        assertThat(answer.header("Content-Security-Policy"))
                .isEqualTo(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void headIsAnsweredWithoutTheBody() throws IOException {
        Answer answer = send("HEAD /here HTTP/1.0~Host: localhost");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "CONNECT"})
    void nothingElseCanBeAskedFor(String method) throws IOException {
        Answer answer = send(method + " /here HTTP/1.0~Host: localhost~Content-Length: 0");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/her",
                "/here/",
                "/here/x",
                "//here",
                "/Here",
                "/%68ere",
                "/./here",
                "/../here",
                "*",
                "here"
            })
    void otherPathsAreNotFound(String path) throws IOException {
        Answer answer = send("GET " + path + " HTTP/1.0~Host: localhost");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aQueryChangesNothing() throws IOException {
        assertThat(send("GET /here?x=y HTTP/1.0~Host: localhost").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"~Host: evil.example", "~Host: localhost.evil.example:80", "~Host: ", "", "~Host: a~Host: b"})
    void whoIsAskedForByAnotherNameDoesNotAnswer(String host) throws IOException {
        Answer answer = send("GET /here HTTP/1.0" + host);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("--http-host");
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:80", "[::1]", "localhost:1", "Watchdog.example"})
    void itIsAskedForByAddressesLocalhostAndItsName(String host) throws IOException {
        assertThat(send("GET /here HTTP/1.0~Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\"a\", %s", "\"a\",%s , \"b\"", "*"})
    void whatTheReaderHasIsNotSentAgain(String known) throws IOException {
        String tag = send("GET /here HTTP/1.0~Host: localhost").header("ETag");
        Answer answer = send("GET /here HTTP/1.0~Host: localhost~If-None-Match: " + known.replace("%s", tag));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo(tag);
    }

    @Test
    void whatHasChangedIsSentWithAnotherTag() throws IOException {
        String tag = send("GET /here HTTP/1.0~Host: localhost").header("ETag");
        String again = "GET /here HTTP/1.0~Host: localhost~If-None-Match: " + tag;
        text.set("new");

        Answer answer = Eventually.within(LIMIT, "the new text", () -> sent(again), its -> its.status() == 200);

        assertThat(answer.body()).isEqualTo("new");
        assertThat(answer.header("ETag")).isNotEqualTo(tag);
    }

    private Answer sent(String request) {
        try {
            return send(request);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyReadersAreNoMoreWorkThanOne() throws IOException {
        long began = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(send("GET /here HTTP/1.0~Host: localhost").status()).isEqualTo(200);
        }

        assertThat(asked.get())
                .isLessThanOrEqualTo(
                        (int) Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1);
    }

    @Test
    void aFaultIsAnAnswerToo() throws IOException {
        Answer answer = send("GET /broken HTTP/1.0~Host: localhost");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("no way");
        assertThat(send("GET /ill HTTP/1.0~Host: localhost~If-None-Match: *"))
                .returns(503, Answer::status)
                .returns("ill\n", Answer::body);
    }

    @Test
    void whereThePortIsInUseItTriesAgainUntilItIsFree() throws IOException {
        server.close();
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int taken = other.getLocalPort();
        server = begin(new HttpSettings("127.0.0.1", taken, Optional.empty()));
        assertThat(server.address()).isEmpty();

        other.close();

        assertThat(port(server)).isEqualTo(taken);
    }
}
