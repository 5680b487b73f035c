package watchdog.supervise;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import watchdog.engine.Json;

/**
 * What a state file has in it: a JSON object of {@code "watchdog": 1} and {@code "stopped"}, which has the finish time of
 * each stopped container by its id.
 */
final class StateFormat {

    /** Some 30,000 stops. */
    static final int MOST_BYTES = 4 << 20;

    private static final String VERSION = "watchdog";
    private static final String STOPPED = "stopped";

    private StateFormat() {}

    /** The content is not that of a state file. */
    static final class MalformedStateException extends IOException {

        private static final long serialVersionUID = 1L;

        MalformedStateException(String message) {
            super(message);
        }
    }

    /** What is there by id, whether or not it is an id and a time. */
    static Map<String, String> parse(byte[] text) throws MalformedStateException {
        if (text.length > MOST_BYTES) {
            throw new MalformedStateException("it is not watchdog's");
        }
        Map<String, Object> content;
        try {
            content = Json.read(text);
        } catch (IOException e) {
            throw new MalformedStateException(String.valueOf(e.getMessage()));
        }
        if (!Integer.valueOf(1).equals(content.get(VERSION)) || !(content.get(STOPPED) instanceof Map<?, ?> stopped)) {
            throw new MalformedStateException("it is not watchdog's");
        }
        Map<String, String> entries = new TreeMap<>();
        stopped.forEach((id, finishedAt) -> entries.put(String.valueOf(id), String.valueOf(finishedAt)));
        return entries;
    }

    static byte[] text(Map<String, Instant> stopped) {
        Map<String, String> entries = new TreeMap<>();
        stopped.forEach((id, finishedAt) -> entries.put(id, finishedAt.toString()));
        return (Json.written(Map.of(VERSION, 1, STOPPED, entries)) + "\n").getBytes(UTF_8);
    }
}
