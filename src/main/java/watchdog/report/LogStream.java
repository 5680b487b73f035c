package watchdog.report;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What slf4j-simple is given in place of standard output or standard error: makes a {@link LogLine} of what it writes.
 *
 * <p>slf4j-simple holds a lock of its own while it writes {@code println(String)} for the line, {@code println(Object)} for
 * each line of a stack trace, and {@code flush()}. The line begins with the name of the level: showThreadName and showLogName
 * must be off. What others write, by any other method, goes directly to the stream that this one takes the place of.
 */
public final class LogStream extends PrintStream {

    private final Consumer<LogLine> sink;
    private @Nullable String line;
    private StackTrace stackTrace = new StackTrace();

    /**
     * Makes one.
     *
     * @param sink takes each line, on the thread that logs
     */
    public LogStream(PrintStream out, Consumer<LogLine> sink) {
        super(out, true);
        this.sink = sink;
    }

    @Override
    public void println(@Nullable String text) {
        if (line != null) {
            flush();
        }
        line = String.valueOf(text);
    }

    @Override
    public void println(@Nullable Object stackTraceLine) {
        stackTrace.add(String.valueOf(stackTraceLine));
    }

    @Override
    public void flush() {
        if (line == null) {
            super.flush();
            return;
        }
        LogLine whole = parsed(line, stackTrace.lines());
        line = null;
        stackTrace = new StackTrace();
        sink.accept(whole);
    }

    private static LogLine parsed(String line, List<String> stackTrace) {
        for (Level level : Level.values()) {
            if (line.startsWith(level + " ")) {
                return new LogLine(level, line.substring(level.toString().length()), stackTrace);
            }
        }
        return new LogLine(Level.INFO, line, stackTrace);
    }
}
