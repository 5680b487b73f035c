package watchdog;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import watchdog.cli.Version;
import watchdog.engine.Json;
import watchdog.host.HostName;
import watchdog.report.Board;
import watchdog.report.History;
import watchdog.report.Metrics;
import watchdog.report.NotificationCounter;
import watchdog.report.Observer;
import watchdog.serve.HttpSettings;
import watchdog.serve.Page;
import watchdog.serve.Resource;
import watchdog.serve.Site;
import watchdog.serve.WebServer;
import watchdog.supervise.WatchLoop;

/** What is served over HTTP, and what is told for that. */
final class Web {

    private final HttpSettings settings;
    private final Board board;
    private final Metrics metrics = new Metrics(Version.number());
    private final History history = new History(Version.ofJar(), false, InstantSource.system());

    /** @param board what is so now */
    Web(HttpSettings settings, Board board) {
        this.settings = settings;
        this.board = board;
    }

    /** Those who are to be told what there is to count and to remember. */
    List<Observer> observers() {
        return List.of(metrics, history);
    }

    NotificationCounter notificationCounter() {
        return metrics;
    }

    /** Begins to serve, of that loop too. */
    void begin(WatchLoop loop) {
        metrics.watch(board::sinceTurned, loop::queued);
        Page page = new Page(HostName.own(), board, history, InstantSource.system(), ZoneId.systemDefault());
        Map<String, Resource> resources = new HashMap<>(Site.of(board, metrics, Json::write));
        resources.putAll(page.resources());
        var unused = WebServer.begin(settings, resources);
    }
}
