package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a state file can be, and that nothing else is ever replaced by one, or written through. */
class StateFilePlaceTest {

    private static final String WEB = "1f".repeat(32);
    private static final Instant THREE = Instant.parse("2026-11-22T03:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Path file;

    private final List<StopMemory> opened = new ArrayList<>();

    @BeforeEach
    void name() {
        file = folder.resolve("state.json");
    }

    @AfterEach
    void end() {
        opened.forEach(memory -> memory.close(Duration.ofSeconds(1)));
    }

    private StopMemory open(Path path) {
        StopMemory memory = StateFile.open(path);
        opened.add(memory);
        return memory;
    }

    /** Whether a stop is written there, in a watchdog's life. */
    private boolean remembers(Path path) {
        StopMemory memory = open(path);
        memory.remember(WEB, THREE);
        assertThat(memory.recalls(WEB, THREE)).isTrue();
        return memory.close(LIMIT);
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private Path fifo(String name) throws IOException, InterruptedException {
        Path fifo = folder.resolve(name);
        assertThat(succeeds("mkfifo", fifo.toString())).isTrue();
        return fifo;
    }

    /** A character device like /dev/null, which may be lost; not everybody can make one. */
    private Path device(String name) throws IOException, InterruptedException {
        Path device = folder.resolve(name);
        assumeTrue(succeeds("mknod", device.toString(), "c", "1", "3"));
        return device;
    }

    private static int type(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
    }

    private static void assertRefused(Path path, String message) {
        assertThatThrownBy(() -> StopMemory.check(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aPathThatLeadsToAFileOrToNothingYetIsTaken() throws IOException {
        Path there = Files.createFile(folder.resolve("there"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), there);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));

        for (Path path : List.of(there, link, dangling, file, folder.resolve("not/there"), there.resolve("below"))) {
            assertThatCode(() -> StopMemory.check(path)).as(path.toString()).doesNotThrowAnyException();
        }
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        String other =
                " is a device, a pipe or a socket; name a regular file, or leave out --state to remember nothing";
        Path link = Files.createSymbolicLink(folder.resolve("link"), fifo("fifo"));
        Path socket = folder.resolve("socket");

        assertRefused(Path.of(""), "name a file, or leave out --state to remember nothing");
        assertRefused(Path.of("/"), "/ is a folder; name a file in it, as in /state.json");
        assertRefused(folder, folder + " is a folder; name a file in it, as in " + file);
        assertRefused(Path.of("/dev/null"), "/dev/null" + other);
        assertRefused(folder.resolve("fifo"), folder.resolve("fifo") + other);
        assertRefused(link, link + other);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertRefused(socket, socket + other);
        }
    }

    @Test
    void aDeviceStaysADevice() throws Exception {
        Path device = device("null");
        int before = type(device);

        assertThat(remembers(device)).isFalse();

        assertThat(type(device)).isEqualTo(before).isEqualTo(0020000);
        assertThat(StateFile.peek(device).ids()).isEmpty();
    }

    @Test
    void aDeviceThatALinkLeadsToStaysADevice() throws Exception {
        Path device = device("null");
        Path link = Files.createSymbolicLink(file, device);

        assertThat(remembers(link)).isFalse();

        assertThat(type(device)).isEqualTo(0020000);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aPipeStaysAPipeAndIsNotWaitedFor() throws Exception {
        Path fifo = fifo("state.json");

        assertThat(remembers(fifo)).isFalse();

        assertThat(type(fifo)).isEqualTo(0010000);
        assertThat(StateFile.peek(fifo).ids()).isEmpty();
    }

    @Test
    void aFolderStaysAsItIs() throws IOException {
        Files.createDirectory(file);
        Files.writeString(file.resolve("data"), "mine");

        assertThat(remembers(file)).isFalse();
        assertThat(remembers(Path.of("/"))).isFalse();

        assertThat(file.resolve("data")).hasContent("mine");
        assertThat(names()).containsExactly("state.json");
    }

    @Test
    void whatTakesThePlaceOfTheFileLaterIsNotReplacedEither() throws Exception {
        StopMemory memory = open(file);
        Path fifo = fifo("state.json");

        memory.remember(WEB, THREE);

        assertThat(memory.close(LIMIT)).isFalse();
        assertThat(type(fifo)).isEqualTo(0010000);
    }

    @Test
    void aLinkIsKeptAndItsTargetIsWritten() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path target = Files.writeString(elsewhere.resolve("kept.json"), "{\"watchdog\": 1, \"stopped\": {}}");
        Files.createSymbolicLink(folder.resolve("one"), Path.of("elsewhere"));
        Files.createSymbolicLink(folder.resolve("two"), Path.of("one/../elsewhere/kept.json"));
        Files.createSymbolicLink(file, Path.of("two"));

        assertThat(remembers(file)).isTrue();

        assertThat(file).isSymbolicLink();
        assertThat(target).isRegularFile().content().contains(WEB);
        assertThat(StateFile.peek(file).recalls(WEB, THREE)).isTrue();
        assertThat(elsewhere).isDirectoryContaining("glob:**.lock");
        assertThat(names()).containsExactly("elsewhere", "one", "state.json", "two");
    }

    @Test
    void theTargetOfALinkThatLeadsNowhereIsMade() throws IOException {
        Files.createSymbolicLink(file, Path.of("target"));

        assertThat(remembers(file)).isTrue();

        assertThat(file).isSymbolicLink();
        assertThat(folder.resolve("target")).content().contains(WEB);
        assertThat(names()).containsExactly("state.json", "target", "target.lock");
    }

    @Test
    void aForeignFileThatALinkLeadsToIsSetAsideWhereItIs() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Files.createSymbolicLink(file, target);

        assertThat(remembers(file)).isTrue();

        assertThat(file).isSymbolicLink();
        assertThat(target).content().contains(WEB);
        assertThat(folder.resolve("target.damaged")).hasContent("mine");
    }

    @Test
    void aLinkThatLeadsBackToItselfIsLeftAlone() throws IOException {
        Files.createSymbolicLink(file, Path.of("state.json"));

        assertThat(remembers(file)).isFalse();

        assertThat(file).isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.json.new", "state.json.lock"})
    void aLinkBesideItIsNotFollowed(String name) throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Path missing = folder.resolve("missing");
        Path link = Files.createSymbolicLink(folder.resolve(name), precious);
        assertThat(remembers(file)).isFalse();
        assertThat(link).isSymbolicLink();

        Files.delete(link);
        Files.createSymbolicLink(link, missing);
        assertThat(remembers(file)).isFalse();

        assertThat(precious).hasContent("mine");
        assertThat(missing).doesNotExist();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.json.new", "state.json.lock"})
    void whatIsNoFileBesideItIsLeftAlone(String name) throws Exception {
        Path fifo = fifo(name);

        assertThat(remembers(file)).isFalse();

        assertThat(type(fifo)).isEqualTo(0010000);
    }

    @Test
    void anotherNameOfAPreciousFileBesideItIsTakenAwayAndTheFileIsNot() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Files.createLink(folder.resolve("state.json.new"), precious);

        assertThat(remembers(file)).isTrue();

        assertThat(precious).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aForeignFileThatCannotBeSetAsideIsNotReplaced(boolean folderInTheWay) throws Exception {
        Files.writeString(file, "mine");
        Path inTheWay = folder.resolve("state.json.damaged");
        if (folderInTheWay) {
            Files.createDirectory(inTheWay);
        } else {
            fifo("state.json.damaged");
        }
        int before = type(inTheWay);

        assertThat(remembers(file)).isFalse();

        assertThat(file).hasContent("mine");
        assertThat(type(inTheWay)).isEqualTo(before);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
