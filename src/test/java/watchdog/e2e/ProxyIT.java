package watchdog.e2e;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import watchdog.real.ProxiedEngine;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** The packaged jar through a socket proxy; what that refuses is named in the log with the path to be allowed. */
@ExtendWith(ProxiedEngine.class)
class ProxyIT extends CoreTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    Duration longest(RealEngine engine) {
        return Duration.ofSeconds(5);
    }

    @Override
    String crashed(RealEngine engine) {
        return "it was killed \\(SIGKILL, 137\\)";
    }

    /** For a restart a path of its own must be let through. */
    @Test
    void restartsWhatLostItsNetwork(ProxiedEngine engine) {
        Container vpn = engine.run("vpn");
        Container app = engine.run("app", "--network=container:" + vpn);
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + vpn + "," + app, "--dependents", "--log-level=debug")) {
            Instant killed = engine.kill9(vpn);
            engine.awaitStartedAfter(app, killed, LIMIT);
            watchdog.awaitLine("POST /containers/[0-9a-f]+/restart\\S* -> 204", LIMIT);
        }
    }

    private static WatchdogProcess watch(ProxiedEngine engine, String way, Container container) {
        return WatchdogProcess.start(
                "--list=" + container, "--time=300ms", "--settle=500ms", "--host=" + engine.way(way));
    }

    @Test
    void worksOnWithoutEvents(ProxiedEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, "no-events", web)) {
            watchdog.awaitLine("WARN no events: .*/no-events.sock: GET /events\\S*: 403 Forbidden", LIMIT);
            Instant killed = engine.kill9(web);
            engine.awaitStartedAfter(web, killed, LIMIT);
            watchdog.awaitLine("INFO " + web + ".*running again", LIMIT);
        }
    }

    @Test
    void saysThatItMayNotList(ProxiedEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, "no-listing", web)) {
            watchdog.awaitLine(
                    "WARN cannot list the containers: .*/no-listing.sock: GET /containers/json\\S*: 403 Forbidden",
                    LIMIT);
        }
    }

    @Test
    void saysThatItMayNotInspect(ProxiedEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, "no-inspect", web)) {
            watchdog.awaitLine("WARN .*/no-inspect.sock: GET /containers/[0-9a-f]+/json: 403 Forbidden", LIMIT);
        }
    }

    @Test
    void saysThatItMayNotStart(ProxiedEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, "no-start", web)) {
            watchdog.awaitLine("connected to", LIMIT);
            Instant unused = engine.kill9(web);
            watchdog.awaitLine(
                    "WARN " + web + ".*start failed: .*/no-start.sock: POST /containers/[0-9a-f]+/start: 403 Forbidden",
                    LIMIT);
        }
    }
}
