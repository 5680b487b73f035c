package watchdog.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client that sends what it is told, byte for byte, and shows what comes back; the tests of the fake use it. */
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;

    private RawClient(SocketChannel channel) {
        this.channel = channel;
        this.in = Wire.in(channel);
    }

    static RawClient connect(FakeEngine engine) throws IOException {
        URI host = URI.create(engine.host());
        SocketAddress address = host.getScheme().equals("unix")
                ? UnixDomainSocketAddress.of(host.getPath())
                : new InetSocketAddress(host.getHost(), host.getPort());
        return new RawClient(SocketChannel.open(address));
    }

    /** The whole answer to an HTTP/1.0 request, head included. */
    static String get(FakeEngine engine, String target) throws IOException {
        return call(engine, "GET " + target);
    }

    static String call(FakeEngine engine, String methodAndTarget) throws IOException {
        try (RawClient client = connect(engine)) {
            return client.ask(methodAndTarget).readAll();
        }
    }

    RawClient ask(String methodAndTarget) throws IOException {
        return send(methodAndTarget + " HTTP/1.0\r\nHost: docker\r\nContent-Length: 0\r\n\r\n");
    }

    RawClient send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return this;
    }

    RawClient halfClose() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    String read(int bytes) throws IOException {
        return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** One line without its end. */
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
