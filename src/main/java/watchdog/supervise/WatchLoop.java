package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import watchdog.policy.RestartPolicy;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** The loop: takes one signal after the other from one queue, on the thread that runs it. */
public final class WatchLoop {

    /** Engines may abort a start whose client leaves. */
    private static final Duration LAST_STARTS = Duration.ofSeconds(5);

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private final ContainerEngine engine;
    private final Observer observer;

    public WatchLoop(ContainerEngine engine, Observer observer) {
        this.engine = engine;
        this.observer = observer;
    }

    /**
     * Watches until {@link #stop}.
     *
     * @param interval from the end of a pass to the beginning of the next
     * @param parallel how many starts may be under way at a time
     * @throws IllegalStateException if something failed that cannot fail; watching has ended then
     */
    public void run(WatchList watchList, Duration interval, int parallel) throws InterruptedException {
        Clock clock = new MonotonicClock();
        try (WorkerThreads listing = new WorkerThreads("listing", 1, Duration.ZERO, this::broken);
                WorkerThreads starting = new WorkerThreads("start", parallel, LAST_STARTS, this::broken)) {
            Restarter restarter = new Restarter(engine, starting, this::post);
            Supervisor supervisor = new Supervisor(watchList, new RestartPolicy(), restarter, observer);
            Poller poller = new Poller(engine, watchList, clock, this::post);
            listing.runEvery(interval, poller::pass);
            for (Signal signal = signals.take(); !(signal instanceof Signal.Stop); signal = signals.take()) {
                if (signal instanceof Signal.Broken broken) {
                    throw new IllegalStateException("a worker failed", broken.fault());
                }
                supervisor.handle(signal, clock.instant());
            }
        } finally {
            ended.countDown();
        }
    }

    /** A listing takes the place of one that was not yet looked at: should the loop be held up, they do not pile up. */
    private void post(Signal signal) {
        if (signal instanceof Signal.Listed) {
            signals.removeIf(Signal.Listed.class::isInstance);
        }
        signals.add(signal);
    }

    private void broken(Throwable fault) {
        signals.add(new Signal.Broken(fault));
    }

    /**
     * Ends {@link #run}, from any thread, and waits for it, but not for ever.
     *
     * @return whether it was running until now
     */
    public boolean stop(Duration patience) {
        boolean running = ended.getCount() > 0;
        signals.add(new Signal.Stop());
        try {
            ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return running;
    }
}
