package watchdog.fake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What came in, what is open, and the faults that wait for what comes next. */
final class Traffic {
    private final Monitor monitor;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<String> notHttp = new ArrayList<>();
    private final Deque<PlacedFault> faults = new ArrayDeque<>();

    private record PlacedFault(Predicate<Request> where, Fault fault, boolean once) {}

    Traffic(Monitor monitor) {
        this.monitor = monitor;
    }

    void place(Predicate<Request> where, Fault fault, boolean once) {
        monitor.run(() -> faults.addFirst(new PlacedFault(where, fault, once)));
    }

    void heal() {
        monitor.run(faults::clear);
    }

    void opened(Connection connection) {
        monitor.run(() -> connections.add(connection));
    }

    void ended(Connection connection) {
        monitor.run(() -> connections.remove(connection));
    }

    void notHttp(String what) {
        monitor.run(() -> notHttp.add(what));
    }

    /** Takes down a request, and gives the fault that it meets. */
    Optional<Fault> arrived(Exchange exchange) {
        return monitor.change(() -> {
            exchanges.add(exchange);
            Optional<PlacedFault> placed = faults.stream()
                    .filter(fault -> fault.where().test(exchange.request()))
                    .findFirst();
            placed.filter(PlacedFault::once).ifPresent(faults::remove);
            return placed.map(PlacedFault::fault);
        });
    }

    List<Connection> connections() {
        return monitor.get(() -> List.copyOf(connections));
    }

    List<Connection> openAtClients() {
        return connections().stream().filter(Connection::clientOpen).toList();
    }

    List<Request> requests() {
        return monitor.get(() -> exchanges.stream().map(Exchange::request).toList());
    }

    List<String> notHttp() {
        return monitor.get(() -> List.copyOf(notHttp));
    }
}
