package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import watchdog.policy.Fact;
import watchdog.report.Observer;

/**
 * Faults of watchdog itself: exceptions that should never be thrown. Each is reported once. They end the loop only if there are
 * too many of them, so that systemd or somebody else starts watchdog afresh.
 */
final class OwnFaults {

    private static final int MOST = 100;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    /** How many different faults are reported: enough for a person to act on, and a bound for memory. */
    private static final int MOST_TOLD = 100;

    private final Observer observer;
    private final Deque<Instant> times = new ArrayDeque<>();
    private final Set<String> told = new HashSet<>();

    OwnFaults(Observer observer) {
        this.observer = observer;
    }

    /**
     * Takes one.
     *
     * @param about the container with which was dealt then, or what else was done
     * @throws TooManyFaultsException if too many happened in a short time
     */
    void happened(String about, RuntimeException fault, Instant now) {
        if (told.size() < MOST_TOLD && told.add(about + " " + fault.getClass().getName())) {
            observer.tell(new Fact.OwnFault(about, fault));
        }
        times.add(now);
        while (times.getFirst().plus(WITHIN).isBefore(now)) {
            times.remove();
        }
        if (times.size() > MOST) {
            throw new TooManyFaultsException(fault);
        }
    }

    /** An {@link Error}, so that no handler of exceptions takes it for one more fault. */
    static final class TooManyFaultsException extends Error {

        private static final long serialVersionUID = 1L;

        TooManyFaultsException(RuntimeException last) {
            super("more than " + MOST + " faults within " + WITHIN.toMinutes() + " minutes", last);
        }
    }
}
