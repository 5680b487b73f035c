package watchdog.supervise;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Workers that work in virtual time, a bounded number of tasks at once. */
final class VirtualWorkers implements Workers {

    private final VirtualTime time;
    private final Stage stage;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    VirtualWorkers(VirtualTime time, Stage stage, int most) {
        this.time = time;
        this.stage = stage;
        this.free = most;
    }

    @Override
    public void run(Task task) {
        run(task.work());
    }

    void run(Runnable task) {
        runAfter(Duration.ZERO, task);
    }

    private void runAfter(Duration delay, Runnable task) {
        stage.once(() -> time.after(delay, () -> {
            waiting.add(task);
            work();
        }));
    }

    /** Runs the task now, and again each time that long after it ended. */
    void runEvery(Duration interval, Runnable task) {
        run(() -> {
            task.run();
            runAfterwards(interval, task);
        });
    }

    private void runAfterwards(Duration interval, Runnable task) {
        stage.once(() -> time.after(interval, () -> runEvery(interval, task)));
    }

    /** Whether there is more to do than there are workers. */
    boolean isBehind() {
        return !waiting.isEmpty();
    }

    private void work() {
        while (free > 0 && !waiting.isEmpty()) {
            free--;
            stage.play(waiting.remove(), () -> {
                free++;
                work();
            });
        }
    }
}
