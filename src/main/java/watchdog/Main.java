package watchdog;

import java.util.Map;
import watchdog.cli.Cli;
import watchdog.cli.ExitStatus;
import watchdog.host.OwnContainer;

/** The entry point. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with one of {@link ExitStatus}. */
    public static void main(String[] args) {
        UncaughtExceptions.install();
        System.exit(cli(args).run(args));
    }

    private static Cli cli(String... args) {
        Map<String, String> environment = System.getenv();
        return new Cli(
                environment,
                OwnContainer.id(),
                config -> Daemon.run(config, () -> cli(args).read(args), environment)
                        .code());
    }
}
