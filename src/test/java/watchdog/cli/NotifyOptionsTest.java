package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import watchdog.notify.NotifySettings;
import watchdog.notify.Secret;
import watchdog.notify.Selection;
import watchdog.notify.Webhook;
import watchdog.report.FactKind;

/** Whom the command line has told what; and that it shows no secret. */
class NotifyOptionsTest extends CommandLineBench {

    /** Valid until 2126. */
    static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBdjCCARugAwIBAgIUBs3RCNEcBKaXat4nGRUVajSHjGYwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjcxNDI5MjZaGA8yMTI2MTEwMzE0Mjky
            NlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL7B
            wyvY5UafckazoegoKxjoUapRzoZV+0l/2YYvtBGegDLw80P+chKhkmxWZZQ0mGW0
            G8BlRW7DBe43+fYw6cqjUzBRMB0GA1UdDgQWBBQDDfzROtFhfKNqv9oD7CbNkHkC
            AjAfBgNVHSMEGDAWgBQDDfzROtFhfKNqv9oD7CbNkHkCAjAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDwOsOL0SROrSuYWJ1Ec4jWz+1Z1qVBK7CO
            RA+h9gq5OAIhAN3DA3/OFKhbDPTsl0CsdkIgBdQvVwvIgYJQeN58swKc
            -----END CERTIFICATE-----
            """;

    private static final String SECRET = "s3cret";
    private static final String URL = "https://hooks.example/services/s3cret";

    private static Webhook webhook(String url, String... headers) {
        return new Webhook(
                new Secret(url),
                Stream.of(headers)
                        .map(header -> header.split("=", 2))
                        .map(header -> new Webhook.Header(header[0], new Secret(header[1])))
                        .toList());
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void nobodyIsToldUnlessAskedFor() {
        assertThat(config().notifications())
                .isEqualTo(
                        new NotifySettings(new Selection(true, Set.of()), List.of(), Optional.empty(), List.of(), 10))
                .returns(true, NotifySettings::isEmpty);
    }

    @Test
    void theOptionsSayWhomAndWhat() throws IOException {
        Path authority = file("ca.pem", CERTIFICATE);

        assertThat(config(
                                "--webhook=" + URL,
                                "--exec=/usr/bin/true",
                                "--exec=/usr/bin/false",
                                "--notify=crash-loop,up",
                                "--webhook-ca=" + authority,
                                "--webhook-log-lines=0")
                        .notifications())
                .isEqualTo(new NotifySettings(
                        new Selection(false, Set.of(FactKind.CRASH_LOOP, FactKind.UP)),
                        List.of(webhook(URL)),
                        Optional.of(authority),
                        List.of(Path.of("/usr/bin/true"), Path.of("/usr/bin/false")),
                        0));
    }

    @Test
    void aHeaderIsForTheWebhookBeforeItOrForAll() {
        List<Webhook> webhooks = config(
                        "--webhook-header=A: 1",
                        "--webhook=http://a.example",
                        "--webhook-header=B:2",
                        "--webhook=http://b.example",
                        "--webhook-header=C:3",
                        "--webhook-header=D:4:5")
                .notifications()
                .webhooks();

        assertThat(webhooks)
                .containsExactly(
                        webhook("http://a.example", "A=1", "B=2"), webhook("http://b.example", "A=1", "C=3", "D=4:5"));
    }

    @Test
    void secretsAreReadFromFiles() throws IOException {
        Path url = file("url", URL + "\n");
        Path credential = file("token", "  Bearer s3cret\r\n");
        Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", folder.toString());

        assertThat(config(environment, "--webhook=@" + url, "--webhook-header=Authorization:@token")
                        .notifications()
                        .webhooks())
                .containsExactly(webhook(URL, "Authorization=Bearer s3cret"));
        assertThat(config(environment, "--webhook=@url", "--webhook-header=Authorization: @" + credential)
                        .notifications()
                        .webhooks())
                .containsExactly(webhook(URL, "Authorization=Bearer s3cret"));
    }

    @Test
    void anotherSecretNeedsARestart() throws IOException, Cli.WrongArgumentsException {
        Cli cli = cli(Map.of());
        Path url = file("url", URL);
        Config before = cli.read("--list=web", "--webhook=@" + url);
        assertThat(before.needRestart(cli.read("--list=web", "--webhook=@" + url)))
                .isEmpty();

        file("url", URL + "2");

        assertThat(before.needRestart(cli.read("--list=web", "--webhook=@" + url)))
                .hasSize(1);
    }

    @Test
    void psReadsNoSecret() {
        assertThat(run("ps", "--list=web", "--webhook=@/nowhere", "--check").status())
                .isZero();
        assertThat(run("--list=web", "--webhook=@/nowhere", "--check").status()).isEqualTo(2);
    }

    /** As it is called by ExecReload, to which systemd gives none. */
    @Test
    void aCheckNeedsNoCredentialsOfTheService() {
        assertThat(run("--list=web", "--webhook=@token", "--check").status()).isZero();
        assertThat(run("--list=web", "--webhook=" + URL, "--webhook-header=A:@token", "--check")
                        .status())
                .isZero();
        assertThat(run("--list=web", "--webhook=ftp://h/", "--webhook=@token", "--check")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void noTextOfTheSettingsHasASecret() {
        Config config = config("--webhook=" + URL, "--webhook-header=Authorization:Bearer s3cret");

        assertThat(config.toString()).contains("Authorization").doesNotContain(SECRET);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("use problems, all, or some of", List.of("--notify=problem")),
                Arguments.of("does not begin with https:// or http://", List.of("--webhook=ftp://h/s3cret")),
                Arguments.of("does not begin with https:// or http://", List.of("--webhook=s3cret")),
                Arguments.of("is not a URL", List.of("--webhook=https://h/s3cret {{x}}")),
                Arguments.of("does not begin with https:// or http://", List.of("--webhook=")),
                Arguments.of("names no host", List.of("--webhook=https:///s3cret")),
                Arguments.of("its port is not one from 1 to 65535", List.of("--webhook=https://h:65536/s3cret")),
                Arguments.of("its port is not one from 1 to 65535", List.of("--webhook=https://h:0/s3cret")),
                Arguments.of("would not be sent", List.of("--webhook=https://me:s3cret@h/")),
                Arguments.of("use NAME:VALUE", List.of("--webhook=" + URL, "--webhook-header=s3cret")),
                Arguments.of("its name is not one", List.of("--webhook=" + URL, "--webhook-header=s3cret x:y")),
                Arguments.of("printable ASCII", List.of("--webhook=" + URL, "--webhook-header=A:s3cret\u0001")),
                Arguments.of("is not for you to set", List.of("--webhook=" + URL, "--webhook-header=Host:s3cret")),
                Arguments.of("there is none", List.of("--webhook-header=A:s3cret")),
                Arguments.of("cannot read the file /nowhere", List.of("--webhook=@/nowhere")),
                Arguments.of("CREDENTIALS_DIRECTORY", List.of("--webhook=@token")),
                Arguments.of("--webhook-ca=/nowhere: is not there", List.of("--webhook-ca=/nowhere")),
                Arguments.of("is not a number from 0 to 100", List.of("--webhook-log-lines=101")),
                Arguments.of("use the absolute path of a program", List.of("--exec=notify me")),
                Arguments.of("Missing", List.of("--webhook")),
                Arguments.of("Missing", List.of("--webhook-header")),
                // where a word is forgotten or misspelt
                Arguments.of("--webhok", List.of("--webhok=" + URL)),
                Arguments.of("Unmatched", List.of("--webhook=" + URL, "https://other.example/s3cret")),
                Arguments.of("--webhok-header", List.of("--webhok-header=Authorization:s3cret")),
                Arguments.of("Unmatched", List.of("--webhook", URL, "--webhook-header", "X-Token:", "s3cret")),
                Arguments.of("Unmatched", List.of("--webhook=" + URL, "HTTPS://other.example/s3cret")),
                Arguments.of("Unmatched", List.of("https://me:s3cret@h/x")),
                Arguments.of("Unmatched", List.of("https://me:s3/cret@s3cret/x")),
                Arguments.of("locale", List.of("--webhook", "https://h/s3cret\ufffd")),
                Arguments.of("locale", List.of("--webhook", URL, "--webhook-header", "A:Bearer s3cret\ufffd")),
                Arguments.of("locale", List.of("--webhok-header", "A:s3cret\ufffd")),
                Arguments.of("locale", List.of("--webhook-header=A:\ns3cret=\ns3cret\ufffd")),
                Arguments.of("locale", List.of("--webhook=https://h/s3cret\ufffd")),
                Arguments.of("locale", List.of("--webhook-header=A:s3cret\ufffd")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsToldWithoutTheSecret(String words, List<String> args) {
        Outcome outcome =
                run(Stream.concat(Stream.of("--list=web"), args.stream()).toArray(String[]::new));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).first().asString().contains(words);
        assertThat(outcome.err()).noneMatch(line -> line.contains(SECRET));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void nothingIsShownOfASecretInAFileOfArguments(String words, List<String> args) throws IOException {
        Path file = folder.resolve("w.args");
        Files.write(
                file,
                Stream.concat(Stream.of("--list=web"), args.stream())
                        .map(arg -> "'" + arg + "'")
                        .toList());

        assertThat(run("@" + file).err()).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void theTestOfNotificationsNeedsSomebodyToTell() {
        assertThat(run("notify-test"))
                .returns(2, Outcome::status)
                .extracting(outcome -> outcome.err().get(0))
                .isEqualTo("watchdog: --webhook and --exec are missing, so there is nobody to tell");
        assertThat(run("notify-test", "--webhook=" + URL, "--check").status()).isZero();
    }
}
