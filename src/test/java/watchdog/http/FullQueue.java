package watchdog.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server that accepts nobody, with as many clients waiting already as the kernel lets wait. */
final class FullQueue implements AutoCloseable {

    private static final int MORE_THAN_ENOUGH = 20;

    private final ServerSocketChannel server;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private FullQueue(ServerSocketChannel server) {
        this.server = server;
    }

    static FullQueue at(SocketAddress address) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        FullQueue queue = new FullQueue(
                unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open());
        queue.server.bind(address, 1);
        for (int n = 0; n < MORE_THAN_ENOUGH; n++) {
            SocketChannel client = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            queue.waiting.add(client);
            client.configureBlocking(false);
            try {
                client.connect(queue.address());
            } catch (IOException full) {
                break;
            }
        }
        return queue;
    }

    SocketAddress address() throws IOException {
        return server.getLocalAddress();
    }

    /** Tries to connect, from another thread, which {@link #close} lets go; ends with what the attempt fails with. */
    CompletableFuture<String> connecting(Endpoint endpoint, Duration limit) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = endpoint.connect(limit)) {
                return "connected: " + socket;
            } catch (IOException e) {
                return e.getMessage();
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel client : waiting) {
            client.close();
        }
    }
}
