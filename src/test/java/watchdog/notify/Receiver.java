package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A receiver of webhooks on the loopback interface, which answers as it is told to, and remembers what it was sent. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final boolean isSecure;
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();

    /** A request. */
    public record Posted(String method, String path, Map<String, String> headers, String body) {}

    private Receiver(@Nullable SSLContext context) {
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (context == null) {
                server = HttpServer.create(any, 0);
            } else {
                HttpsServer secure = HttpsServer.create(any, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(context));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        isSecure = context != null;
        server.createContext("/", this::handle);
        server.start();
    }

    public static Receiver begin() {
        return new Receiver(null);
    }

    static Receiver secure(SSLContext context) {
        return new Receiver(context);
    }

    /** Where it is, as far as may be shown of it. */
    public String origin() {
        String host = server.getAddress().getAddress().getHostAddress();
        return (isSecure ? "https://" : "http://") + host + ":"
                + server.getAddress().getPort();
    }

    /** Has the next requests answered so; those after them by 200. */
    Receiver answering(int... all) {
        for (int status : all) {
            statuses.add(status);
        }
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            Integer status = statuses.poll();
            if (status != null && status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            posted.add(new Posted(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
        }
    }

    /** Waits for the next request. */
    public Posted next() throws InterruptedException {
        Posted next = posted.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was posted to " + origin());
        }
        return next;
    }

    /** How many requests came that {@link #next} has not given. */
    public int waiting() {
        return posted.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
