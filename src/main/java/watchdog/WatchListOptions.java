package watchdog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import watchdog.policy.LabelSelector;
import watchdog.policy.NamePattern;
import watchdog.policy.WatchList;

/**
 * Reads what {@code --list}, {@code --label} and {@code --exclude} name.
 *
 * @param asking the command whose usage line is shown if they are wrong
 */
record WatchListOptions(CommandSpec asking) {

    WatchList read(List<String> list, List<String> labels, List<String> exclude) {
        List<NamePattern> listed = parsed("--list", list, NamePattern::parse);
        List<LabelSelector> selectors = parsed("--label", labels, LabelSelector::parse);
        if (listed.isEmpty() && selectors.isEmpty()) {
            throw wrong(
                    "--list and --label are missing, so there is nothing to watch; use --list=web,api or --list='*'");
        }
        WatchList watchList = new WatchList(listed, selectors, parsed("--exclude", exclude, NamePattern::parse));
        if (watchList.isEmpty()) {
            throw wrong("--exclude=" + String.join(",", exclude) + ": takes out all that is listed; list more");
        }
        return watchList;
    }

    /** Each value may hold several, with commas between. */
    private <T> List<T> parsed(String option, List<String> values, Function<String, T> parser) {
        List<T> parsed = new ArrayList<>();
        for (String value : values) {
            for (String one : value.split(",", -1)) {
                try {
                    parsed.add(parser.apply(one));
                } catch (IllegalArgumentException e) {
                    throw wrong(option + "=" + value + ": " + e.getMessage());
                }
            }
        }
        return List.copyOf(parsed);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(asking.commandLine(), message);
    }
}
