package watchdog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import watchdog.cli.ExitStatus;
import watchdog.report.Logging;

/**
 * Handles exceptions that nobody has caught, on any thread. When memory has run out, the process ends at once with
 * {@link ExitStatus#OUT_OF_MEMORY}: some thread is gone in the middle of its work, and nobody knows what else is. All else is
 * logged.
 */
final class UncaughtExceptions implements UncaughtExceptionHandler {

    private static final Duration LAST_LINES = Duration.ofMillis(200);

    // All that the end needs is made here, and its classes are loaded, while there is memory.
    private final int status = ExitStatus.OUT_OF_MEMORY.code();
    private final byte[] line =
            "watchdog: out of memory, ending at once; should it happen again, give Java more by -Xmx\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final OutputStream err = new FileOutputStream(FileDescriptor.err);
    private final Thread lastLines = new Thread(this::writeLastLines, "last lines");

    private UncaughtExceptions() {
        lastLines.setDaemon(true);
    }

    /** Makes one the handler of all threads that have none of their own. */
    static void install() {
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtExceptions());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        if (fault instanceof OutOfMemoryError) {
            end();
        } else {
            LoggerFactory.getLogger("watchdog")
                    .error("the thread '{}' has failed, which is a bug", thread.getName(), fault);
        }
    }

    /** Without shutdown hooks, which need memory. A second thread that comes here waits for the first one's halt. */
    private synchronized void end() {
        try {
            lastLines.start();
            lastLines.join(LAST_LINES.toMillis());
        } catch (InterruptedException | OutOfMemoryError e) {
            // Ends without that line.
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    /** On a thread of its own, because whoever reads may have stopped reading. The log's lines may need memory. */
    private void writeLastLines() {
        try {
            err.write(line);
        } catch (IOException e) {
            // Nobody reads any more.
        }
        Logging.awaitWritten(LAST_LINES);
    }
}
