package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.ForkedJvm;

/** Each in a Java process of its own, for junixsocket loads its library once in a process. */
class NativeSocketsTest {

    private static final String UNPACKED_INTO = "org.newsclub.net.unix.library.tmpdir";

    @TempDir
    private Path folder;

    /** Connects, has its temporary folder put right, and connects again. */
    static final class ConnectingTwice {

        private ConnectingTwice() {}

        public static void main(String[] args) throws IOException {
            Path socket = Path.of(args[0]);
            connect(socket);
            for (int n = 1; n < args.length; n++) {
                Files.deleteIfExists(Path.of(args[n]));
            }
            Files.createDirectories(Path.of(args[1]).resolveSibling("tmp"));
            connect(socket);
        }

        private static void connect(Path socket) throws IOException {
            try (ServerSocketChannel server =
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
                Endpoint.unix(socket).connect(Duration.ofSeconds(5)).close();
                server.accept().close();
                System.out.println("connected");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            } finally {
                Files.delete(socket);
            }
        }
    }

    private ForkedJvm.Written connectTwice(String property, Path temporary, Path inTheWay) {
        return ForkedJvm.run(
                folder,
                ConnectingTwice.class,
                List.of("-D" + property + "=" + temporary),
                folder.resolve("engine.sock").toString(),
                inTheWay.toString());
    }

    private static void assertTriedAgain(ForkedJvm.Written written, Path temporary, String cause) {
        assertThat(written.out())
                .containsExactly(
                        "cannot unpack junixsocket's native library into " + temporary + ": " + cause
                                + ": name another folder with java -D" + UNPACKED_INTO + "=DIR",
                        "connected");
        assertThat(written.err()).noneMatch(line -> line.contains("Exception") || line.contains("Error"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.io.tmpdir", UNPACKED_INTO})
    void aFolderThatComesLaterIsTriedAgain(String property) {
        Path temporary = folder.resolve("tmp");

        ForkedJvm.Written written = connectTwice(property, temporary, temporary);

        assertTriedAgain(written, temporary, "No such file or directory");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aFileInPlaceOfTheFolderIsTriedAgain() throws IOException {
        Path temporary = Files.createFile(folder.resolve("tmp"));

        assertTriedAgain(connectTwice("java.io.tmpdir", temporary, temporary), temporary, "Not a directory");
    }

    /** A file system of less than the library, which only root can mount. */
    @Test
    void aFullFolderIsTriedAgain() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        assumeTrue(
                ended("mount", "-t", "tmpfs", "-o", "size=512k", "none", temporary.toString()) == 0,
                "no right to mount");
        try {
            Path filler = Files.write(temporary.resolve("filler"), new byte[480 << 10]);

            assertTriedAgain(connectTwice("java.io.tmpdir", temporary, filler), temporary, "No space left on device");

            assertThat(temporary.resolve("tmp")).isEmptyDirectory();
        } finally {
            assertThat(ended("umount", temporary.toString())).isZero();
        }
    }

    private static int ended(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Everything made there while loading: what a process killed then would leave behind. */
    @Test
    void whatIsMadeInTheFolderIsOfTheFormThatIsClearedLater() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (WatchService made = FileSystems.getDefault().newWatchService()) {
            temporary.register(made, StandardWatchEventKinds.ENTRY_CREATE);

            connectTwice(UNPACKED_INTO, temporary, folder.resolve("none"));

            PathMatcher leftovers = FileSystems.getDefault().getPathMatcher("glob:" + NativeSockets.LEFTOVERS);
            WatchKey key = made.poll(10, TimeUnit.SECONDS);
            assertThat(key.pollEvents())
                    .extracting(event -> (Path) event.context())
                    .hasSizeGreaterThanOrEqualTo(2)
                    .anyMatch(name -> name.toString().startsWith("libtmp"))
                    .allMatch(leftovers::matches);
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void whatProcessesThatWereKilledLeftIsCleared() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Instant old = Instant.now().minusSeconds(120);
        for (String name : List.of(
                "libtmp1libjunixsocket-native-2.11.1.so",
                "libtmp1libjunixsocket-native-2.10.0.nodeps.so",
                "watchdog-1a2b-libjunixsocket-native-2.11.1.so",
                "libtmp1libother.so")) {
            Files.setLastModifiedTime(Files.createFile(temporary.resolve(name)), FileTime.from(old));
        }
        Files.createFile(temporary.resolve("libtmp2libjunixsocket-native-2.11.1.so"));

        connectTwice(UNPACKED_INTO, temporary, folder.resolve("none"));

        assertThat(temporary.toFile().list())
                .containsExactlyInAnyOrder("libtmp1libother.so", "libtmp2libjunixsocket-native-2.11.1.so");
    }

    @Test
    void aLibraryThatAPropertyNamesTakesNoFolder() {
        ForkedJvm.Written written = ForkedJvm.run(
                folder,
                ConnectingTwice.class,
                List.of(
                        "-Djava.io.tmpdir=" + folder.resolve("none"),
                        "-Dorg.newsclub.net.unix.library.override=" + folder.resolve("own.so"),
                        "-Dorg.newsclub.net.unix.library.override.force=true"),
                folder.resolve("engine.sock").toString(),
                folder.resolve("unused").toString());

        assertThat(written.out())
                .hasSize(2)
                .allMatch(line -> line.startsWith("cannot load junixsocket's native library"));
        assertThat(written.err()).noneMatch(line -> line.contains("Exception") || line.contains("Error"));
    }

    @Test
    void theRoomThatIsTriedIsEnoughForEachOfTheLibraries() throws IOException {
        String jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("junixsocket-native-common-"))
                .findFirst()
                .orElseThrow();
        try (ZipFile libraries = new ZipFile(jar)) {
            List<Long> sizes = libraries.stream()
                    .filter(entry -> entry.getName().matches("lib/[^/]*-Linux-.*\\.so"))
                    .map(ZipEntry::getSize)
                    .toList();

            assertThat(sizes).isNotEmpty().allMatch(size -> size <= NativeSockets.ROOM);
        }
    }
}
