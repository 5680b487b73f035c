package watchdog.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import watchdog.report.OneLine;

/** Answers a wrong command line with one line that says what is wrong and what would be right, and the usage line. */
final class UsageErrors {

    /** One with a name or a password before its host, or with something after that. */
    private static final Pattern URL =
            Pattern.compile("(?i)(https?://)(?:[^\\s']*@[^\\s']*|([^/?#\\s'@]*[/?#])[^\\s']*)");

    private UsageErrors() {}

    /**
     * Tells it, and returns the exit status.
     *
     * @param place file and line of the argument that is wrong, or null if it is from no file
     */
    static int tell(ParameterException e, @Nullable String place) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("watchdog: " + line(e, place));
        err.print("Usage: " + command.getHelp().synopsis(0));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** The one line that says it. */
    static String line(ParameterException e, @Nullable String place) {
        return line((place == null ? "" : place + ": ") + message(e));
    }

    /** That as one line, in which no URL of the web has more than its host, for the rest may be a secret. */
    static String line(String message) {
        return OneLine.of(URL.matcher(message).replaceAll("$1$2..."));
    }

    /** What is wrong and what would be right. */
    static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (e.getArgSpec() instanceof OptionSpec option && option.arity().max() == 0 && e.getValue() != null) {
            return option.longestName() + "=" + e.getValue() + ": '" + e.getValue()
                    + "' is too much, for this option takes no value; use " + option.longestName()
                    + ", or leave it out";
        }
        return String.valueOf(e.getMessage());
    }

    /** The first one; what may be the header of a webhook, or a part of one, is not shown. */
    private static String withoutSecret(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        OptionSpec header = e.getCommandLine().getCommandSpec().findOption("--webhook-header");
        boolean isAfterHeader = header != null && header.getValue() instanceof List<?> given && !given.isEmpty();
        if (!first.startsWith("-") && isAfterHeader) {
            return "...";
        }
        return first.contains(":") ? first.replaceFirst("=.*", "=...") : first;
    }

    /** Of the first one only: what follows is mostly its consequence. */
    private static String unmatched(UnmatchedArgumentException e) {
        String first = withoutSecret(e);
        if (first.startsWith("@")) {
            return "Unmatched argument: '" + first + "'; if it is a file of arguments, it cannot be read";
        }
        if (first.equals("help")) {
            return "Unmatched argument: 'help'; use --help";
        }
        if (!first.startsWith("-")) {
            return "Unmatched argument: '" + first + "'; --help lists all there is, and names go together with commas"
                    + " and no blanks, as in --list=web,api";
        }
        return "Unknown option: '" + first + "'"
                + e.getSuggestions().stream()
                        .filter(suggestion -> suggestion.startsWith("--"))
                        .findFirst()
                        .map(suggestion -> "; did you mean " + suggestion + "?")
                        .orElse("; --help lists all there is");
    }
}
