package watchdog.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import watchdog.host.HoldFolder;
import watchdog.host.RunFolder;
import watchdog.policy.Hold;
import watchdog.policy.NamePattern;

/** {@code watchdog hold}: has a watchdog that runs leave containers alone, for a backup or for work on them. */
@Command(
        name = "hold",
        versionProvider = Version.class,
        header = "Has watchdog leave containers alone, until they are released or the time is over.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "watchdog hold NAME... [--for=DURATION] [--run=DIR]")
final class HoldCommand extends RunFolderCommand {

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Containers: names, or globs with * and ?.")
    private List<String> names = List.of();

    @Option(
            names = "--for",
            order = HelpText.OFTEN,
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "For how long, as 30m or 2h. Default: until they are released.")
    private @Nullable Duration time;

    HoldCommand(Options options) {
        super(options);
    }

    @Override
    List<String> names() {
        return names;
    }

    @Override
    int call(RunFolder run, List<NamePattern> containers) throws IOException {
        HoldFolder folder = HoldFolder.of(run);
        // To the whole second, as it is shown, and not sooner than asked for.
        Optional<Instant> until = Optional.ofNullable(time)
                .map(duration -> Instant.now().plus(duration).plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
        for (NamePattern pattern : containers) {
            folder.hold(pattern, until);
            print(pattern + ": " + new Hold(pattern, until.orElse(null), null).inWords());
        }
        return ExitStatus.OK.code();
    }
}
