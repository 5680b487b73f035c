package watchdog.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import watchdog.report.OneLine;

/** Answers a wrong command line with one line that says what is wrong, and the usage line. */
final class UsageErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("watchdog: " + OneLine.of(String.valueOf(e.getMessage())) + suggestion(e));
        err.print("Usage: " + command.getHelp().synopsis(0));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        if (unmatched.getUnmatched().get(0).startsWith("@")) {
            return "; if it is a file of arguments, it cannot be read";
        }
        List<String> suggestions = unmatched.getSuggestions();
        return suggestions.stream()
                .filter(suggestion -> suggestion.startsWith("--"))
                .findFirst()
                .map(suggestion -> "; did you mean " + suggestion + "?")
                .orElse("; --help lists all there is");
    }
}
