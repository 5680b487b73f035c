package watchdog.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.newsclub.net.unix.AFUNIXSocket;

/** The unix sockets of junixsocket, whose native library is unpacked into the temporary folder when first needed. */
final class NativeSockets {

    private static final boolean SUPPORTED = load();

    private NativeSockets() {}

    /** Opens a socket that is not connected. */
    static AFUNIXSocket open() throws IOException {
        if (!SUPPORTED) {
            throw new IOException("cannot load junixsocket's native library, perhaps because "
                    + System.getProperty("java.io.tmpdir")
                    + " is mounted noexec or cannot be written: name another folder with"
                    + " java -Dorg.newsclub.net.unix.library.tmpdir=DIR");
        }
        return AFUNIXSocket.newInstance();
    }

    /** A library that does not load is reported by junixsocket with a page of stack traces; one line says it better. */
    private static boolean load() {
        PrintStream standardError = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
        try {
            return AFUNIXSocket.isSupported();
        } finally {
            System.setErr(standardError);
        }
    }
}
