package watchdog.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import watchdog.engine.Json;
import watchdog.host.HostName;
import watchdog.notify.NotifySettings;
import watchdog.notify.NotifyTest;
import watchdog.report.LogFormat;
import watchdog.report.Logging;

/** {@code watchdog notify-test}: sends a message to each target, and says what came back. */
@Command(
        name = "notify-test",
        versionProvider = Version.class,
        header = "Sends a test message to each webhook and program, and says what came back.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "watchdog notify-test [OPTIONS]",
        footer = {"", "Exit status: 0 if all took it."})
final class NotifyTestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private final Options options;

    NotifyTestCommand(Options options) {
        this.options = options;
    }

    @Override
    public Integer call() throws InterruptedException {
        NotifySettings settings = options.notifySettings(spec.commandLine());
        if (settings.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--webhook and --exec are missing, so there is nobody to tell");
        }
        if (options.check()) {
            return Options.tellRight(spec.commandLine());
        }
        Logging.configure(options.logLevel(), LogFormat.of(Logging.Format.text, false, Json::line), true);
        NotifyTest test = new NotifyTest(HostName.own(), Version.ofJar(), Json::line);
        boolean isTaken = test.run(settings, line -> spec.commandLine().getOut().println(line));
        return isTaken ? ExitStatus.OK.code() : ExitStatus.FAILURE.code();
    }
}
