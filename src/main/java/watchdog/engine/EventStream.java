package watchdog.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import watchdog.http.HttpResponse;

/** The engine's events from the moment of its opening on, one JSON object a line; closing it ends a read under way. */
public final class EventStream implements Closeable {

    private static final int LONGEST_LINE = 1 << 20;

    private final HttpResponse response;
    private final InputStream body;
    private final String where;

    EventStream(HttpResponse response, String where) {
        this.response = response;
        this.body = response.body(Long.MAX_VALUE);
        this.where = where;
    }

    /** Waits for the next event of a container, or returns null when the stream has come to its end. */
    public @Nullable EngineEvent next() throws EngineUnreachableException {
        try {
            for (byte[] line = line(); line != null; line = line()) {
                EngineEvent event =
                        line.length == 0 ? null : EngineEvent.of(Json.object(new ByteArrayInputStream(line)));
                if (event != null && Json.isId(event.id())) {
                    return event;
                }
            }
            return null;
        } catch (IOException e) {
            throw new EngineUnreachableException(where + ": " + Words.inOneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int b = body.read(); b != '\n'; b = body.read()) {
            if (b < 0) {
                return null;
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("an event is longer than " + LONGEST_LINE + " bytes");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        response.close();
    }
}
