package watchdog.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import watchdog.host.RunFolder;
import watchdog.policy.NamePattern;
import watchdog.report.OneLine;

/**
 * A command that deals with a watchdog that runs, by the folder of its {@code --run}. The other options of watchdog are taken,
 * for they may come from the same file of arguments, and mean nothing to it.
 */
abstract class RunFolderCommand implements Callable<Integer> {

    private static final Set<String> OF_INTEREST = Set.of("--run", "--help", "--version");

    @Spec
    private CommandSpec spec;

    private final Options options;

    RunFolderCommand(Options options) {
        this.options = options;
    }

    /** Whether its help is to show that option. */
    static boolean isOfInterest(OptionSpec option) {
        return !option.inherited() || OF_INTEREST.contains(option.longestName());
    }

    /** The containers that it is about, as they were given: names, or globs. */
    abstract List<String> names();

    /** Does it, and returns the exit status. */
    abstract int call(RunFolder run, List<NamePattern> containers) throws IOException;

    @Override
    public final Integer call() {
        Path path = options.runFolder(spec.commandLine()).orElse(RunFolder.DEFAULT);
        List<NamePattern> containers = names().stream().map(this::pattern).toList();
        if (options.check()) {
            return Options.tellRight(spec.commandLine());
        }
        try {
            return call(new RunFolder(path), containers);
        } catch (NoSuchFileException e) {
            return fail(e.getMessage() + " is not there; is a watchdog running, with --run=" + path + "?");
        } catch (AccessDeniedException e) {
            return fail(e.getMessage() + ": permission denied; this is for the owner and the group of " + path);
        } catch (IOException e) {
            return fail(String.valueOf(e));
        }
    }

    final int fail(String problem) {
        spec.commandLine().getErr().println("watchdog: " + OneLine.of(problem));
        return ExitStatus.FAILURE.code();
    }

    final void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    private NamePattern pattern(String name) {
        try {
            return NamePattern.parse(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "'" + name + "': " + e.getMessage());
        }
    }
}
