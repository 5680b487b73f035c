package watchdog.supervise;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import watchdog.engine.DockerEngine;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** The loop: takes one signal after the other from one queue, on the thread that runs it. */
public final class WatchLoop {

    /** Engines may abort a start whose client leaves. */
    private static final Duration LAST_STARTS = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private final DockerEngine engine;
    private final WatchList watchList;
    private final Rules rules;
    private final StopMemory memory;
    private final Observer observer;

    public WatchLoop(DockerEngine engine, WatchList watchList, Rules rules, StopMemory memory, Observer observer) {
        this.engine = engine;
        this.watchList = watchList;
        this.rules = rules;
        this.memory = memory;
        this.observer = observer;
    }

    /**
     * Watches until {@link #stop}.
     *
     * @param interval from the end of a pass to the beginning of the next
     * @param parallel how many starts may be under way at a time
     * @throws IllegalStateException if something failed that cannot fail; watching has ended then
     */
    public void run(Duration interval, int parallel) throws InterruptedException {
        Clock clock = new MonotonicClock();
        ContainerEngine containers =
                new DockerContainers(engine, label -> watchList.needs(label) || RestartPolicy.needs(label));
        Poller poller = new Poller(containers, watchList, clock, this::post);
        Consumer<Signal> heard = signal -> {
            poller.heard(signal);
            post(signal);
        };
        try (WorkerThreads listening = new WorkerThreads("events", 1, Duration.ZERO, this::broken);
                WorkerThreads listing = new WorkerThreads("listing", 1, Duration.ZERO, this::broken);
                WorkerThreads starting = new WorkerThreads("start", parallel, LAST_STARTS, this::broken);
                EventListener listener = new EventListener(engine, heard, () -> listing.run(poller::pass))) {
            // First, so that the engine is asked while the rest is made.
            listening.run(listener::listen);
            listing.runEvery(interval, poller::pass);
            observer.watching(watchList, interval, engine.endpoint());
            Restarter restarter = new Restarter(containers, starting, clock, this::post);
            Supervisor supervisor = new Supervisor(
                    watchList, rules, restarter, memory, observer, ThreadLocalRandom.current()::nextDouble);
            boolean ends = false;
            while (!ends) {
                ends = take(next(supervisor, clock), supervisor, clock, listener);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            ended.countDown();
        }
    }

    /**
     * Takes one signal. Nothing keeps it while the next one is waited for: a listing may be large.
     *
     * @return whether it was the last
     */
    private static boolean take(Signal signal, Supervisor supervisor, Clock clock, EventListener listener) {
        if (signal instanceof Signal.Stop) {
            return true;
        }
        if (signal instanceof Signal.Broken broken) {
            throw new IllegalStateException("a worker failed", broken.fault());
        }
        supervisor.handle(signal, clock.instant());
        if (signal instanceof Signal.EngineFound) {
            listener.tryNow();
        }
        return false;
    }

    /** Waits for a signal, and has the supervisor do meanwhile what comes due. */
    private Signal next(Supervisor supervisor, Clock clock) throws InterruptedException {
        while (true) {
            Instant now = clock.instant();
            supervisor.tick(now);
            Duration wait = supervisor
                    .nextDeadline()
                    .map(due -> Duration.between(now, due))
                    .orElse(LONGEST_WAIT);
            Signal signal = signals.poll(wait.toMillis() + 1, TimeUnit.MILLISECONDS);
            if (signal != null) {
                return signal;
            }
        }
    }

    /** What a pass saw takes the place of what was not yet looked at: should the loop be held up, they do not pile up. */
    private void post(Signal signal) {
        if (signal instanceof Signal.Listed) {
            signals.removeIf(Signal.Listed.class::isInstance);
        }
        if (signal instanceof Signal.Listed || signal instanceof Signal.ListedDown) {
            signals.removeIf(Signal.ListedDown.class::isInstance);
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
