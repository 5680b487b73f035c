package watchdog.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112, 7.1), which a proxy may send although HTTP/1.0 has none. */
final class ChunkedInputStream extends FilterInputStream {

    private static final int MOST_HEX_DIGITS = 8;

    private boolean first = true;
    private boolean ended;
    private long left;

    ChunkedInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(count, left));
        if (n < 0) {
            throw new MalformedResponseException("the answer ended within a chunk, " + left + " bytes early");
        }
        left -= n;
        return n;
    }

    private void nextChunk() throws IOException {
        if (!first && !ResponseHead.line(in, "chunk").isEmpty()) {
            throw new MalformedResponseException("a chunk is longer than announced");
        }
        first = false;
        String line = ResponseHead.line(in, "chunk size");
        String size = line.split(";", 2)[0].strip();
        if (size.isEmpty() || size.length() > MOST_HEX_DIGITS || !size.matches("[0-9A-Fa-f]+")) {
            throw new MalformedResponseException("not the size of a chunk: '" + ResponseHead.excerpt(size) + "'");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            ended = true;
            skipTrailers();
        }
    }

    private void skipTrailers() throws IOException {
        for (int n = 0; !ResponseHead.line(in, "trailer").isEmpty(); n++) {
            if (n == ResponseHead.MOST_HEADERS) {
                throw new MalformedResponseException("more than " + ResponseHead.MOST_HEADERS + " trailers");
            }
        }
    }
}
