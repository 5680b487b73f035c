package watchdog.supervise;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import watchdog.policy.WatchList;

/** When passes over all containers are made: again and again, and when one is asked for, one at a time on a thread of its own. */
final class Passes implements AutoCloseable {

    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, WorkerThreads.daemons("listing"));
    private final Poller poller;
    private final Runnable pass;
    private @Nullable Future<?> repeated;

    /** Makes one that makes none yet, of passes of that poller. */
    Passes(Poller poller, Runnable pass) {
        this.poller = poller;
        this.pass = pass;
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Has one made soon. */
    void makeOne() {
        thread.execute(pass);
    }

    /** Has one made soon, and from then on one after each interval; not by another interval any more. */
    void repeat(Duration interval) {
        if (repeated != null) {
            repeated.cancel(false);
        }
        repeated = thread.scheduleWithFixedDelay(pass, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** There is another watch list from the next one on. */
    void watch(WatchList watchList) {
        poller.watch(watchList);
    }

    /** Begins no more of them. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
