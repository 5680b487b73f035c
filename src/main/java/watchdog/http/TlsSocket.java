package watchdog.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;

/**
 * A connection over TLS. Closing it closes the TCP connection below at once, which ends a read under way: Java's own would wait for
 * the end of that read first.
 */
final class TlsSocket extends Socket {

    private final DeadlineSocket below;
    private final SSLSocket secured;

    TlsSocket(DeadlineSocket below, SSLSocket secured) {
        this.below = below;
        this.secured = secured;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return secured.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return secured.getOutputStream();
    }

    /** As of {@link DeadlineSocket}. */
    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        below.setSoTimeout(millis);
    }

    @Override
    public synchronized void close() throws IOException {
        below.close();
    }
}
