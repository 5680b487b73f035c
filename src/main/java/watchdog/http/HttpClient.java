package watchdog.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends HTTP/1.0 requests to one endpoint, each over a connection of its own. Safe for use by many threads. */
public final class HttpClient {

    private static final Logger LOG = LoggerFactory.getLogger(HttpClient.class);

    private final Endpoint endpoint;

    public HttpClient(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Sends a request and reads the head of its answer.
     *
     * @throws IOException if there is no connection, no answer in time, or none that is HTTP
     */
    public HttpResponse send(HttpRequest request, Timeouts timeouts) throws IOException {
        long begin = System.nanoTime();
        HttpResponse response = exchange(endpoint.connect(timeouts.connect()), request, timeouts);
        log(request, response, begin);
        return response;
    }

    /** The same over that connection, which is closed if there is no answer. */
    HttpResponse exchange(Socket socket, HttpRequest request, Timeouts timeouts) throws IOException {
        try {
            write(socket, request.head(endpoint.authority()).getBytes(US_ASCII));
            return HttpResponse.read(socket, timeouts);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} -> no answer: {}", request, e.toString());
            socket.close();
            throw e;
        }
    }

    /** In one write. The output stays open: an engine takes a half-closed connection for a client that has left. */
    private static void write(Socket socket, byte[] head) throws IOException {
        try {
            socket.getOutputStream().write(head);
        } catch (SocketException e) {
            if (!(socket instanceof TlsSocket)) {
                throw e;
            }
            // An engine that refuses our certificate tells so after the handshake of TLS 1.3, and may have closed the
            // connection by now. What it told can be read all the same.
            LOG.debug("reading why nothing can be written: {}", e.toString());
        }
    }

    private static void log(HttpRequest request, HttpResponse response, long begin) {
        if (LOG.isDebugEnabled()) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
            LOG.debug("{} -> {} after {} ms", request, response.status(), micros / 1000.0);
        }
    }
}
