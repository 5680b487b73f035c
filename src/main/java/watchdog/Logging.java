package watchdog;

import java.util.Locale;

/** How log lines are written: slf4j-simple reads these properties when the first logger is made, and never again. */
final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

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
        // On a host in Thailand or in Egypt the log would count years or write digits as nobody expects.
        Locale.setDefault(Locale.ROOT);
        set("defaultLogLevel", level.toString());
        set("logFile", toStandardError ? "System.err" : "System.out");
        set("cacheOutputStream", "true");
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
        set("showThreadName", "false");
        set("showLogName", "false");
    }

    private static void set(String name, String value) {
        System.setProperty(PREFIX + name, value);
    }
}
