package watchdog.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import watchdog.host.HoldFolder;
import watchdog.host.RunFolder;
import watchdog.policy.NamePattern;

/** {@code watchdog release}: ends what {@code watchdog hold} began. */
@Command(
        name = "release",
        versionProvider = Version.class,
        header = "Has watchdog no longer leave containers alone that are held.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "watchdog release NAME... [--run=DIR]")
final class ReleaseCommand extends RunFolderCommand {

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "What was given to hold: names, or globs.")
    private List<String> names = List.of();

    ReleaseCommand(Options options) {
        super(options);
    }

    @Override
    List<String> names() {
        return names;
    }

    @Override
    int call(RunFolder run, List<NamePattern> containers) throws IOException {
        HoldFolder folder = HoldFolder.of(run);
        int status = ExitStatus.OK.code();
        for (NamePattern pattern : containers) {
            boolean wasHeld = folder.release(pattern);
            List<String> others = pattern.isGlob() ? List.of() : folder.others(pattern, Instant.now());
            if (others.isEmpty()) {
                print(pattern + ": " + (wasHeld ? "released" : "was not held"));
            } else {
                status = fail(pattern + ": is still held, by " + String.join(", ", others) + "; release that");
            }
        }
        return status;
    }
}
