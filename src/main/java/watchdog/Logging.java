package watchdog;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How log lines are written: slf4j-simple reads these properties when the first logger is made, and never again. */
final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    /** Not of the host's locale: in Thailand it would count years, and in Egypt write digits, as nobody expects. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS ", Locale.ROOT);

    /** From the most said to the least. */
    enum Level {
        debug,
        info,
        warn,
        error
    }

    private Logging() {}

    /** Has lines written to standard output or standard error, from that level on. */
    static void configure(Level level, boolean toStandardError) {
        set("defaultLogLevel", level.toString());
        if (toStandardError) {
            System.setErr(new Dated(System.err));
        } else {
            System.setOut(new Dated(System.out));
        }
        // Named, for a search through the jar takes longer; SLF4J would tell on standard error that it was named.
        System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        set("logFile", toStandardError ? "System.err" : "System.out");
        set("cacheOutputStream", "true");
        set("showThreadName", "false");
        set("showLogName", "false");
    }

    private static void set(String name, String value) {
        System.setProperty(PREFIX + name, value);
    }

    /**
     * Begins each line of the log with the time: slf4j-simple would load Java's knowledge of all locales for that. A line is
     * written as a whole, its end included.
     */
    private static final class Dated extends PrintStream {

        Dated(PrintStream out) {
            super(out, true);
        }

        @Override
        public void println(@Nullable String line) {
            String time = LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
            print(time + line + System.lineSeparator());
            flush();
        }
    }
}
