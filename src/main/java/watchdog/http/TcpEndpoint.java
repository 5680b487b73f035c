package watchdog.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TCP address, unencrypted: what socket proxies offer. With TLS see {@link TlsEndpoint}. */
record TcpEndpoint(String host, int port) implements Endpoint {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:/\\s]+)(?::(\\d{1,5}))?/?");

    /** @param defaultPort where none is given */
    static TcpEndpoint at(String address, int defaultPort) {
        Matcher form = FORM.matcher(address);
        if (!form.matches()) {
            throw new IllegalArgumentException("not an address, use tcp://host:port");
        }
        int port = form.group(2) == null ? defaultPort : Integer.parseInt(form.group(2));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        return new TcpEndpoint(form.group(1), port);
    }

    @Override
    public Socket connect(Duration timeout) throws IOException {
        Socket socket = new Socket();
        connect(socket, timeout);
        return socket;
    }

    /** Connects that socket, or closes it. */
    void connect(Socket socket, Duration timeout) throws IOException {
        try {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
        } catch (IOException e) {
            socket.close();
            throw new IOException(explain(e), e);
        }
    }

    private String explain(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "unknown host";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no connection in time: is the engine or its proxy running?";
        }
        if (failure instanceof ConnectException) {
            return "connection refused: is the engine or its proxy running?";
        }
        return String.valueOf(failure.getMessage());
    }

    @Override
    public boolean needsNetwork() {
        return true;
    }

    @Override
    public String authority() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return "tcp://" + authority();
    }
}
