package watchdog.fake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The one lock of a fake engine; whoever waits for something looks again after each change. */
final class Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** A change that the engine may refuse. */
    @FunctionalInterface
    interface Act {
        void run() throws Refusal;
    }

    void run(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    void act(Act change) throws Refusal {
        lock.lock();
        try {
            change.run();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    <T> T change(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Looks without changing anything. */
    <T> T get(Supplier<T> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition holds, and says whether it did in time. */
    boolean await(Duration atMost, BooleanSupplier condition) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(3600)));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
