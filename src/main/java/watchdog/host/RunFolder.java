package watchdog.host;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder by which a watchdog that runs can be asked and held. Only its owner and its group may enter it, for who can hold
 * a container can keep it down.
 */
public record RunFolder(Path path) {

    /** Where systemd makes it, by {@code RuntimeDirectory=docker-watchdog}. */
    public static final Path DEFAULT = Path.of("/run/docker-watchdog");

    private static final String MODE = "unix:mode";

    /** What is made in it is of its own group; owner and group may do everything. */
    private static final int GROUP_ID_AND_BOTH = 02770;

    /**
     * Refuses a path where there cannot be such a folder.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static void check(Path path) {
        if (path.toString().isEmpty()) {
            throw new IllegalArgumentException("name a folder, as in " + DEFAULT);
        }
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IllegalArgumentException(path + " is not a folder; name one, as in " + DEFAULT);
        }
    }

    /** Where the holds are: a file for each. */
    Path holds() {
        return path.resolve("hold");
    }

    /** What a watchdog that runs says of how all stands. */
    Path status() {
        return path.resolve("status.json");
    }

    /**
     * Makes what is not there yet. The folder itself stays as it is if it is there: it may be another one's too.
     *
     * @throws IOException if that cannot be
     */
    void make() throws IOException {
        if (!Files.isDirectory(path)) {
            make(path, "rwxr-x---");
        }
        Path holds = holds();
        if (!Files.isDirectory(holds)) {
            make(holds, "rwxrwx---");
        }
        share(holds);
    }

    private static void make(Path folder, String permissions) throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        } catch (NoSuchFileException e) {
            throw new IOException("the folder that " + folder + " is to be in is not there", e);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + " is not a folder", e);
        }
        // The mask of the process has taken away from them.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }

    /** Whoever of the group holds a container, the file is the group's. */
    private static void share(Path holds) throws IOException {
        int before = (int) Files.getAttribute(holds, MODE) & 07777;
        if (before != GROUP_ID_AND_BOTH) {
            try {
                Files.setAttribute(holds, MODE, GROUP_ID_AND_BOTH);
            } catch (IOException notAllowed) {
                // It is another's, or this process may not set that bit; what is in it can be read all the same.
            }
        }
    }
}
