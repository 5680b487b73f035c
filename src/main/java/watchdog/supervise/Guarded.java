package watchdog.supervise;

import java.util.function.Consumer;

/** A task for another thread that loses no exception: an executor would keep what is thrown to itself. */
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
            // Treated as on a thread without an executor: want of memory ends the process.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
