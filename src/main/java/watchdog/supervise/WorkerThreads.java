package watchdog.supervise;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Workers that are threads, made when first needed. There are so many places for tasks; a task that takes longer than its
 * patience gives up its place to the next one, and its thread goes on beside the others.
 */
public final class WorkerThreads implements Workers, AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final int places;
    private final int mostHung;
    private final Consumer<Signal> signals;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timer;

    private final Queue<Task> followUps = new ArrayDeque<>();
    private final Queue<Task> others = new ArrayDeque<>();
    private int atWork;
    private int hung;

    /**
     * Makes workers.
     *
     * @param places how many tasks are done at a time, apart from those that hang
     * @param mostHung how many tasks may have given up their places at a time
     * @param signals is told of each task that gives up its place, or that cannot as there are too many
     */
    WorkerThreads(String name, int places, int mostHung, Consumer<Signal> signals) {
        this.places = places;
        this.mostHung = mostHung;
        this.signals = signals;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
        this.timer = new ScheduledThreadPoolExecutor(1, daemons(name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Makes threads that keep no process from ending. */
    static ThreadFactory daemons(String name) {
        AtomicInteger made = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public synchronized void run(Task task) {
        (task.isFollowUp() ? followUps : others).add(task);
        fillPlaces();
    }

    private Future<?> timed(Task task, Duration delay, Runnable step) {
        Consumer<RuntimeException> failed =
                fault -> signals.accept(new Signal.Failed(Optional.empty(), task.what(), fault));
        return timer.schedule(new Guarded(step, failed), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void fillPlaces() {
        while (atWork < places && !threads.isShutdown() && !(followUps.isEmpty() && others.isEmpty())) {
            atWork++;
            Turn turn = new Turn(followUps.isEmpty() ? others.remove() : followUps.remove());
            turn.limit = timed(turn.task, turn.task.patience(), turn::tooLong);
            threads.execute(turn);
        }
    }

    /** Whether there is no task that has not come to its end. */
    synchronized boolean isIdle() {
        return atWork + hung == 0 && followUps.isEmpty() && others.isEmpty();
    }

    /** How many tasks that have given up their places have not come to their end. */
    synchronized int hung() {
        return hung;
    }

    /** A task that has its place, or had it. */
    private final class Turn implements Runnable {

        private final Task task;
        private @Nullable Future<?> limit;
        private boolean ended;
        private boolean hangs;

        Turn(Task task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.work().run();
            } finally {
                end();
            }
        }

        private void end() {
            synchronized (WorkerThreads.this) {
                ended = true;
                if (limit != null) {
                    limit.cancel(false);
                }
                if (hangs) {
                    hung--;
                } else {
                    atWork--;
                }
                fillPlaces();
            }
        }

        private void tooLong() {
            boolean gaveUp;
            synchronized (WorkerThreads.this) {
                if (ended) {
                    return;
                }
                gaveUp = hung < mostHung;
                if (gaveUp) {
                    hangs = true;
                    hung++;
                    atWork--;
                    fillPlaces();
                }
            }
            signals.accept(new Signal.Hung(task.about(), task.what(), task.patience(), gaveUp));
        }
    }

    /** Shuts both down in one step, because a task that takes a place needs both. */
    private synchronized void shutdown() {
        timer.shutdown();
        threads.shutdown();
    }

    /** Begins no more work, and lets what has begun come to its end, but not for longer than that. */
    boolean close(Duration patience) {
        shutdown();
        try {
            return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Begins no more work; what has begun goes on as long as the process. */
    @Override
    public void close() {
        boolean unused = close(Duration.ZERO);
    }
}
