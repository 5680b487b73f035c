package watchdog.report;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a stack trace as Java prints it, each as {@link OneLine} but for the tab at its beginning, up to a bound. */
final class StackTrace {

    /** In characters; room for a thousand frames, about as many as Java keeps of an endless recursion. */
    private static final int LONGEST = 100_000;

    private final List<String> lines = new ArrayList<>();
    private int length;

    /** The lines of that one. */
    static List<String> of(Throwable fault) {
        StackTrace trace = new StackTrace();
        fault.printStackTrace(new PrintWriter(Writer.nullWriter()) {
            @Override
            public void println(@Nullable Object line) {
                trace.add(String.valueOf(line));
            }
        });
        return trace.lines();
    }

    /** Takes what Java prints as a line: the message of an exception may have several. */
    void add(String line) {
        if (length >= LONGEST) {
            return;
        }
        append((line.startsWith("\t") ? "\t" : "") + OneLine.of(line));
        if (length >= LONGEST) {
            append("\t...");
        }
    }

    private void append(String line) {
        lines.add(line);
        length += line.length();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
