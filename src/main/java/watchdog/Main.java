package watchdog;

import watchdog.cli.Cli;
import watchdog.host.OwnContainer;

/** The entry point. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with one of {@link ExitStatus}. */
    public static void main(String[] args) {
        UncaughtExceptions.install();
        Cli cli = new Cli(
                System.getenv(),
                OwnContainer.id(),
                config -> Daemon.run(config, System.getenv()).code());
        System.exit(cli.run(args));
    }
}
