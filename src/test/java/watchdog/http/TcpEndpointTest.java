package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TcpEndpointTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void connectsByNameAndByAddress() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                try (Socket socket = new TcpEndpoint(host, server.getLocalPort()).connect(PATIENCE);
                        Socket accepted = server.accept()) {
                    assertThat(accepted.getPort()).isEqualTo(socket.getLocalPort());
                }
            }
        }
    }

    @Test
    void aClosedPortMeansThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertFails(new TcpEndpoint("127.0.0.1", port), "connection refused: is the engine or its proxy running?");
    }

    /** A name that no resolver may find (RFC 6761, 6.4). */
    @Test
    void anUnknownHostIsCalledSo() {
        assertFails(new TcpEndpoint("engine.invalid", 2375), "unknown host");
    }

    /** As under an engine that hangs and whose queue is full: the kernel itself lets a connect wait. */
    @Test
    void doesNotWaitForEverForAConnection() throws Exception {
        Duration limit = Duration.ofMillis(200);
        try (FullQueue queue = FullQueue.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int port = ((InetSocketAddress) queue.address()).getPort();
            assertThat(queue.connecting(new TcpEndpoint("127.0.0.1", port), limit))
                    .succeedsWithin(limit.multipliedBy(10))
                    .isEqualTo("no connection in time: is the engine or its proxy running?");
        }
    }

    private static void assertFails(Endpoint endpoint, String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> endpoint.connect(PATIENCE).close())
                .withMessage(message)
                .withCauseInstanceOf(IOException.class);
    }
}
