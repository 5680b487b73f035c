package watchdog.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists options by how often people need them. An option says so by its {@code order}. */
final class HelpText {

    static final int ESSENTIAL = 10;
    static final int OFTEN = 20;
    static final int RARELY = 30;

    /** Other commands take these, for they may read the same file of arguments, and have no use for them. */
    private static final Set<String> FOR_WATCHING = Set.of("--once", "--dry-run");

    private HelpText() {}

    static void install(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpText::options);
        command.getSubcommands().values().forEach(HelpText::install);
    }

    private static String options(Help help) {
        return options(help, "Essential", ESSENTIAL) + options(help, "Often", OFTEN) + options(help, "Rarely", RARELY);
    }

    private static String options(Help help, String heading, int order) {
        boolean isOfRunFolder = help.commandSpec().userObject() instanceof RunFolderCommand;
        List<OptionSpec> options = help.commandSpec().options().stream()
                .filter(option -> !isOfRunFolder || RunFolderCommand.isOfInterest(option))
                .filter(option -> !option.inherited() || !FOR_WATCHING.contains(option.longestName()))
                .filter(option -> option.order() == order)
                .map(HelpText::withoutGoNames)
                .toList();
        if (options.isEmpty()) {
            return "";
        }
        Help.Layout layout = help.createDefaultLayout();
        layout.addOptions(options, help.createDefaultParamLabelRenderer());
        return String.format("%n%s:%n%s", heading, layout);
    }

    /** Hides {@code -list} and {@code -time}, which are accepted in the manner of tools written in Go. */
    private static OptionSpec withoutGoNames(OptionSpec option) {
        String[] names = Arrays.stream(option.names())
                .filter(name -> name.startsWith("--") || name.length() == 2)
                .toArray(String[]::new);
        return OptionSpec.builder(option).names(names).build();
    }
}
