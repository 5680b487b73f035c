package watchdog.http;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;

/** Temporary files of processes that were killed before they could remove them. */
public final class Leftovers {

    /** The least age: the process of a younger file may still be at work. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private Leftovers() {}

    /**
     * Removes those beside a file that this process has just made, as far as it can.
     *
     * @param own the file, whose owner the others must have too
     * @param glob the form of their names
     */
    public static void clear(Path own, String glob) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(own.resolveSibling(""), glob)) {
            UserPrincipal owner = Files.getOwner(own);
            Instant young = Instant.now().minus(YOUNG);
            for (Path file : files) {
                clear(file, owner, young);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A later process will try again.
        }
    }

    private static void clear(Path file, UserPrincipal owner, Instant young) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isRegularFile()
                    && found.lastModifiedTime().toInstant().isBefore(young)
                    && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // As another process may have removed it.
        }
    }
}
