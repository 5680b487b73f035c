package watchdog.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that complains when it turns out to be longer than it may be. */
final class BoundedInputStream extends FilterInputStream {

    private final long most;
    private long read;

    BoundedInputStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int n = in.read(buffer, offset, count);
        count(Math.max(n, 0));
        return n;
    }

    private void count(int n) throws MalformedResponseException {
        read += n;
        if (read > most) {
            throw new MalformedResponseException("the body is longer than " + most + " bytes");
        }
    }
}
