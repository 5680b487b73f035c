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
        AtomicInteger made = new AtomicInteger();
        this.most = most;
        this.lastWork = lastWork;
        this.onFault = onFault;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
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
        begun();
        return () -> {
            guarded.run();
            ended();
        };
    }

    /** Allows as many workers as there are tasks; the pool makes those it may have even while others have nothing to do. */
    private synchronized void begun() {
        tasks++;
        int needed = Math.min(tasks, most);
        if (executor.getCorePoolSize() < needed) {
            executor.setCorePoolSize(needed);
        }
    }

    private synchronized void ended() {
        tasks--;
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
