package watchdog.report;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.policy.Fact;

/**
 * Another observer on a thread of its own, so that nobody waits for it. What waits to be told is bounded: facts past that are
 * lost and counted.
 */
public final class QueuedObserver implements Observer {

    /** A pass over some thousand containers tells about as many facts at once. */
    static final int ROOM = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private final BlockingQueue<Fact> queue = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong lost = new AtomicLong();
    private final String name;
    private final Observer observer;

    private QueuedObserver(String name, Observer observer) {
        this.name = name;
        this.observer = new Observers(List.of(observer));
    }

    /**
     * Makes one, and begins its thread.
     *
     * @param name of the thread, and in the log
     */
    public static QueuedObserver begin(String name, Observer observer) {
        QueuedObserver queued = new QueuedObserver(name, observer);
        Thread thread = new Thread(queued::run, name);
        thread.setDaemon(true);
        thread.start();
        return queued;
    }

    @Override
    public void tell(Fact fact) {
        if (!queue.offer(fact)) {
            lost.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (true) {
                observer.tell(queue.take());
                if (queue.isEmpty()) {
                    logLost();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void logLost() {
        long count = lost.getAndSet(0);
        if (count > 0) {
            LOG.warn("{}: {} facts were lost, because it was too slow", name, count);
        }
    }
}
