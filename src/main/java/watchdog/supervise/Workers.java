package watchdog.supervise;

import java.time.Duration;

/** Where work is done that may take long. */
public interface Workers {

    /** Runs the task as soon as a worker is free, first come, first served. */
    void run(Runnable task);

    /** The same, after a while that occupies no worker. */
    void runAfter(Duration delay, Runnable task);
}
