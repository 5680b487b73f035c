package watchdog.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.Eventually;
import watchdog.policy.Holds;

/** That each change of the holds is told, whether or not the system tells of it. */
class HoldWatcherTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final List<Holds> told = new CopyOnWriteArrayList<>();
    private HoldWatcher watcher;

    private Path begin() {
        return begin(folder.resolve("run"));
    }

    private Path begin(Path run) {
        watcher = HoldWatcher.begin(new RunFolder(run), told::add);
        return run.resolve("hold");
    }

    @AfterEach
    void end() {
        watcher.close();
    }

    private List<List<String>> names() {
        return told.stream()
                .map(holds -> holds.all().stream()
                        .map(hold -> hold.pattern().toString())
                        .toList())
                .toList();
    }

    private void await(List<String> names) {
        Eventually.within(
                LIMIT,
                names + " is told",
                this::names,
                all -> !all.isEmpty() && all.get(all.size() - 1).equals(names));
    }

    @Test
    void makesTheFolderForItsOwnerAndItsGroup() throws IOException {
        Path holds = begin();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run"))))
                .isEqualTo("rwxr-x---");
        assertThat((int) Files.getAttribute(holds, "unix:mode") & 07777).isEqualTo(02770);
        assertThat(told).isEmpty();
    }

    @Test
    void leavesAFolderThatIsThereAsItIsButTheOneOfTheHolds() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(run.resolve("hold"));

        Path holds = begin();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
                .isEqualTo("rwxr-xr-x");
        assertThat((int) Files.getAttribute(holds, "unix:mode") & 07777).isEqualTo(02770);
    }

    @Test
    void tellsAtOnceWhatIsHeldAlready() throws IOException {
        Files.createFile(Files.createDirectories(folder.resolve("run/hold")).resolve("web"));

        begin();

        assertThat(names()).containsExactly(List.of("web"));
    }

    @Test
    void tellsEachChange() throws IOException {
        Path holds = begin();

        Path web = Files.createFile(holds.resolve("web"));
        await(List.of("web"));

        Files.createFile(holds.resolve("db-*"));
        await(List.of("db-*", "web"));

        Files.delete(web);
        await(List.of("db-*"));

        Files.writeString(holds.resolve("db-*"), "1h");
        Eventually.within(
                LIMIT,
                "its end is told",
                () -> told.get(told.size() - 1).all().get(0).until() != null);
    }

    @Test
    void aHoldEndsByItselfWhenItsTimeIsOverAndItsFileIsRemoved() throws IOException {
        Path holds = begin();

        Path web = Files.writeString(holds.resolve("web"), "500ms");
        await(List.of("web"));

        await(List.of());
        assertThat(web).doesNotExist();
    }

    @Test
    void goesOnWhenSomebodyHasRemovedTheFolder() throws IOException {
        Path holds = begin();
        Files.createFile(holds.resolve("web"));
        await(List.of("web"));

        Files.delete(holds.resolve("web"));
        Files.delete(holds);
        await(List.of());

        Eventually.within(LIMIT, "the folder is made anew", () -> Files.isDirectory(holds));
        Files.createFile(holds.resolve("db"));
        await(List.of("db"));
    }

    @Test
    void triesAgainWhereTheFolderCannotBe() throws IOException {
        Path run = folder.resolve("later/run");
        begin(run);
        assertThat(run).doesNotExist();

        Files.createDirectory(folder.resolve("later"));
        Eventually.within(LIMIT, "the folder is made", () -> Files.isDirectory(run.resolve("hold")));
        Files.createFile(run.resolve("hold/web"));

        await(List.of("web"));
    }
}
