package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.ForkedJvm;

class UnixEndpointTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The group {@code nogroup}: any but root's own would do. */
    private static final int NO_GROUP = 65534;

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void chooseAPath() {
        path = folder.resolve("engine.sock");
    }

    @Test
    void connects() throws IOException {
        try (ServerSocketChannel server = listen();
                Socket socket = Endpoint.unix(path).connect(PATIENCE)) {
            assertThat(server.accept().write(ByteBuffer.wrap(new byte[] {7}))).isEqualTo(1);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void aMissingSocketMeansThatTheEngineIsNotRunning() {
        assertRefused("no such socket: is the engine running?");
    }

    @Test
    void ifAnotherSocketIsThereItIsNamedWithTheOptionThatAsksIt() throws IOException {
        Path other = Files.createFile(folder.resolve("podman.sock"));
        Endpoint endpoint = Endpoint.unix(path, List.of(folder.resolve("none.sock"), other));

        assertThatExceptionOfType(NobodyListensException.class)
                .isThrownBy(() -> endpoint.connect(PATIENCE))
                .withMessage("no such socket: is the engine running? There is another one: use --host=unix://" + other);
    }

    @Test
    void aMissingFolderIsAMissingSocket() {
        path = folder.resolve("missing").resolve("engine.sock");
        assertRefused("no such socket: is the engine running?");
    }

    @Test
    void aSocketFileWithoutAListenerRefuses() throws IOException {
        listen().close();
        assertThat(path).exists();
        assertRefused("connection refused: nobody listens there, is the engine running?");
    }

    @Test
    void aFileThatIsNoSocketRefuses() throws IOException {
        Files.createFile(path);
        assertRefused("connection refused: nobody listens there, is the engine running?");
    }

    @Test
    void aForbiddenSocketNamesTheGroupToJoin() throws Exception {
        try (ServerSocketChannel server = listen()) {
            assertThat(server.isOpen()).isTrue();
            if (isRoot()) {
                Files.setAttribute(path, "unix:gid", NO_GROUP);
            }
            String group = Files.readAttributes(path, PosixFileAttributes.class)
                    .group()
                    .getName();
            assertForbidden(
                    "----w----", "permission denied: run watchdog as root, or add its user to the group " + group);
        }
    }

    @Test
    void aSocketThatItsGroupMayNotUseEitherNamesNone() throws Exception {
        try (ServerSocketChannel server = listen()) {
            assertThat(server.isOpen()).isTrue();
            assertForbidden("---------", "permission denied: run watchdog as root");
        }
    }

    /** Root may use any socket, so there it is tried by a process that has given up that right (capabilities(7)). */
    private void assertForbidden(String permissions, String message) throws IOException {
        ProcessBuilder java = ForkedJvm.of(Connecting.class, List.of(), path.toString());
        if (isRoot()) {
            java.command().addAll(0, List.of("setpriv", "--bounding-set=-dac_override"));
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        assertThat(ForkedJvm.run(folder, java).out()).containsExactly(message);
    }

    private boolean isRoot() throws IOException {
        return Files.getAttribute(path, "unix:uid").equals(0);
    }

    /** Says what came of connecting to the socket that its argument names. */
    static final class Connecting {

        private Connecting() {}

        public static void main(String[] args) {
            try (Socket socket = Endpoint.unix(Path.of(args[0])).connect(PATIENCE)) {
                System.out.println("connected to " + socket);
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** Asked every few seconds for weeks, while there is no engine, it must not run out of file descriptors. */
    @Test
    void leavesNothingOpenWhereItCannotConnect() {
        int attempts = 200;
        long before = openFiles();
        for (int n = 0; n < attempts; n++) {
            assertRefused("no such socket: is the engine running?");
        }
        assertThat(openFiles() - before).isLessThan(attempts / 2);
    }

    private static long openFiles() {
        String[] descriptors = new File("/proc/self/fd").list();
        assertThat(descriptors).as("watchdog and its tests run on Linux").isNotNull();
        return descriptors.length;
    }

    /** As under an engine that hangs and whose queue is full: the kernel itself lets a connect wait. */
    @Test
    void doesNotWaitForEverForAConnection() throws Exception {
        Duration limit = Duration.ofMillis(200);
        try (FullQueue queue = FullQueue.at(UnixDomainSocketAddress.of(path))) {
            assertThat(queue.connecting(Endpoint.unix(path), limit))
                    .succeedsWithin(limit.multipliedBy(10))
                    .isEqualTo("no connection in time: is the engine running?");
        }
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Endpoint.unix(path).connect(PATIENCE).close())
                .withMessage(message)
                .withCauseInstanceOf(IOException.class);
    }
}
