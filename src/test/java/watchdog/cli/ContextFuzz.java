package watchdog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** Fuzzes the docker client's own files: they name an engine, or there is one of the two errors for which there are words. */
public final class ContextFuzz {

    private static final Path FOLDER = folder();

    private ContextFuzz() {}

    public static void fuzzerTestOneInput(byte[] file) {
        try {
            Files.write(FOLDER.resolve("config.json"), file);
            Files.write(meta("near"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            if (DockerContext.current(Map.of("DOCKER_CONFIG", FOLDER.toString()))
                    .isPresent()) {
                new DockerContext("near", FOLDER).endpoint();
            }
        } catch (IOException | IllegalArgumentException e) {
            // The interface says so.
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("watchdog-fuzz");
            Files.createDirectories(folder.resolve("contexts/meta").resolve(id("near")));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path meta(String name) {
        return FOLDER.resolve("contexts/meta").resolve(id(name)).resolve("meta.json");
    }

    private static String id(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
