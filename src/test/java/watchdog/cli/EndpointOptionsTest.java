package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.fake.Certificates;
import watchdog.http.Endpoint;
import watchdog.http.TlsFiles;

/** Which engine is meant, and how it is reached, as the docker client has it. */
class EndpointOptionsTest extends CommandLineBench {

    private static final String DEFAULT = "unix:///var/run/docker.sock";

    private final Map<String, String> environment = new HashMap<>();
    private Path docker;

    @BeforeEach
    void home() throws IOException {
        docker = Files.createDirectories(folder.resolve(".docker"));
        environment.put("HOME", folder.toString());
    }

    private Config said(String... args) {
        return config(environment, args);
    }

    private String refused(String... args) {
        List<String> all = new ArrayList<>(List.of("--list=web"));
        all.addAll(List.of(args));
        Outcome outcome = run(cli(environment), all.toArray(String[]::new));
        assertThat(outcome.status()).isEqualTo(2);
        return outcome.err().get(0).replace(folder.toString(), "~").replaceFirst("^watchdog: ", "");
    }

    // ---- TLS ----

    private Path certificates(Path folder) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("ca.pem"), Certificates.EXAMPLE);
        Files.writeString(folder.resolve("cert.pem"), Certificates.EXAMPLE);
        Files.writeString(folder.resolve("key.pem"), Certificates.keyForExample());
        return folder;
    }

    private static TlsFiles files(boolean verify, Path folder) {
        return new TlsFiles(
                verify,
                Optional.of(folder.resolve("ca.pem")),
                Optional.of(folder.resolve("cert.pem")),
                Optional.of(folder.resolve("key.pem")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOCKER_TLS_VERIFY=1", "DOCKER_TLS_VERIFY=0", "--tlsverify"})
    void tlsIsVerifiedByTheFilesOfTheClient(String way) throws IOException, GeneralSecurityException {
        certificates(docker);

        assertThat(said(with(way, "--host=tcp://there")).endpoint())
                .isEqualTo(Endpoint.tls("tcp://there:2376", files(true, docker)));
    }

    /** The arguments, of which those without dashes go to the environment. */
    private String[] with(String... all) {
        List<String> args = new ArrayList<>();
        for (String one : all) {
            if (one.startsWith("-")) {
                args.add(one);
            } else {
                environment.put(one.split("=", 2)[0], one.split("=", 2)[1]);
            }
        }
        return args.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOCKER_TLS=1", "--tls"})
    void tlsAloneChecksNothing(String way) throws IOException {
        Endpoint unchecked =
                Endpoint.tls("tcp://there", new TlsFiles(false, Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(said(with(way, "--host=tcp://there")).endpoint()).isEqualTo(unchecked);
    }

    @Test
    void bothTogetherCheck() throws IOException, GeneralSecurityException {
        certificates(docker);
        Endpoint checked = Endpoint.tls("tcp://there", files(true, docker));

        assertThat(said("--tls", "--tlsverify", "--host=tcp://there").endpoint())
                .isEqualTo(checked);
    }

    @Test
    void theFolderOfTheEnvironmentIsReadInstead() throws IOException, GeneralSecurityException {
        Path certs = certificates(folder.resolve("certs"));
        environment.put("DOCKER_CERT_PATH", certs.toString());

        assertThat(said("--tlsverify", "--host=tcp://there").endpoint())
                .isEqualTo(Endpoint.tls("tcp://there", files(true, certs)));
        environment.remove("DOCKER_CERT_PATH");
        environment.put("DOCKER_CONFIG", certs.toString());
        assertThat(said("--tlsverify", "--host=tcp://there").endpoint())
                .isEqualTo(Endpoint.tls("tcp://there", files(true, certs)));
    }

    @Test
    void theFilesOfTheOptionsAreRead() throws IOException, GeneralSecurityException {
        Path certs = certificates(folder.resolve("certs"));

        assertThat(said(
                                "--tlsverify",
                                "--tlscacert=" + certs.resolve("ca.pem"),
                                "--tlscert=" + certs.resolve("cert.pem"),
                                "--tlskey=" + certs.resolve("key.pem"),
                                "--host=tcp://there")
                        .endpoint())
                .isEqualTo(Endpoint.tls("tcp://there", files(true, certs)));
    }

    @Test
    void aCertificateOfItsOwnIsOptional() throws IOException {
        Path authority = Files.writeString(docker.resolve("ca.pem"), Certificates.EXAMPLE);
        TlsFiles alone = new TlsFiles(true, Optional.of(authority), Optional.empty(), Optional.empty());

        assertThat(said("--tlsverify", "--host=tcp://there").endpoint()).isEqualTo(Endpoint.tls("tcp://there", alone));
    }

    @Test
    void toldToSpeakTlsAndNotToWhomItIsThisHost() {
        assertThat(said("--tls").endpoint()).hasToString("tcp://localhost:2376");
    }

    @Test
    void aSocketNeedsNoTlsWhateverTheEnvironmentSays() {
        environment.put("DOCKER_TLS_VERIFY", "1");

        assertThat(said("--host=/run/d.sock").endpoint()).isEqualTo(Endpoint.unix(Path.of("/run/d.sock")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tlsverify --host=tcp://there          | --host=tcp://there: ~/.docker/ca.pem is not there",
                "--tlsverify                             | tcp://localhost:2376: ~/.docker/ca.pem is not there",
                "--tls --tlscert=/no.pem --tlskey=/no.pem| tcp://localhost:2376: /no.pem is not there",
                "--tls --tlscert=/no.pem                 | tcp://localhost:2376: /no.pem is of no use alone: a certificate"
                        + " and its key go together",
                "--tlscacert=ca.pem --host=tcp://there   | --tlscacert is for TLS; add --tlsverify",
                "--tlscacert=ca.pem                      | --tlscacert is for TLS; add --tlsverify, and --host=tcp://host:port",
                "--tlsverify --host=/run/d.sock          | --tlsverify is for tcp://host:port, and the engine is at"
                        + " unix:///run/d.sock",
            })
    void whatIsWrongIsSaidInOneLine(String commandLine, String message) {
        assertThat(refused(commandLine.split(" "))).isEqualTo(message);
    }

    @Test
    void aKeyThatIsNotReadIsRefusedWithWhatMendsIt() throws IOException, GeneralSecurityException {
        certificates(docker);
        Files.writeString(docker.resolve("key.pem"), Certificates.pem("RSA PRIVATE KEY", new byte[9]));

        assertThat(refused("--tlsverify", "--host=tcp://there"))
                .isEqualTo("--host=tcp://there: ~/.docker/key.pem holds a key in PKCS#1, which is not read; mend it by"
                        + " openssl pkcs8 -topk8 -nocrypt -in ~/.docker/key.pem -out key8.pem");
    }

    @Test
    void withoutAHomeTheAuthorityMustBeNamed() {
        environment.clear();

        assertThat(refused("--tlsverify", "--host=tcp://there"))
                .isEqualTo("--host=tcp://there: to check who answers takes --tlscacert or DOCKER_CERT_PATH");
    }

    /** A certificate that is renewed is another one, though its file is the same. */
    @Test
    void anotherContentOfTheFilesNeedsARestart() throws IOException, GeneralSecurityException {
        certificates(docker);
        Config before = said("--tlsverify", "--host=tcp://there");
        assertThat(before.needRestart(said("--tlsverify", "--host=tcp://there")))
                .isEmpty();
        certificates(docker);

        assertThat(before.needRestart(said("--tlsverify", "--host=tcp://there")))
                .containsExactly("--host or its TLS");
    }

    // ---- contexts ----

    private void context(String name, String docker) throws IOException {
        Path meta = Files.createDirectories(ofContext("meta", name));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":" + docker + "}}");
    }

    private Path ofContext(String kind, String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return docker.resolve("contexts")
                    .resolve(kind)
                    .resolve(HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void use(String name) throws IOException {
        Files.writeString(docker.resolve("config.json"), "{\"auths\":{},\"currentContext\":\"" + name + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,     -,         -,           unix:///var/run/docker.sock, -",
                "near,  -,         -,           unix:///near.sock,           near",
                "near,  '',        -,           unix:///near.sock,           near",
                "near,  far,       -,           tcp://far:2375,              far",
                "near,  default,   -,           unix:///var/run/docker.sock, -",
                "default, -,       -,           unix:///var/run/docker.sock, -",
                "default, far,     -,           tcp://far:2375,              far",
                "near,  far,       /env.sock,   unix:///env.sock,            -",
            })
    void theCurrentContextIsUsedWhereNothingElseIsSaid(
            String used, String variable, String host, String endpoint, String context) throws IOException {
        context("near", "{\"Host\":\"unix:///near.sock\"}");
        context("far", "{\"Host\":\"tcp://far:2375\",\"SkipTLSVerify\":false}");
        if (used != null) {
            use(used);
        }
        if (variable != null) {
            environment.put("DOCKER_CONTEXT", variable);
        }
        if (host != null) {
            environment.put("DOCKER_HOST", host);
        }

        assertThat(said().endpoint()).hasToString(endpoint);
        assertThat(said().context()).isEqualTo(Optional.ofNullable(context));
        assertThat(said("--host=/option.sock").endpoint()).hasToString("unix:///option.sock");
        assertThat(said("--host=/option.sock").context()).isEmpty();
    }

    @Test
    void aContextBringsItsCertificates() throws IOException, GeneralSecurityException {
        environment.put("DOCKER_CONTEXT", "far");
        context("far", "{\"Host\":\"tcp://far:2376\",\"SkipTLSVerify\":false}");
        Path tls = certificates(ofContext("tls", "far").resolve("docker"));

        assertThat(said().endpoint()).isEqualTo(Endpoint.tls("tcp://far:2376", files(true, tls)));
        context("far", "{\"Host\":\"tcp://far:2376\",\"SkipTLSVerify\":true}");
        assertThat(said().endpoint()).isEqualTo(Endpoint.tls("tcp://far:2376", files(false, tls)));
    }

    @Test
    void theCheckSaysWhichContextItIs() throws IOException {
        use("near");
        context("near", "{\"Host\":\"unix:///near.sock\"}");
        List<String> said =
                List.of("the engine is the one of docker's context near: unix:///near.sock", "the arguments are right");

        assertThat(run(cli(environment), "--list=web", "--check").out()).isEqualTo(said);
        assertThat(run(cli(environment), "ps", "--list=web", "--check").out()).isEqualTo(said);
    }

    @Test
    void aContextThatIsNotThereIsAnError() throws IOException {
        String none = "docker's context far: there is none of that name; docker context ls shows those there are";
        use("far");
        assertThat(refused()).isEqualTo(none);
        Files.delete(docker.resolve("config.json"));
        environment.put("DOCKER_CONTEXT", "far");
        assertThat(refused()).isEqualTo(none);
        environment.remove("HOME");
        assertThat(refused())
                .isEqualTo(
                        "DOCKER_CONTEXT=far: there is no home, and so no such context, or name the engine by --host");
    }

    @Test
    void aContextThatSaysNothingIsAnError() throws IOException {
        environment.put("DOCKER_CONTEXT", "far");
        context("far", "{}");
        assertThat(refused()).isEqualTo("docker's context far: names no engine");
        context("far", "nonsense");
        assertThat(refused())
                .startsWith("docker's context far: ~/.docker/contexts/meta/")
                .contains(" is not JSON");
    }

    @Test
    void aContextOfSshIsRefusedWithTheWayAroundIt() throws IOException {
        environment.put("DOCKER_CONTEXT", "far");
        context("far", "{\"Host\":\"ssh://me@far\"}");

        assertThat(refused())
                .isEqualTo("docker's context far: ssh:// is not for watchdog; forward the socket by ssh -nNT -L"
                        + " /tmp/docker.sock:/var/run/docker.sock user@host, then use --host=/tmp/docker.sock");
    }

    @Test
    void optionsAboutTlsAreNotForAContext() throws IOException {
        use("near");
        context("near", "{\"Host\":\"unix:///near.sock\"}");

        assertThat(refused("--tlsverify"))
                .isEqualTo("--tlsverify is for --host, and the engine is the one of docker's context near");
    }

    @Test
    void settingsOfTheClientThatAreNoneAreAnError() throws IOException {
        Files.writeString(docker.resolve("config.json"), "currentContext");

        assertThat(refused())
                .startsWith("~/.docker/config.json is not JSON")
                .endsWith(", or name the engine by --host");
        assertThat(said("--host=/run/d.sock").endpoint()).hasToString("unix:///run/d.sock");
    }

    /** As in the sandbox of the service, whose home is not there, or may not be read. */
    @Test
    void whereThereIsNoHomeThereIsNoContext() {
        environment.put("HOME", folder.resolve("none").toString());
        assertThat(said().endpoint()).hasToString(DEFAULT);
        environment.remove("HOME");
        assertThat(said().endpoint()).hasToString(DEFAULT);
    }
}
