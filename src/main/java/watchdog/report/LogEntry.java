package watchdog.report;

import java.io.PrintStream;

/**
 * What is logged at one time: a line, and the lines of a stack trace below it if it has one.
 *
 * @param text with the time at its beginning, and a line end after each line
 * @param urgent whether it is a warning or an error
 */
public record LogEntry(String text, boolean urgent) {

    /** Writes it as a whole. It waits for whoever reads, and does nothing if they have gone away. */
    public void writeTo(PrintStream out) {
        out.print(text);
        out.flush();
    }
}
