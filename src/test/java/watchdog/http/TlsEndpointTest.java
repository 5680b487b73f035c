package watchdog.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.Eventually;
import watchdog.fake.Certificates;

/** HTTP over TLS, against servers of the test's own. */
class TlsEndpointTest {

    private static final Timeouts PATIENT = Timeouts.of(Duration.ofSeconds(10));
    private static final Timeouts SHORT =
            new Timeouts(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(600));
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final String HELLO = "HTTP/1.0 200 OK\r\n\r\nhello";

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void sign() {
        certificates = Certificates.in(folder)
                .sign("engine", "-ext", "san=ip:127.0.0.1")
                .sign("expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-3d", "-validity", "1");
    }

    private static TlsFiles trusting(Path authority) {
        return new TlsFiles(true, Optional.of(authority), Optional.empty(), Optional.empty());
    }

    private static final TlsFiles UNCHECKED = new TlsFiles(false, Optional.empty(), Optional.empty(), Optional.empty());

    private static TlsFiles withKey(Path certificate, Path key) {
        return new TlsFiles(true, Optional.of(certificates.authority()), Optional.of(certificate), Optional.of(key));
    }

    private static TlsServer server(String name, boolean wantsCertificate) throws IOException {
        return TlsServer.with(certificates.server(name), wantsCertificate, TlsServer.answering(request -> HELLO));
    }

    private static String get(String host, TlsFiles files, Timeouts timeouts) throws IOException {
        HttpClient client = new HttpClient(Endpoint.tls(host, files));
        try (HttpResponse response = client.send(HttpRequest.get("/_ping"), timeouts)) {
            return new String(response.body(100).readAllBytes(), US_ASCII);
        }
    }

    private static String get(TlsServer server, TlsFiles files) throws IOException {
        return get(server.host("127.0.0.1"), files, PATIENT);
    }

    private static void assertFails(TlsServer server, TlsFiles files, String... words) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get(server, files))
                .extracting(IOException::getMessage)
                .asString()
                .contains(words)
                .doesNotContain("\n");
    }

    @Test
    void anEngineOfANamedAuthorityIsAsked() throws IOException {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        TlsServer.Conduct conduct = TlsServer.answering(request -> {
            requests.add(request);
            return HELLO;
        });
        try (TlsServer server = TlsServer.with(certificates.server("engine"), false, conduct)) {
            String host = server.host("127.0.0.1");
            assertThat(get(host, trusting(certificates.authority()), PATIENT)).isEqualTo("hello");
            assertThat(requests.remove())
                    .startsWith("GET /_ping HTTP/1.0\r\nHost: " + host.substring("tcp://".length()) + "\r\n");
        }
    }

    // ---- what the engine presents ----

    @Test
    void anotherAuthorityIsNotTrusted() throws IOException {
        try (TlsServer server = server("engine", false)) {
            assertFails(server, trusting(certificates.certificate("expired")), "from no authority", "--tlscacert");
        }
    }

    @Test
    void withoutAuthoritiesThoseOfJavaAreTrusted() throws IOException {
        TlsFiles files = new TlsFiles(true, Optional.empty(), Optional.empty(), Optional.empty());
        try (TlsServer server = server("engine", false)) {
            assertFails(server, files, "from no authority");
        }
    }

    @Test
    void anExpiredCertificateIsCalledSo() throws IOException {
        try (TlsServer server = server("expired", false)) {
            assertFails(server, trusting(certificates.authority()), "the engine's certificate has expired (NotAfter: ");
        }
    }

    @Test
    void theNameIsChecked() throws IOException {
        try (TlsServer server = server("engine", false)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> get(server.host("localhost"), trusting(certificates.authority()), PATIENT))
                    .withMessageStartingWith("the engine's certificate is for another host (")
                    .withMessageContaining("localhost");
        }
    }

    @Test
    void withoutVerificationNothingIsChecked() throws IOException {
        try (TlsServer server = server("expired", false)) {
            assertThat(get(server.host("localhost"), UNCHECKED, PATIENT)).isEqualTo("hello");
        }
    }

    @Test
    void aServerWithoutTlsIsCalledSo() throws IOException {
        try (TlsServer server =
                TlsServer.plain(socket -> socket.getOutputStream().write(HELLO.getBytes(US_ASCII)))) {
            assertFails(server, UNCHECKED, "no TLS: ", "does the engine speak TLS there?");
        }
    }

    // ---- what the engine wants ----

    @Test
    void anEngineThatWantsACertificateGetsIt() throws IOException {
        try (TlsServer server = server("engine", true)) {
            TlsFiles files = withKey(certificates.certificate("engine"), certificates.key("engine"));
            assertThat(get(server, files)).isEqualTo("hello");
        }
    }

    @Test
    void anEngineThatWantsACertificateRefusesAnyoneElse() throws IOException {
        try (TlsServer server = server("engine", true)) {
            assertFails(server, trusting(certificates.authority()), "the engine refuses TLS", "--tlscert");
        }
    }

    /** It tells so only after the handshake of TLS 1.3, and closes: the request cannot be written any more. */
    @Test
    void aRefusalIsReadThoughNothingCanBeWrittenAnyMore() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (TlsServer server = TlsServer.with(certificates.server("engine"), true, socket -> {
            try {
                String unused = TlsServer.head(socket.getInputStream());
            } finally {
                closed.countDown();
            }
        })) {
            Endpoint endpoint = Endpoint.tls(server.host("127.0.0.1"), trusting(certificates.authority()));
            Socket socket = endpoint.connect(BOUND);
            assertThat(closed.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new HttpClient(endpoint).exchange(socket, HttpRequest.get("/_ping"), PATIENT))
                    .withMessageStartingWith("the engine refuses TLS");
        }
    }

    // ---- bounds ----

    /** It accepts the connection, and never answers the first word of TLS. */
    @Test
    void aHandshakeDoesNotWaitForEver() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (TlsServer server = TlsServer.plain(socket -> end.await())) {
            assertEndsInTime(server, "no TLS in time");
        } finally {
            end.countDown();
        }
    }

    /** The head of a record of 16 KB, and a byte of it now and then: no read is ever silent for long. */
    @Test
    void aHandshakeThatDripsEndsInTime() throws IOException {
        try (TlsServer server = TlsServer.plain(socket -> {
            byte[] record = {22, 3, 3, 64, 0};
            socket.getOutputStream().write(record);
            drip(socket::isClosed, () -> socket.getOutputStream().write(0));
        })) {
            assertEndsInTime(server, "no TLS in time");
        }
    }

    @Test
    void anEngineThatDoesNotAnswerIsNotWaitedForForEver() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (TlsServer server = TlsServer.with(certificates.server("engine"), false, socket -> {
            String unused = TlsServer.head(socket.getInputStream());
            end.await();
        })) {
            assertEndsInTime(server, "no answer for 300 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void anAnswerThatDripsEndsInTime() throws IOException {
        try (TlsServer server = TlsServer.with(certificates.server("engine"), false, socket -> {
            String unused = TlsServer.head(socket.getInputStream());
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(US_ASCII));
            drip(socket::isClosed, () -> socket.getOutputStream().write('x'));
        })) {
            assertEndsInTime(server, "the answer was not complete after 600 ms");
        }
    }

    private interface Write {
        void once() throws IOException;
    }

    private static void drip(BooleanSupplier isOver, Write write) throws Exception {
        while (!isOver.getAsBoolean()) {
            write.once();
            Thread.sleep(20);
        }
    }

    private static void assertEndsInTime(TlsServer server, String words) {
        FutureTask<String> asking = new FutureTask<>(() -> {
            try {
                return get(server.host("127.0.0.1"), UNCHECKED, SHORT);
            } catch (IOException e) {
                return e.getMessage();
            }
        });
        new Thread(asking).start();
        assertThat(asking).succeedsWithin(BOUND).asString().contains(words);
    }

    /** As the event stream is ended by another thread than the one that reads it. */
    @Test
    void closingEndsAReadUnderWay() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (TlsServer server = TlsServer.with(certificates.server("engine"), false, socket -> {
            String unused = TlsServer.head(socket.getInputStream());
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nx".getBytes(US_ASCII));
            end.await();
        })) {
            HttpClient client = new HttpClient(Endpoint.tls(server.host("127.0.0.1"), UNCHECKED));
            HttpResponse response = client.send(HttpRequest.get("/events"), PATIENT);
            assertThat(response.body(100).read()).isEqualTo('x');
            FutureTask<Object> reading = new FutureTask<>(() -> {
                try {
                    return response.body(100).read();
                } catch (IOException e) {
                    return e;
                }
            });
            Thread reader = new Thread(reading);
            reader.start();
            String unused = Eventually.within(
                    BOUND,
                    "it reads",
                    () -> Arrays.toString(reader.getStackTrace()),
                    stack -> stack.contains("DeadlineSocket"));
            FutureTask<Boolean> closing = new FutureTask<>(() -> {
                response.close();
                return true;
            });
            new Thread(closing).start();

            assertThat(closing).succeedsWithin(BOUND);
            assertThat(reading).succeedsWithin(BOUND);
        } finally {
            end.countDown();
        }
    }

    // ---- what is given ----

    @Test
    void isWrittenAsTcpAndHasAPortOfItsOwn() throws IOException {
        assertThat(Endpoint.tls("tcp://engine", UNCHECKED)).hasToString("tcp://engine:2376");
        assertThat(Endpoint.tls(" tcp://engine:1 ", UNCHECKED)).hasToString("tcp://engine:1");
        assertThat(Endpoint.tls("tcp://[::1]", UNCHECKED).authority()).isEqualTo("[::1]:2376");
        assertThat(Endpoint.tls("tcp://engine", UNCHECKED).needsNetwork()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.tls("unix:///run/d.sock", UNCHECKED));
    }

    /** By it a process that runs knows whether a reload would have to change it. */
    @Test
    void isTheSameIfAddressAndContentOfTheFilesAre() throws IOException {
        Path copy = Files.copy(certificates.authority(), folder.resolve("copy.pem"));
        Endpoint one = Endpoint.tls("tcp://engine", trusting(certificates.authority()));

        assertThat(one)
                .isEqualTo(Endpoint.tls("tcp://engine:2376", trusting(copy)))
                .hasSameHashCodeAs(Endpoint.tls("tcp://engine:2376", trusting(copy)))
                .isNotEqualTo(Endpoint.tls("tcp://other", trusting(copy)))
                .isNotEqualTo(Endpoint.tls("tcp://engine", trusting(certificates.certificate("engine"))))
                .isNotEqualTo(Endpoint.tls("tcp://engine", UNCHECKED))
                .isNotEqualTo(Endpoint.parse("tcp://engine:2376"));
    }
}
