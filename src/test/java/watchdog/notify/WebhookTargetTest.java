package watchdog.notify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is posted to a webhook, and what its answers mean. */
class WebhookTargetTest {

    private static final Message MESSAGE = new Message("{\"text\":\"ü\"}", Map.of());
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private static Target target(String url, Webhook.Header... headers) throws IOException {
        return target(url, Optional.empty(), WebhookTarget.ANSWER, headers);
    }

    private static Target target(String url, Optional<Path> authorities, Duration patience, Webhook.Header... headers)
            throws IOException {
        Webhook webhook = new Webhook(new Secret(url), List.of(headers));
        return new WebhookTarget(1, webhook, WebhookTarget.client(authorities), patience);
    }

    @Test
    void theMessageIsPostedWithTheHeadersThatWereAskedFor() throws IOException, InterruptedException {
        try (Receiver receiver = Receiver.begin()) {
            Target target = target(
                    receiver.origin() + "/services/T0/s3cret?a=b",
                    new Webhook.Header("Authorization", new Secret("Bearer s3cret")));

            assertThat(target.deliver(MESSAGE)).isEqualTo(Answer.taken("answered 200"));

            Receiver.Posted posted = receiver.next();
            assertThat(posted.method()).isEqualTo("POST");
            assertThat(posted.path()).isEqualTo("/services/T0/s3cret?a=b");
            assertThat(posted.body()).isEqualTo(MESSAGE.json());
            assertThat(posted.headers())
                    .containsEntry("Content-Type", "application/json")
                    .containsEntry("User-Agent", "watchdog")
                    .containsEntry("Authorization", "Bearer s3cret");
            assertThat(target.name()).isEqualTo("webhook 1 (" + receiver.origin() + ")");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, TAKEN",
        "201, TAKEN",
        "204, TAKEN",
        "301, NEVER",
        "302, NEVER",
        "307, NEVER",
        "400, NEVER",
        "401, NEVER",
        "404, NEVER",
        "410, NEVER",
        "408, NOT_NOW",
        "429, NOT_NOW",
        "500, NOT_NOW",
        "503, NOT_NOW"
    })
    void onlyWhatSaysSoHasTakenIt(int status, Answer.Kind kind) throws IOException, InterruptedException {
        try (Receiver receiver = Receiver.begin().answering(status)) {
            Answer answer = target(receiver.origin()).deliver(MESSAGE);

            assertThat(answer.kind()).isEqualTo(kind);
            assertThat(answer.words()).startsWith("answered " + status);
            // A redirection leads to this same receiver: it was not followed.
            assertThat(receiver.next().path()).isEqualTo("/");
            assertThat(receiver.waiting()).isZero();
        }
    }

    @Test
    void whereNobodyListensItIsTriedAgain() throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(target("http://127.0.0.1:" + port + "/s3cret").deliver(MESSAGE))
                .isEqualTo(Answer.notNow("no connection"));
    }

    @Test
    void aHostThatIsNotKnownIsNamedSo() throws IOException, InterruptedException {
        Answer answer = target("http://nowhere.invalid/s3cret").deliver(MESSAGE);

        assertThat(answer).isEqualTo(Answer.notNow("its host is not known"));
    }

    /** One that takes the connection and answers nothing; with a body too large for any buffer, it does not read either. */
    @ParameterizedTest
    @ValueSource(ints = {1, 30_000_000})
    void whoHangsIsLeftAfterAWhile(int length) throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Target target = target("http://127.0.0.1:" + socket.getLocalPort(), Optional.empty(), SHORT);

            assertThat(target.deliver(new Message("x".repeat(length), Map.of())))
                    .isEqualTo(Answer.notNow("no answer within 0.3 s"));
            // The connection is not kept.
            try (Socket connection = socket.accept();
                    InputStream in = connection.getInputStream()) {
                connection.setSoTimeout(10_000);
                assertThat(endOf(in)).isTrue();
            }
        }
    }

    private static boolean endOf(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            return false;
        }
        return true;
    }

    @Test
    void whatIsNoHttpIsNotTriedAgain() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket connection = socket.accept()) {
                    // An end with part of the request unread would be a reset, which is no answer at all.
                    InputStream in = connection.getInputStream();
                    for (int read = in.read(); read != '}' && read >= 0; read = in.read()) {}
                    connection.getOutputStream().write("220 mail.example ESMTP\r\n\r\n".getBytes(US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            answering.start();

            assertThat(target("http://127.0.0.1:" + socket.getLocalPort()).deliver(MESSAGE))
                    .isEqualTo(Answer.never("did not answer in HTTP"));
            answering.join();
        }
    }

    // ---- TLS ----

    private static final char[] PASSWORD = "password".toCharArray();

    /** A key for 127.0.0.1 whose certificate is an authority of its own. */
    private KeyStore privateAuthority() throws Exception {
        Path file = folder.resolve("server.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "bc:c=ca:true",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private Path pem(Certificate certificate) throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return Files.writeString(
                folder.resolve("ca.pem"),
                "# the authority\n-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void aPrivateAuthorityIsTrustedIfItIsNamed() throws Exception {
        KeyStore keys = privateAuthority();
        Optional<Path> authority = Optional.of(pem(keys.getCertificate("server")));
        try (Receiver receiver = Receiver.secure(context(keys))) {
            String url = receiver.origin() + "/s3cret";

            assertThat(target(url, authority, WebhookTarget.ANSWER).deliver(MESSAGE))
                    .isEqualTo(Answer.taken("answered 200"));
            Answer refused = target(url).deliver(MESSAGE);
            assertThat(refused.kind()).isEqualTo(Answer.Kind.NOT_NOW);
            assertThat(refused.words())
                    .startsWith("no TLS: ")
                    .contains("certification path")
                    .doesNotContain("s3cret");
            // It is not the one of localhost.
            assertThat(target(url.replace("127.0.0.1", "localhost"), authority, WebhookTarget.ANSWER)
                            .deliver(MESSAGE)
                            .words())
                    .startsWith("no TLS: ");
            assertThat(receiver.next().path()).isEqualTo("/s3cret");
            assertThat(receiver.waiting()).isZero();
        }
    }

    @Test
    void aFileOfAuthoritiesThatIsNoneIsRefused() throws IOException {
        Path none = folder.resolve("none.pem");
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "-----BEGIN CERTIFICATE-----\nno\n");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Authorities.read(none))
                .withMessage("is not there");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Authorities.read(wrong))
                .withMessage("is not a file of certificates in PEM");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Authorities.read(empty))
                .withMessage("holds no certificate");
    }
}
