package watchdog;

import java.util.Set;
import watchdog.cli.Cli;
import watchdog.cli.Config;
import watchdog.supervise.WatchLoop;

/** Reads the arguments again, and has the loop go on by them, or by the old ones where they are wrong or ask for too much. */
final class Reload implements Runnable {

    private final Arguments arguments;
    private final WatchLoop loop;
    private final Set<String> labels;
    private Config config;

    /** Those that the process was begun with. */
    @FunctionalInterface
    interface Arguments {
        /** What they and their files say at this moment. */
        Config read() throws Cli.WrongArgumentsException;
    }

    /**
     * Makes one.
     *
     * @param config by which the loop runs
     * @param labels that the engine's answers are to be kept with; those that are looked for next are added
     */
    Reload(Config config, Arguments arguments, WatchLoop loop, Set<String> labels) {
        this.config = config;
        this.arguments = arguments;
        this.loop = loop;
        this.labels = labels;
    }

    @Override
    public synchronized void run() {
        try {
            Config read = arguments.read();
            Set<String> fixed = config.needRestart(read);
            if (fixed.isEmpty()) {
                labels.addAll(read.watchList().labelKeys());
                loop.reload(read.watchList(), read.rules(), read.interval());
                config = read;
            } else {
                loop.refuseReload(String.join(", ", fixed) + ": what is changed there needs a restart");
            }
        } catch (Cli.WrongArgumentsException e) {
            loop.refuseReload(String.valueOf(e.getMessage()));
        }
    }
}
