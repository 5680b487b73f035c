package watchdog.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.Hold;
import watchdog.policy.Holds;
import watchdog.policy.NamePattern;

/** What the files of a folder hold. */
class HoldFolderTest {

    private static final Instant CHANGED = Instant.parse("2026-11-27T11:00:00Z");
    private static final NamePattern WEB = NamePattern.parse("web");

    @TempDir
    private Path path;

    private HoldFolder folder;

    @BeforeEach
    void make() {
        folder = new HoldFolder(path);
    }

    private void file(String name, String text) throws IOException {
        Path file = Files.writeString(path.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(CHANGED));
    }

    private Hold web() throws IOException {
        return folder.read(CHANGED).of("web").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void aFileWithoutATextHoldsUntilItIsRemoved(String text) throws IOException {
        file("web", text);

        assertThat(web()).isEqualTo(new Hold(WEB, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T12:30:00Z, 2026-11-27T12:30:00Z",
        "2026-11-27T12:30:00+01:00, 2026-11-27T11:30:00Z",
        "'30m\n', 2026-11-27T11:30:00Z",
        "90, 2026-11-27T11:01:30Z",
        "1h30m, 2026-11-27T12:30:00Z",
    })
    void theTextIsATimeOrADurationFromTheLastChange(String text, Instant until) throws IOException {
        file("web", text);

        assertThat(web()).isEqualTo(new Hold(WEB, until, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "12:30", "2026-11-27", "0", "48h", "\u0000\u0001"})
    void aTextThatIsNeitherHoldsUntilItIsRemovedAndIsAProblem(String text) throws IOException {
        file("web", text);

        assertThat(web().until()).isNull();
        assertThat(web().problem()).contains(text.strip()).contains("neither a time");
    }

    @Test
    void aLongTextIsReadOnlyInPart() throws IOException {
        file("web", "x".repeat(1_000_000));

        assertThat(web().problem()).hasSizeLessThan(300);
    }

    @Test
    void whatIsNoRegularFileHoldsAndIsNotRead() throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", path.resolve("web").toString())
                .inheritIO()
                .start();
        assertThat(mkfifo.waitFor()).isZero();
        Files.createDirectory(path.resolve("db"));

        assertThat(web()).isEqualTo(new Hold(WEB, null, "it is not a regular file"));
        assertThat(folder.read(CHANGED).of("db")).isPresent();
    }

    @Test
    void aNameIsANameOrAGlobAndWhatIsNoneHoldsNothing() throws IOException {
        file("web-*", "");
        file(".web.swp", "");
        file("web~", "");
        file(" db", "");

        assertThat(folder.read(CHANGED).all())
                .extracting(hold -> hold.pattern().toString())
                .containsExactly("web-*");
    }

    @Test
    void whatIsOverIsNoHoldAndIsRemoved() throws IOException {
        file("web", "30m");
        file("db", "31m");
        file("api", "");
        Instant now = CHANGED.plusSeconds(1800);

        assertThat(folder.read(now.minusMillis(1)).all()).hasSize(3);
        assertThat(folder.read(now).all())
                .extracting(hold -> hold.pattern().toString())
                .containsExactly("api", "db");
        assertThat(path.resolve("web")).exists();

        folder.removeOver(now);
        assertThat(path).isDirectoryNotContaining("glob:**/web");
        assertThat(path.resolve("db")).exists();
        assertThat(path.resolve("api")).exists();
    }

    @Test
    void thereAreNoneWhereThereIsNoFolder() throws IOException {
        assertThat(new HoldFolder(path.resolve("none")).read(CHANGED)).isEqualTo(Holds.NONE);
    }

    @Test
    void aHoldIsAFileThatTheGroupMayChange() throws IOException {
        folder.hold(WEB, Optional.empty());
        assertThat(web()).isEqualTo(new Hold(WEB, null, null));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("web"))))
                .isEqualTo("rw-rw-r--");

        folder.hold(WEB, Optional.of(CHANGED.plusSeconds(60)));
        assertThat(web()).isEqualTo(new Hold(WEB, CHANGED.plusSeconds(60), null));
        assertThat(path.resolve("web")).hasContent("2026-11-27T11:01:00Z");
        try (var files = Files.list(path)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aHoldCannotBeWhereThereIsNoFolder() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> new HoldFolder(path.resolve("none")).hold(WEB, Optional.empty()))
                .withMessage(path.resolve("none").toString());
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> new HoldFolder(path.resolve("none")).release(WEB));
    }

    @Test
    void itsReleaseRemovesIt() throws IOException {
        folder.hold(WEB, Optional.empty());

        assertThat(folder.release(WEB)).isTrue();
        assertThat(path).isEmptyDirectory();
        assertThat(folder.release(WEB)).isFalse();
    }

    @Test
    void othersMayHoldItTooByAGlob() throws IOException {
        folder.hold(WEB, Optional.empty());
        folder.hold(NamePattern.parse("w*"), Optional.empty());
        folder.hold(NamePattern.parse("db*"), Optional.empty());

        assertThat(folder.others(WEB, CHANGED)).containsExactly("w*");
    }
}
