package watchdog.fake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Who listens to {@code /events}, and the 256 events that an engine remembers; guarded by the engine's monitor. */
final class EventStreams {
    private static final int REMEMBERED = 256;

    private final FakeEngine engine;
    private final Deque<Event> remembered = new ArrayDeque<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean oldFields;
    private boolean losing;

    EventStreams(FakeEngine engine) {
        this.engine = engine;
    }

    void oldFields(boolean wanted) {
        oldFields = wanted;
    }

    void losing(boolean wanted) {
        losing = wanted;
    }

    int count() {
        return subscriptions.size();
    }

    void publish(Event event) {
        if (losing) {
            return;
        }
        remembered.add(event);
        if (remembered.size() > REMEMBERED) {
            remembered.remove();
        }
        byte[] line = event.line(oldFields);
        subscriptions.stream().filter(s -> s.filter.test(event)).forEach(s -> s.lines.add(Optional.of(line)));
    }

    void publishLine(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        subscriptions.forEach(s -> s.lines.add(Optional.of(bytes)));
    }

    void endAll() {
        subscriptions.forEach(Subscription::end);
    }

    void forget() {
        remembered.clear();
    }

    /** Listens from now on; with {@code since}, what is remembered from then on comes first. */
    Subscription subscribe(Predicate<Event> filter, Optional<Instant> since, Optional<Instant> until) {
        Subscription subscription = new Subscription(filter, until);
        since.ifPresent(from -> remembered.stream()
                .filter(event -> !event.at().isBefore(from) && filter.test(event))
                .forEach(event -> subscription.lines.add(Optional.of(event.line(oldFields)))));
        subscriptions.add(subscription);
        return subscription;
    }

    /** One client's stream. */
    final class Subscription {
        private final Predicate<Event> filter;
        private final Optional<Instant> until;
        private final BlockingQueue<Optional<byte[]>> lines = new LinkedBlockingQueue<>();

        Subscription(Predicate<Event> filter, Optional<Instant> until) {
            this.filter = filter;
            this.until = until;
        }

        void end() {
            lines.add(Optional.empty());
        }

        /** Sends the headers at once, then each line as it comes, until one side ends it. */
        void writeTo(OutputStream out, Exchange exchange) throws IOException {
            var unused = exchange.over().thenRun(this::end);
            try {
                out.flush();
                for (Optional<byte[]> line = next(); line.isPresent(); line = next()) {
                    engine.awaitThaw(exchange.over());
                    out.write(line.get());
                    out.flush();
                }
            } finally {
                engine.monitor().run(() -> subscriptions.remove(this));
            }
            if (exchange.clientGone()) {
                exchange.awaitClientGone();
            }
        }

        private Optional<byte[]> next() throws IOException {
            try {
                if (until.isEmpty()) {
                    return lines.take();
                }
                long left = Duration.between(Instant.now(), until.get()).toNanos();
                Optional<byte[]> line = lines.poll(left, TimeUnit.NANOSECONDS);
                return line == null ? Optional.empty() : line;
            } catch (InterruptedException e) {
                throw new InterruptedIOException("the fake engine is closing");
            }
        }
    }
}
