package watchdog.supervise;

import java.util.HashMap;
import java.util.Map;

/**
 * Tasks of one kind. For each container at most one runs and at most one waits, so a call that hangs does not pile up others
 * of the same container behind it.
 */
final class OncePerContainer {

    private enum State {
        WAITING,
        AT_WORK,
        AT_WORK_AND_WANTED_AGAIN
    }

    private final Workers workers;
    private final Map<String, State> states = new HashMap<>();

    OncePerContainer(Workers workers) {
        this.workers = workers;
    }

    /** Has the task done for that container, after one that is at work for it; one that already waits suffices. */
    synchronized void run(String id, Workers.Task task) {
        State state = states.get(id);
        if (state == null) {
            begin(id, task);
        } else if (state == State.AT_WORK) {
            states.put(id, State.AT_WORK_AND_WANTED_AGAIN);
        }
    }

    private void begin(String id, Workers.Task task) {
        states.put(id, State.WAITING);
        workers.run(new Workers.Task(task.about(), task.what(), task.isFollowUp(), task.patience(), () -> {
            begun(id);
            task.work().run();
            ended(id, task);
        }));
    }

    private synchronized void begun(String id) {
        states.replace(id, State.WAITING, State.AT_WORK);
    }

    private synchronized void ended(String id, Workers.Task task) {
        State state = states.remove(id);
        if (state == State.AT_WORK_AND_WANTED_AGAIN) {
            begin(id, task);
        }
    }
}
