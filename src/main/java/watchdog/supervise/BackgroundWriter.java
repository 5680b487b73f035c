package watchdog.supervise;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A thread that writes what has changed: once for all changes since it began to write last. */
final class BackgroundWriter {

    private final BooleanSupplier write;
    private final Duration retryAfter;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);

    private volatile boolean unwritten;
    private volatile boolean closing;

    /**
     * Makes one, which writes nothing before {@link #start}.
     *
     * @param write writes all as it is at that moment, and returns whether it could
     * @param retryAfter when to try again what failed, if nothing changes before
     */
    BackgroundWriter(String name, BooleanSupplier write, Duration retryAfter) {
        this.write = write;
        this.retryAfter = retryAfter;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has written what has changed until now. Does not wait for it. */
    void changed() {
        unwritten = true;
        wake.release();
    }

    /**
     * Has written what is not written yet, and ends.
     *
     * @param patience how long to wait for that
     * @return whether it has ended, and all is written
     */
    boolean close(Duration patience) {
        closing = true;
        wake.release();
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive() && !unwritten;
    }

    private void run() {
        try {
            boolean last;
            do {
                awaitWork();
                // Read before writing: what changed before the end was asked for is in the last write.
                last = closing;
                if (unwritten) {
                    unwritten = false;
                    if (!write.getAsBoolean()) {
                        unwritten = true;
                    }
                }
            } while (!last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitWork() throws InterruptedException {
        if (unwritten) {
            boolean unused = wake.tryAcquire(retryAfter.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            wake.acquire();
        }
        wake.drainPermits();
    }
}
