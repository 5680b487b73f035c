package watchdog.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * A unix socket in the file system.
 *
 * @param others where there may be another one, which is told if this one is not there
 */
record UnixEndpoint(Path path, List<Path> others) implements Endpoint {

    /** {@code sun_path} is 108 bytes with its terminating zero (unix(7)). */
    private static final int LONGEST_PATH = 107;

    private static final String NO_SOCKET = "no such socket: is the engine running?";
    private static final String REFUSED = "connection refused: nobody listens there, is the engine running?";

    static UnixEndpoint at(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("no path, use " + FORMS);
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("not a path from the root, use " + FORMS);
        }
        if (path.getBytes(UTF_8).length > LONGEST_PATH) {
            throw new IllegalArgumentException("the path of a unix socket has at most " + LONGEST_PATH + " bytes");
        }
        try {
            return new UnixEndpoint(Path.of(path), List.of());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path: " + e.getReason(), e);
        }
    }

    @Override
    public Socket connect(Duration timeout) throws IOException {
        AFUNIXSocket socket = NativeSockets.open();
        try {
            // This one bounds the system call. connect's own limit does not (junixsocket's issue 176): it only tries
            // again if that call ended a little too soon, and fails with an IllegalArgumentException if that fails too.
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            socket.connect(AFUNIXSocketAddress.of(path));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw explained(e);
        }
    }

    private IOException explained(IOException failure) {
        String explanation = explain(failure);
        boolean nobodyListens = explanation.startsWith(NO_SOCKET) || explanation.equals(REFUSED);
        IOException explained = nobodyListens ? new NobodyListensException(explanation) : new IOException(explanation);
        explained.initCause(failure);
        return explained;
    }

    /** The operating system's words name neither the path nor what to do, so both are added here. */
    private String explain(IOException failure) {
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (!Files.exists(path) && !words.contains("permission")) {
            return NO_SOCKET
                    + others.stream()
                            .filter(Files::exists)
                            .findFirst()
                            .map(other -> " There is another one: use --host=unix://" + other)
                            .orElse("");
        }
        if (words.contains("permission")) {
            return "permission denied: run watchdog as root" + orAsMemberOfItsGroup();
        }
        if (words.contains("refused")) {
            return REFUSED;
        }
        if (words.contains("temporarily unavailable")) {
            return "no connection in time: is the engine running?";
        }
        return words;
    }

    /** The group that owns the socket, if it may connect, which takes the right to write (unix(7)). */
    private String orAsMemberOfItsGroup() {
        try {
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
            String group = attributes.group().getName();
            boolean mayConnect = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE);
            return mayConnect && !group.equals("root") ? ", or add its user to the group " + group : "";
        } catch (IOException | UnsupportedOperationException e) {
            return ", or add its user to the group docker";
        }
    }

    @Override
    public boolean needsNetwork() {
        return false;
    }

    @Override
    public String authority() {
        return "docker";
    }

    @Override
    public String toString() {
        return "unix://" + path;
    }
}
