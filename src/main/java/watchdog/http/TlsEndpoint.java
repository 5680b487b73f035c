package watchdog.http;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A TCP address behind TLS, as {@code dockerd --tlsverify} offers it. */
final class TlsEndpoint implements Endpoint {

    private final TcpEndpoint tcp;
    private final TlsIdentity identity;
    private final SSLSocketFactory sockets;

    TlsEndpoint(TcpEndpoint tcp, TlsIdentity identity) throws IOException {
        this.tcp = tcp;
        this.identity = identity;
        this.sockets = identity.context().getSocketFactory();
    }

    @Override
    public Socket connect(Duration timeout) throws IOException {
        long begin = System.nanoTime();
        DeadlineSocket socket = new DeadlineSocket();
        tcp.connect(socket, timeout);
        try {
            String name = tcp.host().replaceAll("[\\[\\]]", "");
            SSLSocket secured = (SSLSocket) sockets.createSocket(socket, name, tcp.port(), true);
            if (identity.verify()) {
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
            }
            Duration left = timeout.minusNanos(System.nanoTime() - begin);
            socket.setSoTimeout(Math.toIntExact(Math.max(1, left.toMillis())));
            secured.startHandshake();
            return new TlsSocket(socket, secured);
        } catch (IOException e) {
            socket.close();
            throw TlsFault.explained(e);
        }
    }

    @Override
    public boolean needsNetwork() {
        return true;
    }

    @Override
    public String authority() {
        return tcp.authority();
    }

    /** The same address with the same certificates and key, wherever those were read. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TlsEndpoint that && tcp.equals(that.tcp) && identity.equals(that.identity);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tcp, identity);
    }

    @Override
    public String toString() {
        return tcp.toString();
    }
}
