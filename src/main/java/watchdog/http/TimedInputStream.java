package watchdog.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What comes from a socket, each read bounded by the silence allowed and by what is left of the total: a peer that
 * sends a byte now and then would never trip a plain read time-out.
 */
final class TimedInputStream extends FilterInputStream {

    private static final Duration UNLIMITED = Duration.ofDays(36_500);

    private final Socket socket;
    private Duration silence;
    private Duration total;
    private int limitMillis;
    private final long begin = System.nanoTime();

    TimedInputStream(Socket socket, Timeouts timeouts) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
        this.silence = timeouts.silence();
        this.total = timeouts.total();
    }

    /** From now on that silence is allowed, and no total: for an answer that has no end. */
    void expectSilence(Duration allowed) {
        silence = allowed;
        total = UNLIMITED;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        Duration left = total.minusNanos(System.nanoTime() - begin);
        if (left.toMillis() <= 0) {
            throw notComplete(null);
        }
        boolean silenceFirst = silence.compareTo(left) <= 0;
        limit(Math.toIntExact((silenceFirst ? silence : left).toMillis()));
        try {
            return in.read(buffer, offset, count);
        } catch (SocketTimeoutException e) {
            throw silenceFirst ? silence(e) : notComplete(e);
        } catch (SSLException e) {
            throw TlsFault.explained(e);
        }
    }

    /** With TLS the time-out runs from when it is set ({@link DeadlineSocket}). */
    private void limit(int millis) throws IOException {
        if (millis != limitMillis || socket instanceof TlsSocket) {
            socket.setSoTimeout(millis);
            limitMillis = millis;
        }
    }

    /** Zero, so that a buffered read is one read: asking the socket would be one more system call. */
    @Override
    public int available() {
        return 0;
    }

    private SilenceException silence(Throwable cause) {
        SilenceException timeout = new SilenceException("no answer for " + silence.toMillis() + " ms");
        timeout.initCause(cause);
        return timeout;
    }

    private SocketTimeoutException notComplete(@Nullable Throwable cause) {
        SocketTimeoutException timeout =
                new SocketTimeoutException("the answer was not complete after " + total.toMillis() + " ms");
        timeout.initCause(cause);
        return timeout;
    }
}
