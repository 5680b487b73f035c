package watchdog.report;

import java.io.PrintStream;

/**
 * A {@link LogLine} as it is written.
 *
 * @param text with a line end after each line
 * @param urgent whether it is a warning or an error
 */
public record LogEntry(String text, boolean urgent) {

    /** Writes it as a whole. It waits for whoever reads, and does nothing if they have gone away. */
    public void writeTo(PrintStream out) {
        out.print(text);
        out.flush();
    }
}
