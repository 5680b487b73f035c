package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/** A clock that stands still until it jumps to the next thing that is to happen. */
final class VirtualTime extends Clock {

    private static final int MOST_AT_ONCE = 20_000;

    private record Due(Instant at, long number, Runnable act) {}

    private final PriorityQueue<Due> agenda = new PriorityQueue<>(VirtualTime::inOrder);

    private Instant now = Instant.parse("2026-11-22T03:00:00Z");
    private final Instant beginning = now;
    private long added;
    private int atOnce;

    private static int inOrder(Due one, Due other) {
        int byTime = one.at.compareTo(other.at);
        return byTime != 0 ? byTime : Long.compare(one.number, other.number);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** How much of it has passed. */
    Duration passed() {
        return Duration.between(beginning, now);
    }

    /** Has something happen later; what is to happen at one time happens in the order in which it was asked for. */
    void after(Duration delay, Runnable act) {
        agenda.add(new Due(now.plus(delay), added++, act));
    }

    void every(Duration interval, Runnable act) {
        after(interval, () -> {
            act.run();
            every(interval, act);
        });
    }

    /** Lets time go on for so long. */
    void pass(Duration length) {
        Instant end = now.plus(length);
        for (Due next = agenda.peek(); next != null && !next.at.isAfter(end); next = agenda.peek()) {
            agenda.remove();
            atOnce = next.at.equals(now) ? atOnce + 1 : 0;
            if (atOnce > MOST_AT_ONCE) {
                throw new AssertionError("something goes round and round, and no time passes");
            }
            now = next.at;
            next.act.run();
        }
        now = end;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("has no zone");
    }
}
