package watchdog.report;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What slf4j-simple is given in place of standard output or standard error: makes a {@link LogEntry} of what it writes, with
 * each line as {@link OneLine} has it.
 *
 * <p>slf4j-simple holds a lock of its own while it writes {@code println(String)} for the line, {@code println(Object)} for
 * each line of a stack trace, and {@code flush()}. The line begins with the name of the level: showThreadName and showLogName
 * must be off. What others write, by any other method, goes directly to the stream that this one takes the place of.
 */
public final class LogStream extends PrintStream {

    /** Not of the host's locale: in Thailand it would count years, and in Egypt write digits, as nobody expects. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS ", Locale.ROOT);

    /** Room for a thousand frames, about as many as Java keeps of an endless recursion. */
    private static final int LONGEST_ENTRY = 100_000;

    private final Consumer<LogEntry> sink;
    private final StringBuilder entry = new StringBuilder();
    private boolean urgent;

    /**
     * Makes one.
     *
     * @param sink takes each entry, on the thread that logs
     */
    public LogStream(PrintStream out, Consumer<LogEntry> sink) {
        super(out, true);
        this.sink = sink;
    }

    /** The line as it is written when that is now. */
    static String dated(String line) {
        // slf4j-simple could do that too, but would load Java's knowledge of all locales.
        return LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + line + System.lineSeparator();
    }

    @Override
    public void println(@Nullable String line) {
        String text = String.valueOf(line);
        urgent = text.startsWith("WARN ") || text.startsWith("ERROR ");
        entry.append(dated(OneLine.of(text)));
    }

    @Override
    public void println(@Nullable Object stackTraceLine) {
        if (entry.length() >= LONGEST_ENTRY) {
            return;
        }
        String line = String.valueOf(stackTraceLine);
        entry.append(line.startsWith("\t") ? "\t" : "").append(OneLine.of(line)).append(System.lineSeparator());
        if (entry.length() >= LONGEST_ENTRY) {
            entry.append("\t...").append(System.lineSeparator());
        }
    }

    @Override
    public void flush() {
        if (entry.isEmpty()) {
            super.flush();
            return;
        }
        LogEntry whole = new LogEntry(entry.toString(), urgent);
        entry.setLength(0);
        entry.trimToSize();
        sink.accept(whole);
    }
}
