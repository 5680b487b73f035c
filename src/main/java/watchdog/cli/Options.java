package watchdog.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import watchdog.host.RunFolder;
import watchdog.notify.NotifySettings;
import watchdog.policy.LabelSelector;
import watchdog.policy.NamePattern;
import watchdog.policy.WatchList;
import watchdog.report.Logging;
import watchdog.serve.HttpSettings;
import watchdog.supervise.StopMemory;

/** The options of all commands, before and after the name of a subcommand; one that means nothing to a command is taken, too. */
final class Options {

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
            description = "Time between two listings: seconds, or 500ms, 10s, 1m30s. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    @Mixin
    private EndpointOptions engine;

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

    @Mixin
    private NotifyOptions notify;

    @Option(
            names = "--state",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description =
                    "Where to remember what operators stopped. Default: $STATE_DIRECTORY/state.json, else nowhere.")
    private @Nullable Path state;

    @Option(
            names = "--run",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "The folder to be asked and held by. Default: $RUNTIME_DIRECTORY; else none to watch with, and "
                            + "/run/docker-watchdog to ask.")
    private @Nullable Path run;

    @Mixin
    private HttpOptions http;

    @Option(
            names = "--log-level",
            order = HelpText.OFTEN,
            scope = ScopeType.INHERIT,
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "How much to say: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Logging.Level logLevel;

    @Option(
            names = "--log-format",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How to log: ${COMPLETION-CANDIDATES} (one object a line). Default: ${DEFAULT-VALUE}.")
    private Logging.Format logFormat;

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

    @Option(
            names = "--once",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            description = "Make one pass, wait for what comes of it, and exit: 0 if all are up, 3 if not.")
    private boolean once;

    @Option(
            names = "--dry-run",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            description = "Only tell what would be done.")
    private boolean dryRun;

    @Option(
            names = "--check",
            order = HelpText.RARELY,
            scope = ScopeType.INHERIT,
            description = "Say whether the arguments are right, and exit.")
    private boolean check;

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

    private final Map<String, String> environment;
    private final String self;

    /** @param self as of {@link Cli} */
    Options(Map<String, String> environment, String self) {
        this.environment = environment;
        this.self = self;
    }

    /** Whether they are to be checked only. */
    boolean check() {
        return check;
    }

    Logging.Level logLevel() {
        return logLevel;
    }

    /** Says that they are right, and returns the exit status. */
    static int tellRight(CommandLine asking) {
        asking.getOut().println("the arguments are right");
        return ExitStatus.OK.code();
    }

    /** The same, and which engine they mean where they do not say so themselves. */
    static int tellRight(CommandLine asking, Config config) {
        config.ofContext().ifPresent(asking.getOut()::println);
        return tellRight(asking);
    }

    /**
     * What they say to who watches.
     *
     * @param asking the command whose usage line is shown if they are wrong
     */
    Config config(CommandLine asking) {
        return config(asking, notifySettings(asking));
    }

    /** Whom to tell what; this reads secrets, as a service can and somebody who asks how things are may not. */
    NotifySettings notifySettings(CommandLine asking) {
        return notify.settings(asking, environment, check);
    }

    /**
     * What they say to who watches, or would.
     *
     * @param asking the command whose usage line is shown if they are wrong
     * @param notifySettings instead of what they say about that
     */
    Config config(CommandLine asking, NotifySettings notifySettings) {
        // What is missing is checked last: Cli also tries the first few arguments alone, which mostly lack something.
        EndpointOptions.Engine its = engine.engine(asking, environment);
        Optional<Path> stateFile = stateFile(asking);
        Optional<Path> runFolder = runFolder(asking);
        Optional<HttpSettings> served = http.settings(asking);
        WatchList watchList = watchList(asking);
        return new Config(
                watchList,
                interval,
                its.endpoint(),
                its.context(),
                rules.rules(self),
                stateFile,
                runFolder,
                served,
                logLevel,
                logFormat,
                timeout,
                parallel,
                once,
                dryRun,
                notifySettings);
    }

    /** What {@code --list}, {@code --label} and {@code --exclude} say. */
    private WatchList watchList(CommandLine asking) {
        List<NamePattern> listed = parsed(asking, "--list", list, NamePattern::parse);
        List<LabelSelector> selectors = parsed(asking, "--label", labels, LabelSelector::parse);
        List<NamePattern> excluded = parsed(asking, "--exclude", exclude, NamePattern::parse);
        if (listed.isEmpty() && selectors.isEmpty()) {
            throw new ParameterException(
                    asking,
                    "--list and --label are missing, so there is nothing to watch; use --list=web,api or --list='*'");
        }
        WatchList watchList = new WatchList(listed, selectors, excluded);
        if (watchList.isEmpty()) {
            throw new ParameterException(
                    asking, "--exclude=" + String.join(",", exclude) + ": takes out all that is listed; list more");
        }
        return watchList;
    }

    /** Each value may hold several, with commas between. */
    private static <T> List<T> parsed(
            CommandLine asking, String option, List<String> values, Function<String, T> parser) {
        List<T> parsed = new ArrayList<>();
        for (String value : values) {
            for (String one : value.split(",", -1)) {
                try {
                    parsed.add(parser.apply(one));
                } catch (IllegalArgumentException e) {
                    throw new ParameterException(asking, option + "=" + value + ": " + e.getMessage());
                }
            }
        }
        return List.copyOf(parsed);
    }

    /**
     * What {@code --run} says, or where systemd has made it, or none.
     *
     * @param asking the command whose usage line is shown if that is wrong
     */
    Optional<Path> runFolder(CommandLine asking) {
        Path asked = run;
        String directory = variable("RUNTIME_DIRECTORY").split(":", 2)[0];
        try {
            Path folder = asked != null || directory.isEmpty() ? asked : Path.of(directory);
            if (folder != null) {
                RunFolder.check(folder);
            }
            return Optional.ofNullable(folder);
        } catch (IllegalArgumentException e) {
            String given = asked != null ? "--run=" + asked : "RUNTIME_DIRECTORY=" + directory;
            throw new ParameterException(asking, given + ": " + e.getMessage());
        }
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** What {@code --state} says, or where systemd wants it (systemd.exec(5)), or none. */
    private Optional<Path> stateFile(CommandLine asking) {
        Path asked = state;
        String directory = variable("STATE_DIRECTORY").split(":", 2)[0];
        try {
            Path file = asked != null || directory.isEmpty() ? asked : Path.of(directory, "state.json");
            if (file != null) {
                StopMemory.check(file);
            }
            return Optional.ofNullable(file);
        } catch (IllegalArgumentException e) {
            String given = asked != null ? "--state=" + asked : "STATE_DIRECTORY=" + directory;
            throw new ParameterException(asking, given + ": " + e.getMessage());
        }
    }
}
