package watchdog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import watchdog.engine.DockerEngine;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.LabelSelector;
import watchdog.policy.NamePattern;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;
import watchdog.report.Log;
import watchdog.supervise.StateFile;
import watchdog.supervise.StopMemory;
import watchdog.supervise.WatchLoop;

/** {@code watchdog}: watches until it is ended. The options that are inherited are those of {@code watchdog ps} too. */
@Command(
        name = "watchdog",
        header = "Keeps the Docker containers you name running.",
        customSynopsis = "watchdog --list=NAME[,NAME...] [OPTIONS] [ps]",
        versionProvider = Version.class,
        subcommands = PsCommand.class,
        synopsisHeading = "%nUsage: ",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  watchdog --list=web,api --time=10", "  watchdog ps --list='web-*' --host=tcp://127.0.0.1:2375"})
final class WatchdogCommand implements Callable<Integer> {

    private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
    private static final Duration LAST_LINE = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-l", "-list", "--list"},
            paramLabel = "NAME[,NAME...]",
            scope = ScopeType.INHERIT,
            parameterConsumer = Adding.class,
            order = HelpText.ESSENTIAL,
            description = "Containers to watch: names, or globs with * and ?. Can be repeated.")
    private List<String> list = new ArrayList<>();

    @Option(
            names = {"-t", "-time", "--time"},
            paramLabel = "INTERVAL",
            scope = ScopeType.INHERIT,
            order = HelpText.ESSENTIAL,
            converter = DurationOption.class,
            defaultValue = "10",
            description = "Time between two looks: seconds, or 500ms, 10s, 1m30s. Default: 10.")
    @SuppressWarnings("NullAway.Init")
    private Duration interval;

    @Option(
            names = {"-H", "--host"},
            paramLabel = "ENDPOINT",
            scope = ScopeType.INHERIT,
            order = HelpText.OFTEN,
            description = {"The engine: " + Endpoint.FORMS + ".", "Default: $DOCKER_HOST or /var/run/docker.sock."})
    private @Nullable String host;

    @Option(
            names = "--exclude",
            paramLabel = "NAME[,NAME...]",
            scope = ScopeType.INHERIT,
            parameterConsumer = Adding.class,
            order = HelpText.OFTEN,
            description = "Of the containers listed, those to leave alone.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--label",
            parameterConsumer = Adding.class,
            paramLabel = "KEY[=VALUE]",
            scope = ScopeType.INHERIT,
            order = HelpText.OFTEN,
            description = "Watch the containers with this label, too or instead. Can be repeated.")
    private List<String> labels = new ArrayList<>();

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            order = HelpText.RARELY,
            description =
                    "Where to remember what operators stopped. Default: $STATE_DIRECTORY/state.json, else nowhere.")
    private @Nullable Path state;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            order = HelpText.OFTEN,
            defaultValue = "info",
            description = "How much to say: ${COMPLETION-CANDIDATES}. Default: info.")
    @SuppressWarnings("NullAway.Init")
    private Logging.Level logLevel;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            scope = ScopeType.INHERIT,
            order = HelpText.RARELY,
            converter = DurationOption.class,
            defaultValue = "10s",
            description = "How long the engine may be silent when asked. Default: 10s.")
    @SuppressWarnings("NullAway.Init")
    private Duration timeout;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            converter = ParallelOption.class,
            order = HelpText.RARELY,
            defaultValue = "8",
            description = "How many containers to start at a time. Default: 8.")
    private int parallel;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = HelpText.RARELY,
            description = "Show this text and exit.")
    @SuppressWarnings("unused") // picocli asks whether it was given
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            order = HelpText.RARELY,
            description = "Show the version and exit.")
    @SuppressWarnings("unused") // likewise
    private boolean version;

    WatchdogCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        WatchList watchList = watchList(spec);
        Endpoint endpoint = endpoint(spec);
        Logging.configure(logLevel, false);
        return watch(watchList, endpoint).code();
    }

    private ExitStatus watch(WatchList watchList, Endpoint endpoint) throws InterruptedException {
        Logger log = LoggerFactory.getLogger("watchdog");
        Log observer = new Log();
        Path stateFile = stateFile();
        StopMemory memory = stateFile == null ? StopMemory.NONE : StateFile.open(stateFile);
        WatchLoop loop = new WatchLoop(engine(endpoint), watchList, rules(), memory, observer);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(loop, log), "stop"));
        observer.watching(watchList, interval, endpoint.toString());
        try {
            loop.run(interval, parallel);
            return ExitStatus.OK;
        } catch (RuntimeException e) {
            log.error("watchdog itself has failed, which is a bug", e);
            log.error("ending, because of the above: {}", e.toString());
            return ExitStatus.FAILURE;
        }
    }

    /**
     * On SIGTERM, SIGINT and SIGHUP, whose exit status the Java virtual machine sets. Whoever reads standard output may
     * have stopped reading: then the last line is not waited for.
     */
    private static void stop(WatchLoop loop, Logger log) {
        if (loop.stop(SHUTDOWN)) {
            Thread lastLine = new Thread(() -> log.info("stopped: asked to end"), "last line");
            lastLine.setDaemon(true);
            lastLine.start();
            try {
                lastLine.join(LAST_LINE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What {@code --list} and {@code --exclude} say, to the command that asks. */
    WatchList watchList(CommandSpec asking) {
        List<NamePattern> listed = patterns(asking, "--list", list);
        List<LabelSelector> selectors = selectors(asking);
        if (listed.isEmpty() && selectors.isEmpty()) {
            throw wrong(
                    asking,
                    "--list and --label are missing, so there is nothing to watch; use --list=web,api or --list='*'");
        }
        WatchList watchList = new WatchList(listed, selectors, patterns(asking, "--exclude", exclude));
        if (watchList.isEmpty()) {
            throw wrong(asking, "--exclude=" + String.join(",", exclude) + ": takes out all that is listed; list more");
        }
        return watchList;
    }

    private static List<NamePattern> patterns(CommandSpec asking, String option, List<String> values) {
        List<NamePattern> patterns = new ArrayList<>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                try {
                    patterns.add(NamePattern.parse(name));
                } catch (IllegalArgumentException e) {
                    throw wrong(asking, option + "=" + value + ": " + e.getMessage());
                }
            }
        }
        return List.copyOf(patterns);
    }

    private List<LabelSelector> selectors(CommandSpec asking) {
        List<LabelSelector> selectors = new ArrayList<>();
        for (String value : labels) {
            try {
                selectors.add(LabelSelector.parse(value));
            } catch (IllegalArgumentException e) {
                throw wrong(asking, "--label=" + value + ": " + e.getMessage());
            }
        }
        return List.copyOf(selectors);
    }

    private static ParameterException wrong(CommandSpec asking, String message) {
        return new ParameterException(asking.commandLine(), message);
    }

    /** What {@code --host} says, or the environment, or Docker's default, to the command that asks. */
    Endpoint endpoint(CommandSpec asking) {
        String fromEnvironment = environment.getOrDefault("DOCKER_HOST", "");
        String given = host != null ? host : fromEnvironment.isEmpty() ? DEFAULT_HOST : fromEnvironment;
        try {
            return Endpoint.parse(given);
        } catch (IllegalArgumentException e) {
            throw wrong(asking, (host != null ? "--host=" : "DOCKER_HOST=") + given + ": " + e.getMessage());
        }
    }

    DockerEngine engine(Endpoint endpoint) {
        return new DockerEngine(new HttpClient(endpoint), Timeouts.of(timeout));
    }

    Rules rules() {
        return rules.rules(OwnContainer.id());
    }

    /** What {@code --state} says, or where systemd wants it (systemd.exec(5)), or null. */
    @Nullable
    Path stateFile() {
        String directory = environment.getOrDefault("STATE_DIRECTORY", "").split(":", 2)[0];
        return state != null || directory.isEmpty() ? state : Path.of(directory, "state.json");
    }

    Logging.Level logLevel() {
        return logLevel;
    }
}
