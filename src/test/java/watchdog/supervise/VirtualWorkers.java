package watchdog.supervise;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Workers that work in virtual time, a bounded number of tasks at once apart from those that take too long. */
final class VirtualWorkers implements Workers {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** A worker never begins at the very time of what was told, as an answer that was asked for then would be out of date. */
    private static final Duration HANDED_OVER = Duration.ofNanos(1);

    private final VirtualTime time;
    private final Stage stage;
    private final Consumer<Signal> signals;
    private final Deque<Task> followUps = new ArrayDeque<>();
    private final Deque<Task> others = new ArrayDeque<>();
    private int free;

    VirtualWorkers(VirtualTime time, Stage stage, int most, Consumer<Signal> signals) {
        this.time = time;
        this.stage = stage;
        this.free = most;
        this.signals = signals;
    }

    @Override
    public void run(Task task) {
        stage.once(() -> time.after(HANDED_OVER, () -> {
            (task.isFollowUp() ? followUps : others).add(task);
            work();
        }));
    }

    void run(Runnable task) {
        run(new Task("", "", false, FOREVER, task));
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
        return !followUps.isEmpty() || !others.isEmpty();
    }

    private void work() {
        while (free > 0 && isBehind()) {
            free--;
            Turn turn = new Turn(followUps.isEmpty() ? others.remove() : followUps.remove());
            if (!turn.task.patience().equals(FOREVER)) {
                time.after(turn.task.patience(), turn::tooLong);
            }
            stage.play(turn.task.work(), turn::end);
        }
    }

    private final class Turn {

        private final Task task;
        private boolean ended;
        private boolean hasPlace = true;

        Turn(Task task) {
            this.task = task;
        }

        private void tooLong() {
            if (!ended) {
                freePlace();
                signals.accept(new Signal.Hung(task.about(), task.what(), task.patience(), true));
            }
        }

        private void end() {
            ended = true;
            freePlace();
        }

        private void freePlace() {
            if (hasPlace) {
                hasPlace = false;
                free++;
            }
            work();
        }
    }
}
