package watchdog;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what must come true in the end, up to a deadline. */
public final class Eventually {

    private static final Duration POLL = Duration.ofMillis(10);

    private Eventually() {}

    /** What is waited for; an exception counts as "not yet". */
    @FunctionalInterface
    public interface Condition {

        /** Whether it is so by now. */
        boolean holds() throws Exception;
    }

    /** Waits until the condition holds, else fails with what was last seen. */
    public static void within(Duration limit, String what, Condition condition) {
        within(limit, what, condition::holds, holds -> holds);
    }

    /** Waits until the value read is an accepted one and returns it, else fails with the value last seen. */
    public static <T> T within(Duration limit, String what, Callable<T> read, Predicate<? super T> accepted) {
        long began = System.nanoTime();
        while (true) {
            Object seen;
            Throwable cause = null;
            try {
                T value = read.call();
                if (accepted.test(value)) {
                    return value;
                }
                seen = value;
            } catch (Exception | AssertionError notYet) {
                seen = notYet;
                cause = notYet;
            }
            if (System.nanoTime() - began >= limit.toNanos()) {
                throw new AssertionError("not within " + limit + ": " + what + "; last seen: " + seen, cause);
            }
            // An interrupted thread would not park any more, and so spin.
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting: " + what + "; last seen: " + seen, cause);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
