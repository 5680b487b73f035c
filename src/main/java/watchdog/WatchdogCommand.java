package watchdog;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
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

/** {@code watchdog}: watches until it is ended. Its options are those of {@code watchdog ps} too. */
final class WatchdogCommand implements Callable<Integer> {

    private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
    /** For all that is done at the end, so that it takes less than five seconds whatever hangs. */
    private static final Duration END = Duration.ofSeconds(4);

    /** Of that, what is kept for the last line. */
    private static final Duration LAST_LINE = Duration.ofMillis(500);

    private final OptionSpec list = Options.adding(HelpText.ESSENTIAL, "-l", "-list", "--list")
            .paramLabel("NAME[,NAME...]")
            .description("Containers to watch: names, or globs with * and ?. Can be repeated.")
            .build();

    private final OptionSpec interval = Options.duration(HelpText.ESSENTIAL, "10", "-t", "-time", "--time")
            .paramLabel("INTERVAL")
            .description("Time between two looks: seconds, or 500ms, 10s, 1m30s. Default: 10.")
            .build();

    private final OptionSpec host = Options.of(String.class, HelpText.OFTEN, "-H", "--host")
            .paramLabel("ENDPOINT")
            .description("The engine: " + Endpoint.FORMS + ".", "Default: $DOCKER_HOST or /var/run/docker.sock.")
            .build();

    private final OptionSpec exclude = Options.adding(HelpText.OFTEN, "--exclude")
            .paramLabel("NAME[,NAME...]")
            .description("Of the containers listed, those to leave alone.")
            .build();

    private final OptionSpec labels = Options.adding(HelpText.OFTEN, "--label")
            .paramLabel("KEY[=VALUE]")
            .description("Watch the containers with this label, too or instead. Can be repeated.")
            .build();

    private final RuleOptions rules = new RuleOptions();

    private final OptionSpec state = Options.of(Path.class, HelpText.RARELY, "--state")
            .paramLabel("FILE")
            .description(
                    "Where to remember what operators stopped. Default: $STATE_DIRECTORY/state.json, else nowhere.")
            .build();

    private final OptionSpec logLevel = Options.of(Logging.Level.class, HelpText.OFTEN, "--log-level")
            .paramLabel("LEVEL")
            .defaultValue("info")
            .description("How much to say: ${COMPLETION-CANDIDATES}. Default: info.")
            .build();

    private final OptionSpec timeout = Options.duration(HelpText.RARELY, "10s", "--timeout")
            .description("How long the engine may be silent when asked. Default: 10s.")
            .build();

    private final OptionSpec parallel = Options.of(int.class, HelpText.RARELY, "--parallel")
            .paramLabel("N")
            .converters(new ParallelOption())
            .defaultValue("8")
            .description("How many containers to start at a time. Default: 8.")
            .build();

    private final OptionSpec help = Options.flag(HelpText.RARELY, "-h", "--help")
            .usageHelp(true)
            .description("Show this text and exit.")
            .build();

    private final OptionSpec version = Options.flag(HelpText.RARELY, "-V", "--version")
            .versionHelp(true)
            .description("Show the version and exit.")
            .build();

    private final Map<String, String> environment;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    WatchdogCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What picocli is to know of this command, and of {@code ps} below it. */
    CommandSpec spec() {
        spec.name("watchdog").versionProvider(new Version());
        spec.usageMessage()
                .header("Keeps the Docker containers you name running.")
                .customSynopsis("watchdog --list=NAME[,NAME...] [OPTIONS] [ps]")
                .synopsisHeading("%nUsage: ")
                .commandListHeading("%nCommands:%n")
                .footerHeading("%nExamples:%n")
                .footer(
                        "  watchdog --list=web,api --time=10",
                        "  watchdog ps --list='web-*' --host=tcp://127.0.0.1:2375");
        Stream.of(list, interval, host, exclude, labels).forEach(spec::addOption);
        rules.all().forEach(spec::addOption);
        Stream.of(state, logLevel, timeout, parallel, help, version).forEach(spec::addOption);
        return spec.addSubcommand("ps", new PsCommand(this).spec());
    }

    @Override
    public Integer call() throws InterruptedException {
        WatchList watchList = watchList(spec);
        Endpoint endpoint = endpoint(spec);
        Path stateFile = stateFile(spec);
        Logging.configure(logLevel(), false);
        return watch(watchList, endpoint, stateFile).code();
    }

    private ExitStatus watch(WatchList watchList, Endpoint endpoint, @Nullable Path stateFile)
            throws InterruptedException {
        Logger log = LoggerFactory.getLogger("watchdog");
        Log observer = new Log();
        StopMemory memory = stateFile == null ? StopMemory.NONE : StateFile.open(stateFile);
        WatchLoop loop = new WatchLoop(engine(endpoint), watchList, rules(), memory, observer, parallel.getValue());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(loop, memory, log), "stop"));
        MemoryTrimmer.begin(log);
        try {
            loop.run(interval.getValue(), timeout.getValue());
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

    /** What {@code --list} and {@code --exclude} say, to the command that asks. */
    WatchList watchList(CommandSpec asking) {
        List<NamePattern> listed = patterns(asking, "--list", list.getValue());
        List<LabelSelector> selectors = selectors(asking);
        if (listed.isEmpty() && selectors.isEmpty()) {
            throw wrong(
                    asking,
                    "--list and --label are missing, so there is nothing to watch; use --list=web,api or --list='*'");
        }
        WatchList watchList = new WatchList(listed, selectors, patterns(asking, "--exclude", exclude.getValue()));
        if (watchList.isEmpty()) {
            throw wrong(
                    asking,
                    "--exclude=" + String.join(",", exclude.<List<String>>getValue())
                            + ": takes out all that is listed; list more");
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
        for (String value : labels.<List<String>>getValue()) {
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
        String asked = host.getValue();
        String given = asked != null ? asked : fromEnvironment.isEmpty() ? DEFAULT_HOST : fromEnvironment;
        try {
            return Endpoint.parse(given);
        } catch (IllegalArgumentException e) {
            throw wrong(asking, (asked != null ? "--host=" : "DOCKER_HOST=") + given + ": " + e.getMessage());
        }
    }

    DockerEngine engine(Endpoint endpoint) {
        return new DockerEngine(new HttpClient(endpoint), Timeouts.of(timeout.getValue()));
    }

    Rules rules() {
        return rules.rules(OwnContainer.id());
    }

    /** What {@code --state} says, or where systemd wants it (systemd.exec(5)), or null, to the command that asks. */
    @Nullable
    Path stateFile(CommandSpec asking) {
        Path asked = state.getValue();
        String directory = environment.getOrDefault("STATE_DIRECTORY", "").split(":", 2)[0];
        try {
            Path file = asked != null || directory.isEmpty() ? asked : Path.of(directory, "state.json");
            if (file != null) {
                StateFile.check(file);
            }
            return file;
        } catch (IllegalArgumentException e) {
            String given = asked != null ? "--state=" + asked : "STATE_DIRECTORY=" + directory;
            throw wrong(asking, given + ": " + e.getMessage());
        }
    }

    Logging.Level logLevel() {
        return logLevel.getValue();
    }
}
