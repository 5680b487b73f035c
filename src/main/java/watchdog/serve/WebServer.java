package watchdog.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what there is to read, by the JDK's own server. It begins to when it can: where the port is in use, it tries again
 * and again.
 *
 * <p>A request has a second to come in and an answer two to be taken, and a quarter of a second later at most the connection
 * is closed. Four threads do that, whatever comes. 64 requests may wait for them; more are refused by closing their
 * connections, of which there are 2,000 at most.
 */
public final class WebServer implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int MOST_WAITING = 64;
    private static final Duration THREADS_STAY = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);
    private static final int BACKLOG = 128;

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    /** Bounds of the JDK's server, most of which it does without by default. It reads them once, when its classes are loaded. */
    private static final Map<String, String> BOUNDS = Map.of(
            // in seconds
            "sun.net.httpserver.maxReqTime",
            "1",
            "sun.net.httpserver.maxRspTime",
            "2",
            // how often it looks for what takes longer, and for connections without a request, in milliseconds
            "sun.net.httpserver.timerMillis",
            "250",
            "sun.net.httpserver.clockTick",
            "500",
            "sun.net.httpserver.maxReqHeaders",
            "50",
            // in characters
            "sun.net.httpserver.maxReqHeaderSize",
            "16384",
            // With few, slow clients would keep all others out for the second that they have.
            "jdk.httpserver.maxConnections",
            "2000");

    private final HttpSettings settings;
    private final Map<String, Resource> resources;
    private final Duration betweenTries;

    private final CountDownLatch closed = new CountDownLatch(1);

    private @Nullable HttpServer server;

    private WebServer(HttpSettings settings, Map<String, Resource> resources, Duration betweenTries) {
        this.settings = settings;
        this.resources = resources;
        this.betweenTries = betweenTries;
    }

    /**
     * Begins to serve.
     *
     * @param resources by their paths
     */
    public static WebServer begin(HttpSettings settings, Map<String, Resource> resources) {
        return begin(settings, resources, BETWEEN_TRIES);
    }

    static WebServer begin(HttpSettings settings, Map<String, Resource> resources, Duration betweenTries) {
        BOUNDS.forEach(System::setProperty);
        WebServer begun = new WebServer(settings, resources, betweenTries);
        daemon(begun::tryUntilItServes, "http").start();
        return begun;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void tryUntilItServes() {
        try {
            String problem = tryOnce("");
            while (!problem.isEmpty() && !closed.await(betweenTries.toMillis(), TimeUnit.MILLISECONDS)) {
                problem = tryOnce(problem);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Returns why it cannot serve, or empty if it does or need not any more; tells another reason than that before. */
    private synchronized String tryOnce(String before) {
        if (closed.getCount() == 0) {
            return "";
        }
        try {
            server = started();
            LOG.info("serving on {}", settings);
            return "";
        } catch (IOException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(before)) {
                LOG.warn("cannot serve on {}: {} (trying again quietly)", settings, problem);
            }
            return problem;
        }
    }

    /** @throws IOException if it cannot listen there */
    private HttpServer started() throws IOException {
        InetAddress address = InetAddress.getByName(settings.address());
        HttpServer begun = HttpServer.create(new InetSocketAddress(address, settings.port()), BACKLOG);
        begun.setExecutor(threads());
        var unused = begun.createContext("/", new Requests(resources, settings.name()));
        begun.start();
        return begun;
    }

    private static Executor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                THREADS_STAY.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> daemon(task, "http request"));
        // Mostly nobody asks.
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Where it listens, once it does. */
    synchronized Optional<InetSocketAddress> address() {
        return Optional.ofNullable(server).map(HttpServer::getAddress);
    }

    /** Ends, with all connections. */
    @Override
    public synchronized void close() {
        closed.countDown();
        if (server != null) {
            server.stop(0);
        }
    }
}
