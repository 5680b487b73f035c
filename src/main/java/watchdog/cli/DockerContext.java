package watchdog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import watchdog.engine.Json;
import watchdog.http.Endpoint;
import watchdog.http.TlsFiles;

/**
 * A context of the docker client: an engine by a name, as {@code docker context create} stores it. It is read, never written.
 *
 * @param folder the docker client's own
 */
record DockerContext(String name, Path folder) {

    /** The name of what is so without any context. */
    private static final String DEFAULT = "default";

    /** The docker client's own folder, {@code $DOCKER_CONFIG} or {@code ~/.docker}; none where there is no home. */
    static Optional<Path> folder(Map<String, String> environment) {
        String own = environment.getOrDefault("DOCKER_CONFIG", "");
        String home = environment.getOrDefault("HOME", "");
        if (!own.isEmpty()) {
            return Optional.of(Path.of(own));
        }
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".docker"));
    }

    /**
     * The current one: that of {@code DOCKER_CONTEXT}, else that of {@code docker context use}, else none.
     *
     * @throws IOException if the client's settings are not what they should be; the message names the file
     */
    static Optional<DockerContext> current(Map<String, String> environment) throws IOException {
        Optional<Path> folder = folder(environment);
        String named = environment.getOrDefault("DOCKER_CONTEXT", "");
        String current = named.isEmpty() && folder.isPresent() ? used(folder.get()) : named;
        if (current.isEmpty() || current.equals(DEFAULT)) {
            return Optional.empty();
        }
        Path its = folder.orElseThrow(
                () -> new IOException("DOCKER_CONTEXT=" + current + ": there is no home, and so no such context"));
        return Optional.of(new DockerContext(current, its));
    }

    /** Empty where nothing says so, or where that may not be read, as in the sandbox of a service. */
    private static String used(Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        try {
            return at(read(file), "currentContext") instanceof String name ? name : "";
        } catch (FileSystemException e) {
            return "";
        }
    }

    /**
     * Where its engine is.
     *
     * @throws IllegalArgumentException if watchdog cannot go there
     * @throws IOException if there is no such context, or it cannot be read
     */
    Endpoint endpoint() throws IOException {
        Object docker = at(at(meta(), "Endpoints"), "docker");
        if (!(at(docker, "Host") instanceof String host) || host.isEmpty()) {
            throw new IOException("names no engine");
        }
        boolean skipsVerification = Boolean.TRUE.equals(at(docker, "SkipTLSVerify"));
        TlsFiles files = new TlsFiles(!skipsVerification, tls("ca.pem"), tls("cert.pem"), tls("key.pem"));
        boolean isTls = skipsVerification
                || files.authorities().isPresent()
                || files.certificate().isPresent()
                || files.key().isPresent();
        Endpoint endpoint = Endpoint.parse(host);
        return isTls && endpoint.needsNetwork() ? Endpoint.tls(host, files) : endpoint;
    }

    private Map<String, Object> meta() throws IOException {
        Path file = folder.resolve("contexts").resolve("meta").resolve(id()).resolve("meta.json");
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is none of that name; docker context ls shows those there are", e);
        }
    }

    private Optional<Path> tls(String file) {
        Path its = folder.resolve("contexts")
                .resolve("tls")
                .resolve(id())
                .resolve("docker")
                .resolve(file);
        return Optional.of(its).filter(Files::exists);
    }

    /** As the docker client names its folders. */
    private String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    private static Map<String, Object> read(Path file) throws IOException {
        byte[] json = Files.readAllBytes(file);
        try {
            return Json.read(json);
        } catch (IOException e) {
            throw new IOException(file + " is " + e.getMessage(), e);
        }
    }

    private static @Nullable Object at(@Nullable Object json, String key) {
        return json instanceof Map<?, ?> map ? map.get(key) : null;
    }

    /** As messages call it. */
    @Override
    public String toString() {
        return "docker's context " + name;
    }
}
