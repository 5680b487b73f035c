package watchdog;

import watchdog.engine.Json;
import watchdog.report.Board;
import watchdog.serve.HttpSettings;
import watchdog.serve.Site;
import watchdog.serve.WebServer;

/** What is served over HTTP, and what is told for that. */
final class Web {

    private final HttpSettings settings;
    private final Board board;

    /** @param board what is so now */
    Web(HttpSettings settings, Board board) {
        this.settings = settings;
        this.board = board;
    }

    /** Begins to serve. */
    void begin() {
        var unused = WebServer.begin(settings, Site.of(board, Json::write));
    }
}
