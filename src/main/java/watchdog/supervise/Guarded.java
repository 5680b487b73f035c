package watchdog.supervise;

import java.util.function.Consumer;

/** A task for another thread, of which nothing that it throws is lost: executors keep that to themselves. */
final class Guarded implements Runnable {

    private final Runnable task;
    private final Consumer<RuntimeException> onFault;

    Guarded(Runnable task, Consumer<RuntimeException> onFault) {
        this.task = task;
        this.onFault = onFault;
    }

    @Override
    public void run() {
        try {
            task.run();
        } catch (RuntimeException e) {
            onFault.accept(e);
        } catch (Error e) {
            // As of a thread that no executor owns; that of memory ends the process.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
