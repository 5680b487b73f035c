package watchdog.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;

/** A socket that listens, goes away and comes back on the same path or port. */
final class Listener {
    private static final int BACKLOG = 128;

    private final Consumer<SocketChannel> accepted;
    private SocketAddress address;
    private ServerSocketChannel server;
    private Thread accepting;

    Listener(SocketAddress address, Consumer<SocketChannel> accepted) {
        this.address = address;
        this.accepted = accepted;
    }

    /** As {@code DOCKER_HOST} has it. */
    synchronized String host() {
        return address instanceof InetSocketAddress tcp ? "tcp://127.0.0.1:" + tcp.getPort() : "unix://" + address;
    }

    synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            ServerSocketChannel channel;
            if (address instanceof UnixDomainSocketAddress socket) {
                Files.deleteIfExists(socket.getPath());
                channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            } else {
                channel = ServerSocketChannel.open();
            }
            channel.bind(address, BACKLOG);
            address = channel.getLocalAddress();
            server = channel;
            accepting = DaemonThreads.start("fake-engine-accept", () -> accept(channel));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
    }

    synchronized void stop(boolean leaveFile) {
        if (server == null) {
            return;
        }
        try {
            server.close();
            // A socket listens on until the thread that is blocked in accept has left it.
            DaemonThreads.joined(accepting, Duration.ofSeconds(1));
            server = null;
            if (address instanceof UnixDomainSocketAddress socket && !leaveFile) {
                Files.deleteIfExists(socket.getPath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening on " + address, e);
        }
    }

    private void accept(ServerSocketChannel channel) {
        while (channel.isOpen()) {
            try {
                accepted.accept(channel.accept());
            } catch (IOException e) {
                if (channel.isOpen()) {
                    throw new UncheckedIOException("cannot accept", e);
                }
            }
        }
    }
}
