package watchdog.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in the run folder that says how all stands: written as a whole by a thread of its own, when something has changed,
 * and locked as long as watchdog runs.
 */
public final class StatusFile implements AutoCloseable {

    /** It is written at least as often, so that a reader can see that it is older than it should be. */
    public static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rw-r-----");

    private final Logger log = LoggerFactory.getLogger("watchdog");
    private final Semaphore wake = new Semaphore(0);
    private final RunFolder run;
    private final AtomicFile file;

    private @Nullable Thread thread;

    /** Why it cannot be written, as told last, or null. */
    private @Nullable String problem;

    /** That of a run folder, of which nothing is written before {@link #begin}. */
    public StatusFile(RunFolder run) {
        this.run = run;
        this.file = new AtomicFile(run.status(), written -> {}, PERMISSIONS);
    }

    /** Has it written soon. Does not wait for that. */
    public void changed() {
        wake.release();
    }

    /**
     * Begins to write.
     *
     * @param content as of the moment at which it is asked for
     */
    public void begin(AtomicFile.Content content) {
        Thread begun = new Thread(() -> write(content), "status file");
        begun.setDaemon(true);
        begun.start();
        thread = begun;
    }

    private void write(AtomicFile.Content content) {
        try {
            while (true) {
                wake.drainPermits();
                boolean isWritten = writeOnce(content);
                Thread.sleep(SHORTEST_INTERVAL.toMillis());
                if (isWritten) {
                    boolean unused = wake.tryAcquire(LONGEST_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean writeOnce(AtomicFile.Content content) {
        try {
            run.make();
            file.lock();
            file.replace(content);
        } catch (IOException | RuntimeException e) {
            String why = e instanceof AtomicFile.InUseException ? "another watchdog uses it" : e.toString();
            if (!why.equals(problem)) {
                problem = why;
                log.warn("{}: cannot be written ({}); trying again quietly", run.status(), why);
            }
            return false;
        }
        if (problem != null) {
            problem = null;
            log.info("{}: can be written now", run.status());
        }
        return true;
    }

    /** Ends its thread, and unlocks it. What it says stays. */
    @Override
    public void close() {
        Thread begun = thread;
        if (begun == null) {
            return;
        }
        begun.interrupt();
        try {
            TimeUnit.MILLISECONDS.timedJoin(begun, SHORTEST_INTERVAL.toMillis());
            file.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.debug("{}: cannot be unlocked: {}", run.status(), e.toString());
        }
    }

    /**
     * What a status file says.
     *
     * @param isLocked whether the watchdog runs that has written it
     */
    public record Content(String text, boolean isLocked) {}

    /**
     * Reads that of a run folder.
     *
     * @throws IOException if it cannot be read; {@link java.nio.file.NoSuchFileException} if it is not there
     */
    public static Content read(RunFolder run) throws IOException {
        return new Content(Files.readString(run.status()), AtomicFile.isLocked(run.status()));
    }
}
