package watchdog.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import watchdog.http.AnswerFuzz;
import watchdog.policy.Container;

/** Fuzzes the stream of events: each line means what it means alone, whatever the lines around it are. */
public final class EventsFuzz {

    private static final String DOCKER = "HTTP/1.0 200 OK\r\n\r\n";
    private static final String PODMAN = "HTTP/1.0 200 OK\r\nLibpod-Api-Version: 5.8.0\r\n\r\n";
    private static final Unreadable UNREADABLE = new Unreadable();

    private EventsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String stream = new String(data, ISO_8859_1);
        String head = stream.contains("HealthStatus") ? PODMAN : DOCKER;
        List<EngineEvent> together = events(head, stream);
        List<EngineEvent> alone = new ArrayList<>();
        for (String line : stream.substring(0, stream.lastIndexOf('\n') + 1).split("(?<=\n)", -1)) {
            alone.addAll(events(head, line));
        }
        if (!together.equals(alone)) {
            throw new AssertionError(together + ", and line by line " + alone);
        }
        together.forEach(EventsFuzz::use);
    }

    private static List<EngineEvent> events(String head, String lines) {
        byte[] wire = (head + lines).getBytes(ISO_8859_1);
        List<EngineEvent> events = new ArrayList<>();
        try (EventStream stream = stream(wire)) {
            for (Optional<EngineEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                events.add(event.get());
            }
        } catch (EngineUnreachableException | IOException e) {
            throw new AssertionError("a line ends the stream", e);
        }
        return events;
    }

    private static EventStream stream(byte[] wire) throws IOException {
        return new EventStream(
                AnswerFuzz.response(new ByteArrayInputStream(wire)),
                "fuzz",
                UNREADABLE,
                new PodmanDeaths(id -> Optional.empty()));
    }

    private static void use(EngineEvent event) {
        EngineEvent without = event.without(Set.of("name", "exitCode"));
        boolean isSane = Container.isId(event.id())
                && !event.name().startsWith("//")
                && without.name().isEmpty()
                && without.exitCode().isEmpty();
        if (!isSane && !event.name().startsWith("/")) {
            throw new AssertionError(event);
        }
        event.exitCode();
        event.signal();
        event.health();
        event.tellsWhy();
    }
}
