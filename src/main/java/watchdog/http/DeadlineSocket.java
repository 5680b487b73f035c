package watchdog.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A TCP socket below TLS. Its time-out runs from the moment it is set, for all that is read until it is set again: TLS reads
 * many times for one record or handshake, and a peer that sends a byte now and then would never trip a time-out of each read.
 */
final class DeadlineSocket extends Socket {

    private volatile long deadline;

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        super.setSoTimeout(millis);
    }

    private void limitRead() throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("not complete in time");
        }
        super.setSoTimeout(Math.toIntExact(left));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                limitRead();
                return in.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int count) throws IOException {
                limitRead();
                return in.read(buffer, offset, count);
            }
        };
    }
}
