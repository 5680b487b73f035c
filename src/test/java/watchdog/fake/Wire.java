package watchdog.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The two directions of a socket as streams that don't wait for each other.
 *
 * <p>{@code java.nio.channels.Channels} shares one lock between both directions up to JDK 18 (JDK-8279339).
 */
final class Wire {
    private Wire() {}

    static InputStream in(SocketChannel channel) {
        return new In(channel);
    }

    static OutputStream out(SocketChannel channel) {
        return new Out(channel);
    }

    private static final class In extends InputStream {
        private final SocketChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(8192).flip();

        In(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int some = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, some);
            return some;
        }

        private boolean fill() throws IOException {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = channel.read(buffer);
                buffer.flip();
                return count > 0;
            }
            return true;
        }
    }

    private static final class Out extends OutputStream {
        private final SocketChannel channel;

        Out(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }
}
