package watchdog.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
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
        Socket socket = endpoint.connect(timeouts.connect());
        try {
            // In one write. The output stays open: an engine takes a half-closed connection for a client that has left.
            socket.getOutputStream().write(request.head(endpoint.authority()).getBytes(US_ASCII));
            HttpResponse response = HttpResponse.read(socket, timeouts);
            log(request, response, begin);
            return response;
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} -> no answer: {}", request, e.toString());
            socket.close();
            throw e;
        }
    }

    private static void log(HttpRequest request, HttpResponse response, long begin) {
        if (LOG.isDebugEnabled()) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
            LOG.debug("{} -> {} after {} ms", request, response.status(), micros / 1000.0);
        }
    }
}
