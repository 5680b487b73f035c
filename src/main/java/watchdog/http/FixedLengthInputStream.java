package watchdog.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose length was announced in {@code Content-Length}: ends there, and complains if it ends before. */
final class FixedLengthInputStream extends FilterInputStream {

    private final long length;
    private long read;

    FixedLengthInputStream(InputStream in, long length) {
        super(in);
        this.length = length;
    }

    @Override
    public int read() throws IOException {
        if (read == length) {
            return -1;
        }
        int b = in.read();
        count(b < 0 ? -1 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        if (read == length) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(count, length - read));
        count(n);
        return n;
    }

    private void count(int n) throws MalformedResponseException {
        if (n < 0) {
            throw new MalformedResponseException("the answer ended after " + read + " of " + length + " bytes");
        }
        read += n;
    }
}
