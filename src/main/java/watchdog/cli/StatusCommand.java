package watchdog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import watchdog.engine.Json;
import watchdog.host.RunFolder;
import watchdog.host.StatusFile;
import watchdog.policy.NamePattern;
import watchdog.report.InWords;

/** {@code watchdog status}: asks a watchdog that runs how all stands. */
@Command(
        name = "status",
        versionProvider = Version.class,
        header = "Shows what a running watchdog does with each container, and why.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "watchdog status [NAME...] [--format=FORMAT] [--run=DIR]",
        footer = {"", "Exit status: 0 if all are up, 3 if something is down, 4 if no watchdog runs."})
final class StatusCommand extends RunFolderCommand {

    /** Twice the longest time between two writings, and a little. */
    private static final Duration OLD =
            StatusFile.LONGEST_INTERVAL.multipliedBy(2).plusSeconds(10);

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Containers to show in full, with the last facts about them: names, or globs.")
    private List<String> names = List.of();

    @Option(
            names = "--format",
            order = HelpText.OFTEN,
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to write: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private PsCommand.Format format;

    StatusCommand(Options options) {
        super(options);
    }

    @Override
    List<String> names() {
        return names;
    }

    @Override
    int call(RunFolder run, List<NamePattern> containers) throws IOException {
        StatusFile.Content content;
        try {
            content = StatusFile.read(run);
        } catch (NoSuchFileException e) {
            fail("no watchdog runs with --run=" + run.path());
            return ExitStatus.NO_WATCHDOG.code();
        }
        Instant now = Instant.now();
        StatusReport all = StatusReport.of(Json.read(content.text().getBytes(UTF_8)));
        StatusReport report = containers.isEmpty() ? all : all.of(containers);
        if (content.isLocked() && !names.isEmpty() && report.isEmpty()) {
            return fail("nothing that is watched is called " + String.join(", ", names));
        }
        print(format == PsCommand.Format.json ? Json.written(report.fields()) : report.inWords(now, !names.isEmpty()));
        return status(content, report, now);
    }

    private int status(StatusFile.Content content, StatusReport report, Instant now) {
        Duration age = Duration.between(report.asOf(), now);
        if (!content.isLocked()) {
            fail("no watchdog runs any more; this is how all stood " + InWords.duration(age) + " ago");
            return ExitStatus.NO_WATCHDOG.code();
        }
        if (age.compareTo(OLD) > 0) {
            fail("a watchdog runs, but this is " + InWords.duration(age) + " old, and should be no older than "
                    + InWords.duration(StatusFile.LONGEST_INTERVAL) + "; its own log may tell why");
            return ExitStatus.NO_WATCHDOG.code();
        }
        return (report.isAllWell() ? ExitStatus.OK : ExitStatus.STILL_DOWN).code();
    }
}
