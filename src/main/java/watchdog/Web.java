package watchdog;

import watchdog.cli.Version;
import watchdog.engine.Json;
import watchdog.report.Board;
import watchdog.report.Metrics;
import watchdog.report.NotificationCounter;
import watchdog.report.Observer;
import watchdog.serve.HttpSettings;
import watchdog.serve.Site;
import watchdog.serve.WebServer;
import watchdog.supervise.WatchLoop;

/** What is served over HTTP, and what is told for that. */
final class Web {

    private final HttpSettings settings;
    private final Board board;
    private final Metrics metrics = new Metrics(Version.number());

    /** @param board what is so now */
    Web(HttpSettings settings, Board board) {
        this.settings = settings;
        this.board = board;
    }

    Observer observer() {
        return metrics;
    }

    NotificationCounter notificationCounter() {
        return metrics;
    }

    /** Begins to serve, of that loop too. */
    void begin(WatchLoop loop) {
        metrics.watch(board::turnedAt, loop::queued);
        var unused = WebServer.begin(settings, Site.of(board, metrics, Json::write));
    }
}
