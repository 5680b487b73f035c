package watchdog;

import java.util.ArrayList;
import java.util.List;
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
        List<NamePattern> listed = patterns("--list", list);
        List<LabelSelector> selectors = selectors(labels);
        if (listed.isEmpty() && selectors.isEmpty()) {
            throw wrong(
                    "--list and --label are missing, so there is nothing to watch; use --list=web,api or --list='*'");
        }
        WatchList watchList = new WatchList(listed, selectors, patterns("--exclude", exclude));
        if (watchList.isEmpty()) {
            throw wrong("--exclude=" + String.join(",", exclude) + ": takes out all that is listed; list more");
        }
        return watchList;
    }

    private List<NamePattern> patterns(String option, List<String> values) {
        List<NamePattern> patterns = new ArrayList<>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                try {
                    patterns.add(NamePattern.parse(name));
                } catch (IllegalArgumentException e) {
                    throw wrong(option + "=" + value + ": " + e.getMessage());
                }
            }
        }
        return List.copyOf(patterns);
    }

    private List<LabelSelector> selectors(List<String> labels) {
        List<LabelSelector> selectors = new ArrayList<>();
        for (String value : labels) {
            try {
                selectors.add(LabelSelector.parse(value));
            } catch (IllegalArgumentException e) {
                throw wrong("--label=" + value + ": " + e.getMessage());
            }
        }
        return List.copyOf(selectors);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(asking.commandLine(), message);
    }
}
