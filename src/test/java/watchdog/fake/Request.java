package watchdog.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * One request as it came in, and how its connection has ended so far.
 *
 * @param method the method, such as {@code GET}
 * @param path the path as sent, without the query
 * @param query the query as sent, without the question mark; empty if there is none
 * @param version the protocol's version as sent, such as {@code HTTP/1.0}
 * @param headers the headers, found by name in any case
 * @param head request line and headers, exactly as sent
 * @param body the body, empty if there is none
 * @param at when the request was complete
 * @param nanoTime the same on the monotonic clock
 * @param ending what became of it
 */
public record Request(
        String method,
        String path,
        String query,
        String version,
        Map<String, String> headers,
        String head,
        String body,
        Instant at,
        long nanoTime,
        Ending ending) {

    /** How an exchange has ended. */
    public enum Ending {
        /** The answer is still on its way. */
        OPEN,
        /** The engine has sent what it wanted to send, and the client had stayed until then. */
        FINISHED,
        /** The client had shut down its sending side before the answer was complete, but still took the answer. */
        HALF_CLOSED,
        /** One side left before the answer was complete, as is normal for an event stream. */
        ABANDONED
    }

    /** The path without {@code /v1.NN} in front. */
    public String endpoint() {
        return path.replaceFirst("^/v1\\.\\d+(?=/)", "");
    }

    /** The value of a query parameter, decoded; empty if it is not there. */
    public String parameter(String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key).equals(name)) {
                return equals < 0 ? "" : decode(pair.substring(equals + 1));
            }
        }
        return "";
    }

    /** Whether a query parameter is set as the engine understands it: anything but empty, 0, no, false, none. */
    public boolean flag(String name) {
        return switch (parameter(name)) {
            case "", "0", "no", "false", "none" -> false;
            default -> true;
        };
    }

    /** Whether method and path (versioned or not) are these; a {@code *} in the path stands for anything. */
    public boolean is(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && Glob.matches(wantedPath, endpoint());
    }

    /**
     * Whether the client shut down its sending side before the answer was complete; sure only if the answer took a
     * while ({@link Fault#delayed}), and on unix sockets, where writing to a closed socket fails at once.
     */
    public boolean halfClosed() {
        return ending == Ending.HALF_CLOSED;
    }

    Request ended(Ending how) {
        return new Request(method, path, query, version, headers, head, body, at, nanoTime, how);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " " + version + " " + ending;
    }
}
