package watchdog.http;

import java.io.IOException;
import org.newsclub.net.unix.AFUNIXSocket;

/** The unix sockets of junixsocket, whose native library is unpacked into the temporary folder when first needed. */
final class NativeSockets {

    private static final String FOLDER_PROPERTY = "org.newsclub.net.unix.library.tmpdir";

    private NativeSockets() {}

    static AFUNIXSocket open() throws IOException {
        try {
            return AFUNIXSocket.newInstance();
        } catch (LinkageError | IllegalStateException | UnsupportedOperationException e) {
            throw new IOException(
                    "cannot load junixsocket's native library; if the temporary folder is mounted noexec, name another"
                            + " with -D" + FOLDER_PROPERTY + "=DIR (" + e.getMessage() + ")",
                    e);
        }
    }
}
