package watchdog.fake;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Docker engine in this process, on a unix socket or on TCP, that does on demand what a real one won't.
 *
 * <p>{@link #close} fails the test if a client has left a connection open.
 */
public final class FakeEngine implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Monitor monitor = new Monitor();
    private final Traffic traffic = new Traffic(monitor);
    private final EventStreams events = new EventStreams(this);
    private final Inventory inventory = new Inventory(this);
    private final DockerApi api = new DockerApi(this);
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(task -> DaemonThreads.make("fake-engine-later", task));
    private final Listener listener;
    private boolean frozen;
    private boolean closing;
    private volatile boolean stopEventFirst;
    private volatile String apiVersion = "1.51";
    private volatile String engineVersion = "28.5.2";

    private FakeEngine(SocketAddress address) {
        listener = new Listener(address, channel -> {
            Connection connection = new Connection(this, channel);
            traffic.opened(connection);
            connection.open();
        });
        listener.start();
    }

    /** An engine that listens on this unix socket. */
    public static FakeEngine onUnixSocket(Path socket) {
        return new FakeEngine(UnixDomainSocketAddress.of(socket));
    }

    /** An engine that listens on a free TCP port of the loopback interface. */
    public static FakeEngine onTcp() {
        return new FakeEngine(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Where it listens, as {@code DOCKER_HOST} has it. */
    public String host() {
        return listener.host();
    }

    // ---- going away and coming back ----

    /** Listens again, on the same path or port, with the same containers. */
    public void start() {
        monitor.run(events::forget);
        listener.start();
    }

    /** Goes away as if killed: the socket file is removed, connections end, containers stay as they are. */
    public void stop() {
        stop(false);
    }

    /** As {@link #stop}, but leaves the socket file behind, where nobody listens any more: connection refused. */
    public void stopLeavingSocketFile() {
        stop(true);
    }

    /**
     * Shuts down in good order: new connections are refused at once, then {@code kill}, {@code die}, {@code stop} for each
     * container, and then the streams end.
     */
    public void shutDown() {
        listener.stop(false);
        for (FakeContainer container : inventory.newestFirst()) {
            if (monitor.get(container.model()::isRunning)) {
                container.operatorStops();
            }
        }
        endEventStreams();
        monitor.await(GRACE, () -> events.count() == 0);
        cutAll();
    }

    /** As SIGSTOP does: connections are accepted by the kernel, and nothing is read or answered until {@link #thaw}. */
    public void freeze() {
        monitor.run(() -> frozen = true);
    }

    /** Goes on after {@link #freeze}. */
    public void thaw() {
        monitor.run(() -> frozen = false);
    }

    private void stop(boolean leaveFile) {
        listener.stop(leaveFile);
        cutAll();
    }

    private void cutAll() {
        List<Connection> open = traffic.connections();
        open.forEach(Connection::cut);
        changed();
        open.forEach(Connection::release);
    }

    /** Ends, after a bounded wait for clients to close; fails if one has not. */
    @Override
    public void close() {
        if (scheduler.isShutdown()) {
            return;
        }
        monitor.run(() -> closing = true);
        monitor.await(GRACE, () -> traffic.openAtClients().isEmpty());
        List<Connection> forgotten = traffic.openAtClients();
        stop(false);
        scheduler.shutdownNow();
        traffic.connections().forEach(Connection::close);
        monitor.await(GRACE, () -> traffic.connections().isEmpty());
        if (!forgotten.isEmpty()) {
            throw new AssertionError(forgotten.size() + " connections were not closed by the client: " + forgotten);
        }
        if (!notHttp().isEmpty()) {
            throw new AssertionError("a client sent what is no HTTP request: " + notHttp());
        }
    }

    // ---- containers and images ----

    /** A container that runs, until settings say otherwise; it is seen at once, unlike with the other form. */
    public FakeContainer add(String name) {
        return add(name, container -> {});
    }

    /** A container that is seen only once it is as the settings make it. */
    public FakeContainer add(String name, Consumer<FakeContainer> settings) {
        return monitor.change(() -> {
            if (inventory.named(name).isPresent()) {
                throw new IllegalArgumentException("the fake engine has a container " + name);
            }
            FakeContainer container = inventory.conceive(name);
            settings.accept(container);
            inventory.show(container);
            container.emit("create");
            if (container.model().isRunning()) {
                container.emit("start");
            }
            return container;
        });
    }

    /** So many containers named {@code many-00001} and so on, in this state; no events. */
    public List<FakeContainer> addMany(int count, String state) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> {
                    FakeContainer container = inventory.conceive("many-%05d".formatted(i));
                    inventory.show(state.equals("exited") ? container.exited(1) : container.inState(state));
                    return container;
                })
                .toList();
    }

    /** The container of that id, name or unique beginning of an id. */
    public FakeContainer container(String reference) {
        try {
            return inventory.find(reference);
        } catch (Refusal e) {
            throw new AssertionError("the fake engine has " + e.getMessage(), e);
        }
    }

    /** An image of this size. */
    public void image(String name, long size) {
        inventory.image(name, size);
    }

    // ---- events ----

    /** Whether {@code stop} comes before {@code die}; both orders are seen. */
    public FakeEngine stopEventFirst(boolean first) {
        stopEventFirst = first;
        return this;
    }

    /** Events have {@code status}, {@code id} and {@code from} too, as before API 1.52. */
    public FakeEngine oldEventFields() {
        monitor.run(() -> events.oldFields(true));
        return this;
    }

    /** Drops events without a word, as an engine does for a slow reader. */
    public void loseEvents(boolean lose) {
        monitor.run(() -> events.losing(lose));
    }

    /** Ends all event streams while the engine stays. */
    public void endEventStreams() {
        monitor.run(events::endAll);
    }

    /** Puts any line into all event streams. */
    public void emitLine(String line) {
        monitor.run(() -> events.publishLine(line));
    }

    /** Waits until so many clients listen to events. */
    public void awaitEventStreams(int count, Duration atMost) {
        if (!monitor.await(atMost, () -> events.count() == count)) {
            throw new AssertionError("%d event streams after %s, not %d\n%s"
                    .formatted(monitor.get(events::count), atMost, count, log()));
        }
    }

    // ---- faults ----

    /** From now on, answers so at this path (without a version; {@code *} stands for anything). The newest wins. */
    public FakeEngine fault(String path, Fault fault) {
        return fault(request -> Glob.matches(path, request.endpoint()), fault, false);
    }

    /** As {@link #fault(String, Fault)}, for the next request there only. */
    public FakeEngine faultOnce(String path, Fault fault) {
        return fault(request -> Glob.matches(path, request.endpoint()), fault, true);
    }

    /** As the others, for the requests that a condition picks. */
    public FakeEngine fault(Predicate<Request> where, Fault fault, boolean once) {
        traffic.place(where, fault, once);
        return this;
    }

    /** Takes all faults away; what hangs goes on hanging. */
    public void heal() {
        traffic.heal();
    }

    /** Another API version, such as 1.41; requests for a newer one are refused. */
    public FakeEngine version(String engine, String newestApi) {
        engineVersion = engine;
        apiVersion = newestApi;
        return this;
    }

    // ---- what was asked ----

    /** The requests so far, oldest first, with their endings as known by now. */
    public List<Request> requests() {
        return traffic.requests();
    }

    /** The requests so far with this method and this path, where {@code *} stands for anything. */
    public List<Request> requests(String method, String path) {
        return requests().stream().filter(r -> r.is(method, path)).toList();
    }

    /** Waits for the first request so far or to come that fits. */
    public Request awaitRequest(Predicate<Request> wanted, Duration atMost) {
        return awaitRequests(1, wanted, atMost).get(0);
    }

    /** Waits until there have been so many requests that fit, and gives them. */
    public List<Request> awaitRequests(int count, Predicate<Request> wanted, Duration atMost) {
        monitor.await(atMost, () -> requests().stream().filter(wanted).count() >= count);
        List<Request> found = requests().stream().filter(wanted).toList();
        if (found.size() < count) {
            throw new AssertionError(
                    "%d such requests after %s, not %d; there were\n%s".formatted(found.size(), atMost, count, log()));
        }
        return found;
    }

    /** Connections that a client has open. */
    public int openConnections() {
        return traffic.openAtClients().size();
    }

    /** What clients sent that is no HTTP request; {@link #close} fails if there is any. */
    public List<String> notHttp() {
        return traffic.notHttp();
    }

    /** The requests so far, a line each, for messages. */
    public String log() {
        return requests().stream().map(Request::toString).collect(Collectors.joining("\n  ", "  ", ""));
    }

    // ---- for the rest of the fake ----

    Monitor monitor() {
        return monitor;
    }

    Traffic traffic() {
        return traffic;
    }

    Inventory inventory() {
        return inventory;
    }

    EventStreams events() {
        return events;
    }

    DockerApi api() {
        return api;
    }

    String apiVersion() {
        return apiVersion;
    }

    String engineVersion() {
        return engineVersion;
    }

    boolean stopEventFirst() {
        return stopEventFirst;
    }

    /** Lets something happen later, under the monitor. */
    void later(Duration delay, Runnable action) {
        var unused = scheduler.schedule(() -> monitor.run(action), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets an operation take its time, but not beyond the engine's end. */
    void pause(Duration length) {
        if (!length.isZero()) {
            monitor.await(length, () -> closing);
        }
    }

    void awaitThaw(CompletableFuture<Void> over) {
        monitor.await(Duration.ofHours(1), () -> !frozen || closing || over.isDone());
    }

    void changed() {
        monitor.run(() -> {});
    }
}
