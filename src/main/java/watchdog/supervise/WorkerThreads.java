package watchdog.supervise;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Workers that are threads: a bounded number of them, made when first needed. */
public final class WorkerThreads implements Workers, AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ScheduledThreadPoolExecutor executor;
    private final int most;
    private final Duration lastWork;
    private final Consumer<Throwable> onFault;

    /** Tasks that have not ended, those that wait for their time included. */
    private int tasks;

    /**
     * Makes a pool.
     *
     * @param most how many may work at a time
     * @param lastWork how long {@link #close} lets work that has begun go on
     * @param onFault takes what a task throws, which would otherwise be lost
     */
    public WorkerThreads(String name, int most, Duration lastWork, Consumer<Throwable> onFault) {
        this(name, most, lastWork, onFault, IDLE);
    }

    /** One whose workers leave when they have been idle for that long, if there are far more than tasks. */
    WorkerThreads(String name, int most, Duration lastWork, Consumer<Throwable> onFault, Duration idle) {
        AtomicInteger made = new AtomicInteger();
        this.most = most;
        this.lastWork = lastWork;
        this.onFault = onFault;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(idle.toMillis(), TimeUnit.MILLISECONDS);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void run(Runnable task) {
        executor.execute(counted(task));
    }

    @Override
    public void runAfter(Duration delay, Runnable task) {
        Future<?> unused = executor.schedule(counted(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs the task now, and again each time that long after it ended. */
    public void runEvery(Duration interval, Runnable task) {
        Future<?> unused =
                executor.scheduleWithFixedDelay(guarded(task), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable fault) {
                onFault.accept(fault);
            }
        };
    }

    private Runnable counted(Runnable task) {
        Runnable guarded = guarded(task);
        count(1);
        return () -> {
            try {
                guarded.run();
            } finally {
                count(-1);
            }
        };
    }

    /**
     * Has as many workers stay as there are tasks, one at least: with a fixed number the pool makes a new one for each task
     * until it has all of them, whether or not the others have anything to do. A few too many may stay: the number becomes
     * smaller only when all is done or far fewer are needed, for that wakes all that are idle.
     */
    private synchronized void count(int more) {
        tasks += more;
        int staying = executor.getCorePoolSize();
        int needed = Math.max(1, Math.min(tasks, most));
        boolean farFewer = needed < staying && (tasks == 0 || needed < staying / 2);
        if (needed > staying || farFewer) {
            executor.setCorePoolSize(needed);
        }
    }

    /** Begins no more work, and lets what has begun come to its end, but not for ever. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(lastWork.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
