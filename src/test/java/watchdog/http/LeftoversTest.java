package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    private static final Duration OLD = Duration.ofSeconds(61);

    @TempDir
    private Path folder;

    private Path own;

    @BeforeEach
    void makeAFileOfThisProcess() throws IOException {
        own = Files.createFile(folder.resolve("mine-own"));
    }

    private Path file(String name, Duration age) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void onlyOldOnesOfThatNameAreRemoved() throws IOException {
        Path left = file("mine-1", OLD);
        Path young = file("mine-2", Duration.ofSeconds(30));
        Path other = file("other-1", OLD);

        Leftovers.clear(own, "mine-*");

        assertThat(left).doesNotExist();
        assertThat(young).exists();
        assertThat(other).exists();
        assertThat(own).exists();
    }

    @Test
    void thoseOfAnotherUserStay() throws IOException {
        Path left = file("mine-1", OLD);
        try {
            Files.setAttribute(left, "unix:uid", 65534);
        } catch (IOException e) {
            assumeTrue(false, "no right to give files away");
        }

        Leftovers.clear(own, "mine-*");

        assertThat(left).exists();
    }

    /** Anybody may make links in a temporary folder. */
    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path target = file("target", OLD);
        Path link = Files.createSymbolicLink(folder.resolve("mine-link"), target);

        Leftovers.clear(own, "mine-*");

        assertThat(target).exists();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aFolderThatIsGoneIsNoFault() throws IOException {
        Files.delete(own);

        Leftovers.clear(folder.resolve("gone").resolve("own"), "mine-*");
        Leftovers.clear(own, "mine-*");

        assertThat(folder).isEmptyDirectory();
    }
}
