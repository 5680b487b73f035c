package watchdog.fake;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The streams that faults send an answer through. */
final class Shaping {
    private Shaping() {}

    static byte[] bodyOf(Reply reply) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (reply.body() != null) {
            reply.body().writeTo(bytes);
        }
        return bytes.toByteArray();
    }

    static void cut(Exchange exchange, int bytes, boolean stay) throws IOException {
        Limited limited = new Limited(exchange.wire(), bytes);
        try {
            exchange.usual().writeTo(limited, exchange.request());
        } catch (Enough e) {
            exchange.wire().flush();
        }
        if (stay) {
            exchange.awaitClientGone();
        }
    }

    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Limited extends FilterOutputStream {
        private int left;

        Limited(OutputStream out, int limit) {
            super(out);
            left = limit;
        }

        @Override
        public void write(int b) throws IOException {
            if (left == 0) {
                throw new Enough();
            }
            left--;
            out.write(b);
        }
    }

    /** Flushes each byte and waits. */
    static final class Drip extends FilterOutputStream {
        private final Exchange exchange;
        private final Duration pause;

        Drip(Exchange exchange, Duration pause) {
            super(exchange.wire());
            this.exchange = exchange;
            this.pause = pause;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            out.flush();
            exchange.pause(pause);
        }
    }

    /** Chunked transfer coding (RFC 9112, section 7.1). */
    static final class Chunks extends FilterOutputStream {
        private final int size;
        private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();

        Chunks(OutputStream out, int size) {
            super(out);
            this.size = size;
        }

        @Override
        public void write(int b) throws IOException {
            chunk.write(b);
            if (chunk.size() == size) {
                sendChunk();
            }
        }

        @Override
        public void flush() throws IOException {
            sendChunk();
            out.flush();
        }

        @Override
        public void close() throws IOException {
            sendChunk();
            out.write("0\r\nX-Trailer: end\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        private void sendChunk() throws IOException {
            if (chunk.size() > 0) {
                String line = Integer.toHexString(chunk.size()) + ";ext=1\r\n";
                out.write(line.getBytes(StandardCharsets.US_ASCII));
                chunk.writeTo(out);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                chunk.reset();
            }
        }
    }
}
