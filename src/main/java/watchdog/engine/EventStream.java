package watchdog.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import watchdog.http.HttpResponse;
import watchdog.policy.Container;

/**
 * The engine's events from the moment of its opening on, one JSON object a line; a line that cannot be read costs only itself.
 * Closing it ends a read under way.
 */
public final class EventStream implements Closeable {

    private final HttpResponse response;
    private final InputStream body;
    private final boolean podman;
    private final @Nullable PodmanDeaths deaths;
    private final String where;
    private final Unreadable unreadable;

    /** What is in this answer; if Podman gives it, deaths are explained by these. */
    EventStream(HttpResponse response, String where, Unreadable unreadable, PodmanDeaths deaths) {
        this.response = response;
        this.body = response.body(Long.MAX_VALUE);
        this.podman = Podman.answers(response);
        this.deaths = Podman.tellsOfStops(response) ? deaths : null;
        this.where = where;
        this.unreadable = unreadable;
    }

    /** Waits for the next event of a container; empty when the stream has come to its end. */
    public Optional<EngineEvent> next() throws EngineUnreachableException {
        try {
            for (Piece line = line(); line != null; line = line()) {
                EngineEvent event = line.isEmpty() ? null : event(line);
                if (event != null && Container.isId(event.id())) {
                    return Optional.of(event);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineUnreachableException(where + ": " + e.getMessage(), e);
        }
    }

    /** What the line tells, or null if it cannot be read. */
    private @Nullable EngineEvent event(Piece line) {
        try {
            EngineEvent event = ApiJson.event(line.whole(), podman);
            return deaths == null ? event : deaths.explained(event);
        } catch (IOException e) {
            unreadable.tell(where, line, e);
            return null;
        }
    }

    private @Nullable Piece line() throws IOException {
        Piece line = new Piece();
        for (int b = body.read(); b != '\n'; b = body.read()) {
            if (b < 0) {
                return null;
            }
            if (b != '\r') {
                line.add(b);
            }
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        response.close();
    }
}
