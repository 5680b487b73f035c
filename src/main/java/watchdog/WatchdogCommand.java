package watchdog;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;
import watchdog.report.Log;
import watchdog.report.Observer;
import watchdog.report.Observers;
import watchdog.supervise.StateFile;
import watchdog.supervise.StopMemory;
import watchdog.supervise.WatchLoop;

/** {@code watchdog}: watches until it is ended. Its options are those of {@code watchdog ps} too. */
@Command(
        name = "watchdog",
        versionProvider = Version.class,
        header = "Keeps the Docker containers you name running.",
        customSynopsis = "watchdog --list=NAME[,NAME...] [OPTIONS] [ps]",
        synopsisHeading = "%nUsage: ",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  watchdog --list=web,api --time=10", "  watchdog ps --list='web-*' --host=tcp://127.0.0.1:2375"},
        subcommands = PsCommand.class)
final class WatchdogCommand implements Callable<Integer> {

    private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
    /** For all that is done at the end, so that it takes less than five seconds whatever hangs. */
    private static final Duration END = Duration.ofSeconds(4);

    /** Of that, what is kept for the last line. */
    private static final Duration LAST_LINE = Duration.ofMillis(500);

    @Option(
            names = {"-l", "-list", "--list"},
            order = HelpText.ESSENTIAL,
            scope = ScopeType.INHERIT,
            parameterConsumer = Adding.class,
            paramLabel = "NAME[,NAME...]",
            description = "Containers to watch: names, or globs with * and ?. Can be repeated.")
    private List<String> list = new ArrayList<>();

    @Option(
            names = {"-t", "-time", "--time"},
            order = HelpText.ESSENTIAL,
            scope = ScopeType.INHERIT,
            paramLabel = "INTERVAL",
            converter = DurationOption.class,
            defaultValue = "10",
            description = "Time between two looks: seconds, or 500ms, 10s, 1m30s. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    @Option(
            names = {"-H", "--host"},
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            paramLabel = "ENDPOINT",
            description = {"The engine: " + Endpoint.FORMS + ".", "Default: $DOCKER_HOST or /var/run/docker.sock."})
    private @Nullable String host;

    @Option(
            names = "--exclude",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            parameterConsumer = Adding.class,
            paramLabel = "NAME[,NAME...]",
            description = "Of the containers listed, those to leave alone.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--label",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            parameterConsumer = Adding.class,
            paramLabel = "LABEL[,LABEL...]",
            description = "Watch those with one of these labels, KEY or KEY=VALUE, too or instead. Can be repeated.")
    private List<String> labels = new ArrayList<>();

    @Mixin
    private RuleOptions rules;

    @Option(
            names = "--state",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description =
                    "Where to remember what operators stopped. Default: $STATE_DIRECTORY/state.json, else nowhere.")
    private @Nullable Path state;

    @Option(
            names = "--log-level",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "How much to say: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Logging.Level logLevel;

    @Option(
            names = "--timeout",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "DURATION",
            converter = DurationOption.class,
            defaultValue = "10s",
            description = "How long the engine may be silent when asked. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(
            names = "--parallel",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            converter = ParallelOption.class,
            defaultValue = "8",
            description = "How many containers to start at a time. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(
            names = {"-h", "--help"},
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show this text and exit.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(
            names = {"-V", "--version"},
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    WatchdogCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        // First, for a logger that is made before keeps to slf4j-simple's defaults.
        Logging.configure(logLevel(), false);
        WatchList watchList = watchList(spec);
        Endpoint endpoint = endpoint(spec);
        Path stateFile = stateFile(spec);
        return watch(watchList, endpoint, stateFile).code();
    }

    private ExitStatus watch(WatchList watchList, Endpoint endpoint, @Nullable Path stateFile)
            throws InterruptedException {
        Logger log = LoggerFactory.getLogger("watchdog");
        Observer observer = new Observers(List.of(new Log(Version.ofJar())));
        StopMemory memory = stateFile == null ? StopMemory.NONE : StateFile.open(stateFile);
        WatchLoop loop = new WatchLoop(engine(endpoint, watchList), watchList, rules(), memory, observer, parallel);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(loop, memory, log), "stop"));
        MemoryTrimmer.begin(log);
        try {
            loop.run(interval, timeout);
            return ExitStatus.OK;
        } catch (RuntimeException e) {
            log.error("watchdog itself has failed, which is a bug", e);
            log.error("ending, because of the above: {}", e.toString());
            return ExitStatus.FAILURE;
        }
    }

    /**
     * On SIGTERM, SIGINT and SIGHUP, whose exit status the Java virtual machine sets. What comes first may take most of the
     * time, and leaves less to what follows.
     */
    private static void stop(WatchLoop loop, StopMemory memory, Logger log) {
        Instant end = Instant.now().plus(END);
        Instant lastLine = end.minus(LAST_LINE);
        boolean running = loop.stop(until(lastLine));
        memory.close(until(lastLine));
        loop.awaitStarts(until(lastLine));
        if (running) {
            log.info("stopped: asked to end");
            Logging.awaitWritten(until(end));
        }
    }

    private static Duration until(Instant end) {
        Duration left = Duration.between(Instant.now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What {@code --list}, {@code --label} and {@code --exclude} say, to the command that asks. */
    WatchList watchList(CommandSpec asking) {
        return new WatchListOptions(asking).read(list, labels, exclude);
    }

    /** What {@code --host} says, or the environment, or Docker's default, to the command that asks. */
    Endpoint endpoint(CommandSpec asking) {
        String fromEnvironment = environment.getOrDefault("DOCKER_HOST", "");
        String given = host != null ? host : fromEnvironment.isEmpty() ? DEFAULT_HOST : fromEnvironment;
        try {
            return Endpoint.parse(given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    asking.commandLine(), (host != null ? "--host=" : "DOCKER_HOST=") + given + ": " + e.getMessage());
        }
    }

    DockerEngine engine(Endpoint endpoint, WatchList watchList) {
        return new DockerEngine(
                new HttpClient(endpoint),
                Timeouts.of(timeout),
                label -> watchList.needs(label) || RestartPolicy.needs(label));
    }

    Rules rules() {
        return rules.rules(OwnContainer.id());
    }

    /** What {@code --state} says, or where systemd wants it (systemd.exec(5)), or null, to the command that asks. */
    @Nullable
    Path stateFile(CommandSpec asking) {
        Path asked = state;
        String directory = environment.getOrDefault("STATE_DIRECTORY", "").split(":", 2)[0];
        try {
            Path file = asked != null || directory.isEmpty() ? asked : Path.of(directory, "state.json");
            if (file != null) {
                StateFile.check(file);
            }
            return file;
        } catch (IllegalArgumentException e) {
            String given = asked != null ? "--state=" + asked : "STATE_DIRECTORY=" + directory;
            throw new ParameterException(asking.commandLine(), given + ": " + e.getMessage());
        }
    }

    Logging.Level logLevel() {
        return logLevel;
    }
}
