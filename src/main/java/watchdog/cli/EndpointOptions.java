package watchdog.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import watchdog.http.Endpoint;
import watchdog.http.TlsFiles;

/** The options about where the engine is, and how it is reached; names and meaning are those of the docker client. */
final class EndpointOptions {

    private static final Path DEFAULT_SOCKET = Path.of("/var/run/docker.sock");

    /** Where the docker client goes if it is told to speak TLS, and not to whom. */
    private static final String DEFAULT_TLS_HOST = "tcp://localhost:2376";

    @Option(
            names = {"-H", "--host"},
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            paramLabel = "ENDPOINT",
            description = {
                "The engine: " + Endpoint.FORMS + ".",
                "Default: $DOCKER_HOST, docker's context or /var/run/docker.sock."
            })
    private @Nullable String host;

    @Option(
            names = "--tls",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            description = "Speak TLS, and do not check who answers.")
    private boolean tls;

    @Option(
            names = "--tlsverify",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            description = "Speak TLS, and check who answers. Default: if $DOCKER_TLS_VERIFY is set.")
    private boolean tlsVerify;

    @Option(
            names = "--tlscacert",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Whom to trust (PEM). Default: ca.pem in $DOCKER_CERT_PATH or ~/.docker.")
    private @Nullable Path authorities;

    @Option(
            names = "--tlscert",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Watchdog's own certificate (PEM). Default: cert.pem there.")
    private @Nullable Path certificate;

    @Option(
            names = "--tlskey",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Its key (PEM, PKCS#8). Default: key.pem there.")
    private @Nullable Path key;

    /**
     * Where the engine is.
     *
     * @param context the docker client's context that says so, if it is one
     */
    record Engine(Endpoint endpoint, Optional<String> context) {}

    /**
     * What they say, or the environment, or the docker client's current context, or Docker's default: in this order, as the
     * docker client has it.
     *
     * @param asking as of {@link Options#config}
     */
    Engine engine(CommandLine asking, Map<String, String> environment) {
        String fromEnvironment = environment.getOrDefault("DOCKER_HOST", "");
        if (host != null) {
            return new Engine(given(asking, "--host=" + host, host, environment), Optional.empty());
        }
        if (!fromEnvironment.isEmpty()) {
            return new Engine(
                    given(asking, "DOCKER_HOST=" + fromEnvironment, fromEnvironment, environment), Optional.empty());
        }
        Optional<DockerContext> context = context(asking, environment);
        if (context.isPresent()) {
            return new Engine(
                    endpoint(asking, context.get()), Optional.of(context.get().name()));
        }
        Endpoint usual = isTls(environment)
                ? given(asking, DEFAULT_TLS_HOST, DEFAULT_TLS_HOST, environment)
                : usual(asking, environment);
        return new Engine(usual, Optional.empty());
    }

    private Endpoint given(CommandLine asking, String source, String value, Map<String, String> environment) {
        try {
            Endpoint endpoint = Endpoint.parse(value);
            if (!endpoint.needsNetwork()) {
                refuseTls(asking, "is for tcp://host:port, and the engine is at " + endpoint);
                return endpoint;
            }
            if (!isTls(environment)) {
                refuseTls(asking, "is for TLS; add --tlsverify");
                return endpoint;
            }
            return Endpoint.tls(value, files(environment));
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(asking, source + ": " + e.getMessage());
        }
    }

    private Endpoint usual(CommandLine asking, Map<String, String> environment) {
        refuseTls(asking, "is for TLS; add --tlsverify, and --host=tcp://host:port");
        return Endpoint.unix(DEFAULT_SOCKET, otherSockets(environment.getOrDefault("XDG_RUNTIME_DIR", "")));
    }

    private static Optional<DockerContext> context(CommandLine asking, Map<String, String> environment) {
        try {
            return DockerContext.current(environment);
        } catch (InvalidPathException | IOException e) {
            throw new ParameterException(asking, e.getMessage() + ", or name the engine by --host");
        }
    }

    private Endpoint endpoint(CommandLine asking, DockerContext context) {
        refuseTls(asking, "is for --host, and the engine is the one of " + context);
        try {
            return context.endpoint();
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(asking, context + ": " + e.getMessage());
        }
    }

    private boolean isTls(Map<String, String> environment) {
        return tls || verifies(environment) || isSet(environment, "DOCKER_TLS");
    }

    private boolean verifies(Map<String, String> environment) {
        return tlsVerify || isSet(environment, "DOCKER_TLS_VERIFY");
    }

    /** Whatever its value, {@code 0} too: so the docker client has it. */
    private static boolean isSet(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    /** Refuses the first of the options about TLS that is given: here it would have no effect. */
    private void refuseTls(CommandLine asking, String why) {
        Map<String, Boolean> options = new LinkedHashMap<>();
        options.put("--tls", tls);
        options.put("--tlsverify", tlsVerify);
        options.put("--tlscacert", authorities != null);
        options.put("--tlscert", certificate != null);
        options.put("--tlskey", key != null);
        options.forEach((option, isGiven) -> {
            if (isGiven) {
                throw new ParameterException(asking, option + " " + why);
            }
        });
    }

    private TlsFiles files(Map<String, String> environment) throws IOException {
        String certPath = environment.getOrDefault("DOCKER_CERT_PATH", "");
        Optional<Path> folder = certPath.isEmpty() ? DockerContext.folder(environment) : Optional.of(Path.of(certPath));
        Optional<Path> trusted = Optional.ofNullable(authorities).or(() -> folder.map(in -> in.resolve("ca.pem")));
        if (verifies(environment) && trusted.isEmpty()) {
            throw new IOException("to check who answers takes --tlscacert or DOCKER_CERT_PATH");
        }
        return new TlsFiles(
                verifies(environment),
                trusted,
                orIfThere(certificate, folder, "cert.pem"),
                orIfThere(key, folder, "key.pem"));
    }

    private static Optional<Path> orIfThere(@Nullable Path given, Optional<Path> folder, String name) {
        return Optional.ofNullable(given)
                .or(() -> folder.map(in -> in.resolve(name)).filter(Files::exists));
    }

    /** Where a rootless Docker, and Podman, listen. */
    private static List<Path> otherSockets(String own) {
        Path podman = Path.of("/run/podman/podman.sock");
        try {
            return own.startsWith("/")
                    ? List.of(Path.of(own, "docker.sock"), podman, Path.of(own, "podman", "podman.sock"))
                    : List.of(podman);
        } catch (InvalidPathException e) {
            return List.of(podman);
        }
    }
}
