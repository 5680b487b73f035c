package watchdog.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import watchdog.report.Board;
import watchdog.report.Metrics;

/** All that is served. */
public final class Site {

    private Site() {}

    /** Writes maps, lists and values. */
    @FunctionalInterface
    public interface Json {
        /** Writes it, and closes nothing. */
        void write(Object value, OutputStream out) throws IOException;
    }

    /** Its resources, by their paths. */
    public static Map<String, Resource> of(Board board, Metrics metrics, Json json) {
        Health health = new Health(board::sinceTurned, board::engineProblem);
        return Map.of(
                "/healthz",
                health::alive,
                "/readyz",
                health::ready,
                "/metrics",
                () -> Content.of(Metrics.TYPE, metrics::write),
                "/status.json",
                () -> Content.of("application/json", out -> json.write(board.fields(), out)));
    }
}
