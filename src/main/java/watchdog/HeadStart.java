package watchdog;

import java.time.Duration;
import watchdog.http.Endpoint;

/** Has ready what the first request takes, by a thread beside the one that reads the command line. */
final class HeadStart {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Thread thread = new Thread(Endpoint::prepare, "head start");

    private HeadStart() {}

    static HeadStart begin() {
        HeadStart headStart = new HeadStart();
        headStart.thread.setDaemon(true);
        headStart.thread.start();
        return headStart;
    }

    /** Waits until it is done: a native library that is being unpacked would not be removed at the end. */
    void await() {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
