package watchdog.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.newsclub.net.unix.AFUNIXSocket;

/** The unix sockets of junixsocket, whose native library is unpacked into the temporary folder and loaded when first needed. */
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

    /**
     * A library that does not load is reported by junixsocket with a page of stack traces; one line says it better. Other
     * threads may write meanwhile, or put another stream in the place of standard error.
     */
    private static boolean load() {
        PrintStream standardError = System.err;
        PrintStream muted = new PrintStream(new Muted(standardError, Thread.currentThread()), true);
        System.setErr(muted);
        NativeLibrary library = NativeLibrary.unpack();
        try {
            return AFUNIXSocket.isSupported();
        } finally {
            library.remove();
            if (System.err.equals(muted)) {
                System.setErr(standardError);
            }
        }
    }

    /** What anybody but that thread writes. */
    private static final class Muted extends FilterOutputStream {

        private final Thread thread;

        Muted(OutputStream out, Thread thread) {
            super(out);
            this.thread = thread;
        }

        @Override
        public void write(int octet) throws IOException {
            if (!Thread.currentThread().equals(thread)) {
                out.write(octet);
            }
        }

        @Override
        public void write(byte[] octets, int offset, int count) throws IOException {
            if (!Thread.currentThread().equals(thread)) {
                out.write(octets, offset, count);
            }
        }
    }
}
