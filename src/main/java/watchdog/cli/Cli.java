package watchdog.cli;

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

/**
 * The command line: reads it, and has done what it says.
 *
 * @param self id of the container that this process runs in, or empty
 * @param daemon what watches
 */
public record Cli(Map<String, String> environment, String self, Daemon daemon) {

    /** What watches containers as a command line says. */
    @FunctionalInterface
    public interface Daemon {
        /** Runs to its end, and returns the exit status. */
        int run(Config config) throws InterruptedException;
    }

    /** Does what these arguments say, and returns the exit status. */
    public int run(String... args) {
        return run(commandLine(), args);
    }

    CommandLine commandLine() {
        // What picocli reads options of these types with; none of ours needs it, and each start would load all of it.
        System.setProperty("picocli.converters.excludes", "java\\.(sql|time)\\..*");
        Options options = new Options(environment, self);
        CommandLine command = new CommandLine(new WatchdogCommand(options, daemon))
                .addSubcommand(new PsCommand(options))
                .setColorScheme(Help.defaultColorScheme(environment.containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(Cli::failed);
        HelpText.install(command);
        return command;
    }

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
        return CommandLine.ExitCode.SOFTWARE;
    }
}
