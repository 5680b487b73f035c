package watchdog;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.cli.Config;
import watchdog.cli.Version;
import watchdog.engine.DockerEngine;
import watchdog.engine.EngineException;
import watchdog.engine.Json;
import watchdog.host.HostName;
import watchdog.notify.Notifier;
import watchdog.report.NotificationCounter;

/** Wires who tells webhooks and programs. */
final class Notifications {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private Notifications() {}

    /** Begins to tell them; empty if nobody is to be told, and in a dry run, where nothing happens. */
    static Optional<Notifier> begin(Config config, DockerEngine engine, NotificationCounter counter) {
        if (config.notifications().isEmpty() || config.dryRun()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Notifier.begin(
                    config.notifications(),
                    HostName.own(),
                    Version.ofJar(),
                    (id, count) -> lastLogLines(engine, id, count),
                    Json::line,
                    counter));
        } catch (IOException e) {
            // It could be read when the arguments were.
            LOG.error("no notifications: --webhook-ca: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** None where the engine refuses, which is no fault: some log drivers keep nothing. */
    private static List<String> lastLogLines(DockerEngine engine, String id, int count) {
        try {
            return engine.lastLogLines(id, count);
        } catch (EngineException e) {
            LOG.debug("no lines of a container's log: {}", e.getMessage());
            return List.of();
        }
    }
}
