package watchdog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * What becomes of what nobody has caught, on any thread. When memory has run out, the process ends at once with
 * {@link ExitStatus#OUT_OF_MEMORY}: some thread is gone in the middle of its work, and nobody knows what else is. All else is
 * logged.
 */
final class UncaughtExceptions implements UncaughtExceptionHandler {

    private static final Duration LAST_LINE = Duration.ofMillis(200);
    private static final Duration LINES_BEFORE_IT = LAST_LINE.dividedBy(2);

    /** All that the end needs is made while there is memory. */
    private final byte[] line =
            "watchdog: out of memory, ending at once; should it happen again, give Java more by -Xmx\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final OutputStream err = new FileOutputStream(FileDescriptor.err);
    private final Thread lastLine = new Thread(this::writeLastLine, "last line");

    private UncaughtExceptions() {
        lastLine.setDaemon(true);
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
            lastLine.start();
            lastLine.join(LAST_LINE.toMillis());
        } catch (InterruptedException | OutOfMemoryError e) {
            // Ends without that line.
        } finally {
            Runtime.getRuntime().halt(ExitStatus.OUT_OF_MEMORY.code());
        }
    }

    /** On a thread of its own, because whoever reads may have stopped reading. */
    private void writeLastLine() {
        Logging.awaitWritten(LINES_BEFORE_IT);
        try {
            err.write(line);
        } catch (IOException e) {
            // Nobody reads any more.
        }
    }
}
