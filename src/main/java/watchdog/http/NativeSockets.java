package watchdog.http;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocket;

/**
 * The unix sockets of junixsocket, which unpacks its native library into a temporary folder and loads it when it is first used,
 * and never tries again if that fails. So it is not used until that folder is seen to take such a file.
 *
 * @see <a href="https://kohlschutter.github.io/junixsocket/customarch.html">junixsocket's system properties</a>
 */
final class NativeSockets {

    /** In bytes: more than any of its native libraries. */
    static final int ROOM = 256 << 10;

    /** What junixsocket unpacks, what is tried below, and what versions of watchdog before this one unpacked. */
    static final String LEFTOVERS = "{libtmp*,watchdog-*-}libjunixsocket-native-*.so";

    private static final String FOLDER = "org.newsclub.net.unix.library.tmpdir";
    private static final String LIBRARY = "org.newsclub.net.unix.library.override";
    private static final String ANOTHER_FOLDER = ": name another folder with java -D" + FOLDER + "=DIR";

    private static boolean tried;
    private static boolean supported;

    private NativeSockets() {}

    /** Opens a socket that is not connected. */
    static AFUNIXSocket open() throws IOException {
        load();
        return AFUNIXSocket.newInstance();
    }

    /** Opens a socket for datagrams. */
    static AFUNIXDatagramChannel openForDatagrams() throws IOException {
        load();
        return AFUNIXDatagramChannel.open();
    }

    private static synchronized void load() throws IOException {
        if (!tried) {
            prepareFolder();
            supported = loadQuietly();
            tried = true;
        }
        if (!supported) {
            throw new IOException("cannot load junixsocket's native library, and will not before a new start; is "
                    + folder() + " mounted noexec?" + ANOTHER_FOLDER);
        }
    }

    private static File folder() {
        return new File(System.getProperty(FOLDER, System.getProperty("java.io.tmpdir")));
    }

    private static void prepareFolder() throws IOException {
        // Where a property names a library, none is unpacked.
        if (System.getProperty(LIBRARY) == null && System.getProperty(LIBRARY + ".force") == null) {
            try {
                tryFolder();
            } catch (IOException e) {
                throw new IOException(
                        "cannot unpack junixsocket's native library into " + folder() + ": " + e.getMessage()
                                + ANOTHER_FOLDER,
                        e);
            }
        }
    }

    /** By java.io, whose exceptions tell the cause in the operating system's words. */
    private static void tryFolder() throws IOException {
        File file = File.createTempFile("watchdog-", "-libjunixsocket-native-try.so", folder());
        try {
            Leftovers.clear(file.toPath(), LEFTOVERS); // first, for they take room
            try (OutputStream out = new FileOutputStream(file)) {
                out.write(new byte[ROOM]);
            }
        } finally {
            boolean unused = file.delete();
        }
    }

    /** A library that does not load is reported by junixsocket with a page of stack traces; one line says it better. */
    private static boolean loadQuietly() {
        PrintStream standardError = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        try {
            return AFUNIXSocket.isSupported();
        } finally {
            System.setErr(standardError);
        }
    }
}
