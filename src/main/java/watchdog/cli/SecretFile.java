package watchdog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import watchdog.notify.Secret;

/**
 * Reads secrets out of files.
 *
 * @param credentials the folder of names that are not absolute, as systemd gives it ({@code LoadCredential=}), or empty
 */
record SecretFile(String credentials) {

    /** In bytes. */
    private static final int LONGEST = 16 * 1024;

    /**
     * Whether it is one of the credentials of a service, and these are not there: systemd does not give them to what it runs to
     * reload the service, nor does a shell have them.
     */
    boolean isOutOfReach(String text) {
        return text.startsWith("@") && !text.startsWith("@/") && credentials.isEmpty();
    }

    /**
     * The text itself, or what the file behind an {@code @} holds, without blanks and line ends around it.
     *
     * @throws IllegalArgumentException if that cannot be read; its message shows the name of the file at most
     */
    Secret secret(String text) {
        if (!text.startsWith("@")) {
            return new Secret(text);
        }
        String name = text.substring(1);
        try (InputStream in = Files.newInputStream(path(name))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            String content = new String(bytes, UTF_8).strip();
            if (bytes.length > LONGEST || content.isEmpty() || content.lines().count() > 1) {
                throw new IllegalArgumentException("the file " + name + " does not hold just one line");
            }
            return new Secret(content);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("cannot read the file " + name, e);
        }
    }

    private Path path(String name) {
        Path path = Path.of(name);
        if (path.isAbsolute()) {
            return path;
        }
        if (credentials.isEmpty()) {
            throw new IllegalArgumentException(
                    "the file " + name + " is one of $CREDENTIALS_DIRECTORY, which is not set; use an absolute path");
        }
        return Path.of(credentials, name);
    }
}
