package watchdog.supervise;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import watchdog.engine.ContainerEngine;
import watchdog.policy.Fact;
import watchdog.policy.Holds;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** The loop: takes one signal after the other from one queue, on the thread that runs it. */
public final class WatchLoop {

    /** How long an inspection that is under way is waited for at the end. */
    private static final Duration PROOF_TAKES = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** The time between two checks whether one pass is over. */
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(20);

    /** Places for events in the queue: more than an engine sends while the loop handles one listing. */
    private static final int MOST_EVENTS = 4096;

    /** The most calls of one kind that may hang; each keeps a thread. */
    private static final int MOST_HUNG = 64;

    private final SignalQueue signals = new SignalQueue(MOST_EVENTS);
    private final CountDownLatch ended = new CountDownLatch(1);

    private final ContainerEngine engine;
    private final WatchList watchList;
    private final Rules rules;
    private final StopMemory memory;
    private final Observer observer;
    private final int parallel;
    private final Heartbeat heartbeat;
    private final WorkerThreads inspects;
    private final WorkerThreads starts;

    /**
     * Makes one.
     *
     * @param parallel how many starts may be under way at a time; with 0 all is decided and told, and nothing is started
     * @param heartbeat is told that the loop turns
     */
    public WatchLoop(
            ContainerEngine engine,
            WatchList watchList,
            Rules rules,
            StopMemory memory,
            Observer observer,
            int parallel,
            Heartbeat heartbeat) {
        this.engine = engine;
        this.watchList = watchList;
        this.rules = rules;
        this.memory = memory;
        this.observer = observer;
        this.parallel = parallel;
        this.heartbeat = heartbeat;
        this.inspects = new WorkerThreads("inspect", Math.max(1, parallel), MOST_HUNG, signals::add);
        this.starts = new WorkerThreads("start", parallel, MOST_HUNG, signals::add);
    }

    /**
     * Watches until {@link #stop}.
     *
     * @param interval from the end of a pass to the beginning of the next
     * @param patience how long the engine may take to answer until other work no longer waits for that
     * @throws IllegalStateException if watchdog itself has failed again and again; watching has ended then
     */
    public void run(Duration interval, Duration patience) throws InterruptedException {
        Supervisor unused = run(Optional.of(interval), patience);
    }

    /**
     * Makes one pass, and waits for the outcomes of what is begun.
     *
     * @param patience as of {@link #run}
     * @return what is not up, and not left as it is by the rules; or empty if the engine did not list its containers
     */
    public Optional<Set<String>> runOnce(Duration patience) throws InterruptedException {
        return run(Optional.empty(), patience).notUp(new MonotonicClock().instant());
    }

    /** Has it go on by another watch list, other rules, and passes at another interval. On any thread. */
    public void reload(WatchList otherList, Rules otherRules, Duration interval) {
        signals.add(new Signal.Reloaded(otherList, otherRules, interval));
    }

    /** Tells that it goes on as before, and why. On any thread. */
    public void refuseReload(String problem) {
        signals.add(new Signal.NotReloaded(problem));
    }

    /** These are all holds that there are from now on. On any thread; those of before {@link #run} hold from its beginning. */
    public void hold(Holds holds) {
        signals.add(new Signal.HoldsRead(holds));
    }

    /** How many signals wait to be taken. On any thread. */
    public int queued() {
        return signals.size();
    }

    /** @param interval none for one pass only */
    private Supervisor run(Optional<Duration> interval, Duration patience) throws InterruptedException {
        Clock clock = new MonotonicClock();
        Poller poller = new Poller(engine, watchList, memory, clock, signals::add);
        try (Passes passes = new Passes(poller, guarded("listing", poller::pass));
                EventListener listener = new EventListener(engine, new Heard(poller))) {
            // First, so that the engine is asked while the rest is made.
            WorkerThreads.daemons("events")
                    .newThread(guarded("reading the events", listener::listen))
                    .start();
            begin(passes, interval);
            Calls calls = new Calls(engine, inspects, starts, patience, clock, signals::add);
            Supervisor supervisor = new Supervisor(
                    watchList,
                    rules,
                    calls,
                    passes::makeOne,
                    parallel,
                    memory,
                    observer,
                    ThreadLocalRandom.current()::nextDouble);
            boolean ends = false;
            while (!ends) {
                ends = take(next(supervisor, clock, interval.isEmpty()), supervisor, clock, passes, listener);
            }
            proveStops(supervisor, clock);
            return supervisor;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (OwnFaults.TooManyFaultsException e) {
            throw new IllegalStateException(e.getMessage(), e.getCause());
        } finally {
            inspects.close();
            ended.countDown();
        }
    }

    private void begin(Passes passes, Optional<Duration> interval) {
        if (interval.isEmpty()) {
            passes.makeOne();
            return;
        }
        Duration time = interval.get();
        passes.repeat(time);
        observer.tell(new Fact.Watching(watchList, time, engine.endpoint(), rules.mode(), memory.place()));
    }

    private Runnable guarded(String doing, Runnable task) {
        return new Guarded(task, fault -> signals.add(new Signal.Failed(Optional.empty(), doing, fault)));
    }

    /** What the engine tells, of which the poller takes note before the loop does. */
    private final class Heard implements EventListener.Sink {

        private final Poller poller;

        Heard(Poller poller) {
            this.poller = poller;
        }

        @Override
        public boolean accept(Signal signal) {
            poller.heard(signal);
            return signals.add(signal);
        }

        @Override
        public boolean hasRoom() {
            return signals.hasRoom();
        }
    }

    /**
     * Takes one signal. Nothing keeps it while the next one is waited for: a listing may be large.
     *
     * @return whether it was the last
     */
    private boolean take(Signal signal, Supervisor supervisor, Clock clock, Passes passes, EventListener listener) {
        if (signal instanceof Signal.Stop) {
            return true;
        }
        if (signal instanceof Signal.Reloaded reloaded) {
            // First: what is listed later than the supervisor's own reloading is by the new list.
            passes.watch(reloaded.watchList());
        }
        supervisor.handle(signal, signals.isLastOfIts(signal), clock.instant());
        if (signal instanceof Signal.EngineFound) {
            listener.tryNow();
        } else if (signal instanceof Signal.Reloaded reloaded) {
            passes.repeat(reloaded.interval());
        }
        return false;
    }

    /** Waits a moment for the inspections that prove stops, so that a stop just told is not lost by the end of watchdog. */
    private void proveStops(Supervisor supervisor, Clock clock) throws InterruptedException {
        Instant until = clock.instant().plus(PROOF_TAKES);
        for (Instant now = clock.instant(); supervisor.isStopPending() && now.isBefore(until); now = clock.instant()) {
            Signal signal = signals.poll(Duration.between(now, until));
            if (signal instanceof Signal.Inspected || signal instanceof Signal.NotInspected) {
                supervisor.handle(signal, false, clock.instant());
            }
        }
    }

    /**
     * Waits for a signal, and has the supervisor do meanwhile what comes due.
     *
     * @param once whether the end of a pass is a signal to stop
     */
    private Signal next(Supervisor supervisor, Clock clock, boolean once) throws InterruptedException {
        while (true) {
            Instant now = clock.instant();
            supervisor.tick(now);
            Duration untilDue = supervisor
                    .nextDeadline()
                    .map(due -> Duration.between(now, due).plusMillis(1))
                    .orElse(LONGEST_WAIT);
            Duration wait = shorter(untilDue, heartbeat.beat(now));
            // Before the queue is seen to be empty: what workers have done is in it then.
            boolean isOver = once && supervisor.isPassOver() && inspects.isIdle() && starts.isIdle();
            Signal signal = signals.poll(isOver ? Duration.ZERO : once ? shorter(wait, BETWEEN_CHECKS) : wait);
            if (signal != null) {
                return signal;
            }
            if (isOver) {
                return new Signal.Stop();
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Ends {@link #run}, from any thread, and waits for that. Starts under way go on.
     *
     * @param patience how long to wait
     * @return whether it was running until now
     */
    public boolean stop(Duration patience) {
        boolean running = ended.getCount() > 0;
        signals.addFirst(new Signal.Stop());
        try {
            boolean unused = ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return running;
    }

    /**
     * Begins no more starts, and waits for those under way: an engine may abort a start whose client leaves.
     *
     * @param patience how long to wait
     */
    public void awaitStarts(Duration patience) {
        boolean unused = starts.close(patience);
    }
}
