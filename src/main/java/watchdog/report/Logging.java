package watchdog.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How log lines are written: slf4j-simple reads these properties when the first logger is made, and never again. */
public final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final Duration AT_THE_END = Duration.ofSeconds(1);

    private static volatile @Nullable LogQueue queue;

    /** From the most said to the least. */
    public enum Level {
        debug,
        info,
        warn,
        error
    }

    /** How a line is written, where the journal does not ask for more. */
    public enum Format {
        text,
        json
    }

    private Logging() {}

    /**
     * Has lines written from that level on: to standard output by a thread of its own, so that whoever logs never waits for
     * whoever reads; or to standard error at once, for a command that only answers and ends.
     *
     * @return takes lines that are not logged by a logger, whatever their level
     */
    public static Consumer<LogLine> configure(Level level, LogFormat format, boolean toStandardError) {
        set("defaultLogLevel", level.toString());
        Consumer<LogLine> sink;
        if (toStandardError) {
            PrintStream err = System.err;
            sink = line -> format.entry(line).writeTo(err);
            System.setErr(new LogStream(err, sink));
        } else {
            LogQueue begun = LogQueue.begin(System.out, format);
            queue = begun;
            sink = line -> begun.accept(format.entry(line));
            System.setOut(new LogStream(System.out, sink));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitWritten(AT_THE_END), "end of the log"));
        }
        // Named, for a search through the jar takes longer; SLF4J would tell on standard error that it was named.
        System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        set("logFile", toStandardError ? "System.err" : "System.out");
        set("cacheOutputStream", "true");
        // LogStream finds the level at the beginning of a line.
        set("showThreadName", "false");
        set("showLogName", "false");
        return sink;
    }

    private static void set(String name, String value) {
        System.setProperty(PREFIX + name, value);
    }

    /**
     * Waits until all that was logged before is written, but not for longer than that. At the end of the process this is done
     * anyway, for a second; but shutdown hooks run beside each other, and one that logs has to wait for its own lines.
     */
    public static void awaitWritten(Duration patience) {
        LogQueue begun = queue;
        if (begun != null) {
            begun.awaitWritten(patience);
        }
    }
}
