package watchdog.fake;

import java.time.Duration;

/** Threads that don't keep a test run alive. */
final class DaemonThreads {
    private DaemonThreads() {}

    static Thread make(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    static Thread start(String name, Runnable task) {
        Thread thread = make(name, task);
        thread.start();
        return thread;
    }

    /** Waits for its end, and says whether it has ended. */
    static boolean joined(Thread thread, Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
