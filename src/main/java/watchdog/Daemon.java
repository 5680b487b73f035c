package watchdog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.cli.Config;
import watchdog.cli.ExitStatus;
import watchdog.cli.Version;
import watchdog.engine.DockerEngine;
import watchdog.engine.Json;
import watchdog.host.HangUp;
import watchdog.host.HoldWatcher;
import watchdog.host.Journal;
import watchdog.host.MemoryTrimmer;
import watchdog.host.Network;
import watchdog.host.RunFolder;
import watchdog.host.ServiceManager;
import watchdog.host.StatusFile;
import watchdog.notify.Notifier;
import watchdog.policy.Rules;
import watchdog.report.Board;
import watchdog.report.Log;
import watchdog.report.LogFormat;
import watchdog.report.LogLine;
import watchdog.report.Logging;
import watchdog.report.NotificationCounter;
import watchdog.report.Observer;
import watchdog.report.Observers;
import watchdog.report.Summary;
import watchdog.supervise.Heartbeat;
import watchdog.supervise.StateFile;
import watchdog.supervise.StopMemory;
import watchdog.supervise.WatchLoop;

/** Wires what watches, watches until it is ended, and ends. */
final class Daemon {

    /** For all that is done at the end, so that it takes less than five seconds whatever hangs. */
    private static final Duration END = Duration.ofSeconds(4);

    /** Of that, what is kept for the last line. */
    private static final Duration LAST_LINE = Duration.ofMillis(500);

    /** By which one sees that the loop is not stuck, even if nothing happens. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

    private Daemon() {}

    /**
     * Runs to its end.
     *
     * @param arguments by which the config can be read again
     */
    static ExitStatus run(Config config, Reload.Arguments arguments, Map<String, String> environment)
            throws InterruptedException {
        LogFormat format = LogFormat.of(config.logFormat(), Journal.isStandardOutput(environment), Json::line);
        // Before any logger is made, for that would keep to slf4j-simple's defaults.
        Consumer<LogLine> lineLog = Logging.configure(config.logLevel(), format, false);
        Logger log = LoggerFactory.getLogger("watchdog");
        config.ofContext().ifPresent(log::info);
        boolean isService = !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
        Log lines = new Log(Version.ofJar(), config.dryRun(), lineLog);
        List<Observer> observers = new ArrayList<>(List.of(config.once() ? new WithoutRetries(lines) : lines));
        Optional<RunFolder> run = config.run().map(RunFolder::new);
        List<Heartbeat> heartbeats = new ArrayList<>();
        Optional<Board> board = board(config, run);
        board.ifPresent(asked -> {
            observers.add(asked);
            heartbeats.add(now -> {
                asked.turned();
                return LONGEST_TURN;
            });
        });
        // Not by a lambda, which would load its classes where nothing is served.
        Web web = board.isPresent() && config.http().isPresent()
                ? new Web(config.http().get(), board.get())
                : null;
        if (web != null) {
            observers.addAll(web.observers());
        }
        Runnable tellEnd = () -> {};
        if (isService) {
            Summary summary = new Summary();
            ServiceManager manager = ServiceManager.of(environment, summary::line);
            observers.add(summary);
            heartbeats.add(manager::beat);
            tellEnd = manager::stopping;
            warnWithoutNetwork(config, log);
        }
        Set<String> labels = ConcurrentHashMap.newKeySet();
        labels.addAll(config.watchList().labelKeys());
        DockerEngine engine = new DockerEngine(config.endpoint(), config.timeout(), labels::contains);
        NotificationCounter counter = web == null ? NotificationCounter.NONE : web.notificationCounter();
        Optional<Notifier> notifier = Notifications.begin(config, engine, counter);
        notifier.map(told -> config.once() ? new WithoutRetries(told) : told).ifPresent(observers::add);
        Observer observer = new Observers(observers);
        StopMemory memory = config.state()
                .map(file -> config.dryRun() ? StateFile.peek(file) : StateFile.open(file))
                .orElse(StopMemory.NONE);
        Rules rules = config.once() ? config.rules().withoutRetries() : config.rules();
        int parallel = config.dryRun() ? 0 : config.parallel();
        WatchLoop loop =
                new WatchLoop(engine, config.watchList(), rules, memory, observer, parallel, Heartbeat.of(heartbeats));
        Runnable first = tellEnd;
        Consumer<Duration> lastWord = patience -> notifier.ifPresent(told -> told.close(patience));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(first, loop, memory, lastWord, log), "stop"));
        // Elsewhere SIGHUP ends the process, as when its terminal goes.
        if (isService && !config.once() && !HangUp.then(new Reload(config, arguments, loop, labels))) {
            log.warn("this Java does not catch SIGHUP: it ends the process, and reloads nothing");
        }
        if (web != null) {
            web.begin(loop);
        }
        run.ifPresent(folder -> HoldWatcher.begin(folder, loop::hold));
        MemoryTrimmer.begin(log);
        try {
            if (config.once()) {
                return ended(loop.runOnce(config.timeout()), log);
            }
            loop.run(config.interval(), config.timeout());
            return ExitStatus.OK;
        } catch (RuntimeException e) {
            log.error("watchdog itself has failed, which is a bug", e);
            log.error("ending, because of the above: {}", e.toString());
            return ExitStatus.FAILURE;
        }
    }

    private static void warnWithoutNetwork(Config config, Logger log) {
        List<String> needing = new ArrayList<>();
        if (config.endpoint().needsNetwork()) {
            needing.add(config.endpoint().toString());
        }
        if (config.http().isPresent()) {
            needing.add("--http");
        }
        if (config.notifications().needsNetwork()) {
            needing.add("--webhook");
        }
        if (!needing.isEmpty() && !Network.OWN.isThere()) {
            needing.forEach(what -> log.warn(
                    "{} needs a network, and there is none here but a loopback interface: the drop-in network.conf gives"
                            + " the service one",
                    what));
        }
    }

    /** What is so now, for who asks by {@code watchdog status} or over HTTP; none where it would not be so for long. */
    private static Optional<Board> board(Config config, Optional<RunFolder> run) {
        boolean isAsked = run.isPresent() || config.http().isPresent();
        if (!isAsked || config.once() || config.dryRun()) {
            return Optional.empty();
        }
        Optional<StatusFile> file = run.map(StatusFile::new);
        Board board = new Board(Version.ofJar(), () -> file.ifPresent(StatusFile::changed));
        file.ifPresent(its -> its.begin(out -> Json.write(board.fields(), out)));
        return Optional.of(board);
    }

    private static ExitStatus ended(Optional<Set<String>> notUp, Logger log) {
        if (notUp.isEmpty()) {
            log.error("ending: the engine does not list its containers");
            return ExitStatus.FAILURE;
        }
        if (!notUp.get().isEmpty()) {
            log.warn("ending: not up: {}", String.join(", ", notUp.get()));
            return ExitStatus.STILL_DOWN;
        }
        log.info("ending: all are up, or left as they are");
        return ExitStatus.OK;
    }

    /**
     * On SIGTERM, SIGINT and SIGHUP, whose exit status the Java virtual machine sets. What comes first may take most of the
     * time, and leaves less to what follows.
     */
    private static void stop(
            Runnable first, WatchLoop loop, StopMemory memory, Consumer<Duration> notifications, Logger log) {
        first.run();
        Instant end = Instant.now().plus(END);
        Instant lastLine = end.minus(LAST_LINE);
        boolean running = loop.stop(until(lastLine));
        memory.close(until(lastLine));
        loop.awaitStarts(until(lastLine));
        notifications.accept(until(lastLine));
        if (running) {
            log.info("stopped: asked to end");
            Logging.awaitWritten(until(end));
        }
    }

    private static Duration until(Instant end) {
        Duration left = Duration.between(Instant.now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
