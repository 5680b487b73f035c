package watchdog.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code watchdog}: watches until it is ended. */
@Command(
        name = "watchdog",
        versionProvider = Version.class,
        header = "Keeps the Docker containers you name running.",
        customSynopsis = "watchdog --list=NAME[,NAME...] [OPTIONS] [COMMAND]",
        synopsisHeading = "%nUsage: ",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  watchdog --list=web,api --time=10", "  watchdog ps --list='web-*' --host=tcp://127.0.0.1:2375"})
final class WatchdogCommand implements Callable<Integer> {

    @Mixin
    private final Options options;

    @Spec
    private CommandSpec spec;

    private final Cli.Daemon daemon;

    WatchdogCommand(Options options, Cli.Daemon daemon) {
        this.options = options;
        this.daemon = daemon;
    }

    Options options() {
        return options;
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.config(spec.commandLine());
        return options.check() ? Options.tellRight(spec.commandLine(), config) : daemon.run(config);
    }
}
