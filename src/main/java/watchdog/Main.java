package watchdog;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.InitializationException;
import watchdog.engine.EngineException;
import watchdog.report.OneLine;

/** The entry point. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with one of {@link ExitStatus}. */
    public static void main(String[] args) {
        UncaughtExceptions.install();
        System.exit(run(commandLine(System.getenv()), args));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        // What picocli reads options of these types with; none of ours needs it, and each start would load all of it: 2
        // % of a
        // plain start's CPU time, 3 % of --version's, and nothing where there is an archive of classes.
        System.setProperty("picocli.converters.excludes", "java\\.(sql|time)\\..*");
        CommandLine command = new CommandLine(new WatchdogCommand(environment))
                .setColorScheme(Help.defaultColorScheme(environment.containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(Main::failed);
        HelpText.install(command);
        return command;
    }

    /** Runs the command line and returns the exit status. */
    static int run(CommandLine command, String... args) {
        String unreadable = unreadableArgumentFile(args);
        if (unreadable != null) {
            return usageError(command, "@" + unreadable + ": cannot read this file; name one that holds arguments");
        }
        try {
            return command.execute(args);
        } catch (InitializationException e) {
            return usageError(command, String.valueOf(e.getMessage()));
        }
    }

    /** The first {@code @file} that cannot be read, or null; picocli would take it for an argument of that name. */
    private static @Nullable String unreadableArgumentFile(String[] args) {
        return Arrays.stream(args)
                .filter(arg -> arg.length() > 1 && arg.startsWith("@") && !arg.startsWith("@@"))
                .map(arg -> arg.substring(1))
                .filter(file -> !isReadable(file))
                .findFirst()
                .orElse(null);
    }

    private static boolean isReadable(String file) {
        try {
            return Files.isReadable(Path.of(file)) && !Files.isDirectory(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static int usageError(CommandLine command, String message) {
        return new UsageErrors()
                .handleParseException(new CommandLine.ParameterException(command, message), new String[0]);
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        String problem = String.valueOf(e instanceof EngineException ? e.getMessage() : e);
        command.getErr().println("watchdog: " + OneLine.of(problem));
        return ExitStatus.FAILURE.code();
    }
}
