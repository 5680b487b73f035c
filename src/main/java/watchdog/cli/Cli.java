package watchdog.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
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

    /** Arguments that are wrong; the message says where and what, in one line, as on the command line. */
    public static final class WrongArgumentsException extends Exception {

        private static final long serialVersionUID = 1L;

        private WrongArgumentsException(String message) {
            super(message);
        }
    }

    /** What these arguments, and the files that they name, say at this moment. */
    public Config read(String... args) throws WrongArgumentsException {
        try {
            List<Argument> arguments = Argument.all(args);
            try {
                return config(arguments);
            } catch (ParameterException e) {
                throw new WrongArgumentsException(UsageErrors.line(e, placeOf(UsageErrors.message(e), arguments)));
            }
        } catch (Argument.UnreadableException e) {
            throw new WrongArgumentsException(UsageErrors.line(String.valueOf(e.getMessage())));
        }
    }

    /** Does what these arguments say, and returns the exit status. */
    public int run(String... args) {
        return run(commandLine(), args);
    }

    /** The command line as picocli has it, of which man pages and completion are made. */
    public CommandLine commandLine() {
        return commandLine(new Options(environment, self));
    }

    private CommandLine commandLine(Options options) {
        // What picocli reads options of these types with; none of ours needs it, and each start would load all of it.
        System.setProperty("picocli.converters.excludes", "java\\.(sql|time)\\..*");
        CommandLine command = new CommandLine(new WatchdogCommand(options, daemon))
                .addSubcommand(new PsCommand(options))
                .addSubcommand(new StatusCommand(options))
                .addSubcommand(new HoldCommand(options))
                .addSubcommand(new ReleaseCommand(options))
                .addSubcommand(new NotifyTestCommand(options))
                .setColorScheme(Help.defaultColorScheme(environment.containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(Cli::failed);
        HelpText.install(command);
        return command;
    }

    int run(CommandLine command, String... args) {
        try {
            List<Argument> arguments = Argument.all(args);
            return command.setParameterExceptionHandler(
                            (e, all) -> UsageErrors.tell(e, placeOf(UsageErrors.message(e), arguments)))
                    .execute(texts(arguments));
        } catch (Argument.UnreadableException e) {
            return UsageErrors.tell(new ParameterException(command, e.getMessage()), null);
        }
    }

    private static String[] texts(List<Argument> arguments) {
        return arguments.stream().map(Argument::text).toArray(String[]::new);
    }

    /**
     * File and line of the argument that is wrong, or null if it is from no file. It is the last one of the fewest leading
     * arguments that have the same problem as all of them.
     */
    private @Nullable String placeOf(String problem, List<Argument> arguments) {
        if (arguments.stream().allMatch(argument -> argument.place() == null)) {
            return null;
        }
        for (int count = 0; count <= arguments.size(); count++) {
            if (problem.equals(problem(arguments.subList(0, count)))) {
                return count == 0 ? null : arguments.get(count - 1).place();
            }
        }
        return null;
    }

    private @Nullable String problem(List<Argument> arguments) {
        try {
            Config unused = config(arguments);
            return null;
        } catch (ParameterException e) {
            return UsageErrors.message(e);
        }
    }

    private Config config(List<Argument> arguments) {
        Options options = new Options(environment, self);
        CommandLine command = commandLine(options);
        command.parseArgs(texts(arguments));
        return options.config(command);
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        String problem = String.valueOf(e instanceof EngineException ? e.getMessage() : e);
        command.getErr().println("watchdog: " + OneLine.of(problem));
        return ExitStatus.FAILURE.code();
    }
}
