package watchdog.policy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often watchdog has tried to help a container.
 *
 * @param starts in a row
 * @param restarts in a row
 * @param inVain starts, and restarts for ill health, in a row that the engine accepted and that have not helped for long
 * @param recent when those were accepted, oldest first, as many as can make a crash loop
 * @param untold when watchdog was done with those of which the start was still to be told, oldest first
 */
public record Attempts(Tries starts, Tries restarts, int inVain, List<Instant> recent, List<Instant> untold) {

    /** None. */
    public static final Attempts NONE = new Attempts(Tries.NONE, Tries.NONE, 0, List.of(), List.of());

    /** One more start or restart. */
    Attempts tried(Work work, Instant at, double random) {
        return switch (work) {
            case START -> new Attempts(starts.and(at, random), restarts, inVain, recent, untold);
            case RESTART -> new Attempts(starts, restarts.and(at, random), inVain, recent, untold);
        };
    }

    /** The last one was accepted by the engine. */
    Attempts accepted(Instant at, CrashLoop limit) {
        return new Attempts(starts, restarts, inVain + 1, limit.with(recent, at), untold);
    }

    /** The container has stayed up for {@code --reset-after}, or somebody else has started it: tries are forgotten. */
    Attempts withoutStarts() {
        return new Attempts(Tries.NONE, restarts, 0, recent, List.of());
    }

    /** The cause of failed starts is gone, so the next start need not wait. */
    Attempts withoutWaiting() {
        return new Attempts(Tries.NONE, restarts, inVain, recent, untold);
    }

    /** The container has been healthy for {@code --reset-after} after the last restart. */
    Attempts withoutRestarts() {
        return new Attempts(starts, Tries.NONE, 0, recent, untold);
    }

    /** Watchdog is done with one, and its start is not told yet. */
    Attempts withStartUntold(Instant now) {
        Stream<Instant> before = untold.stream().filter(at -> isLate(at, now));
        return new Attempts(
                starts,
                restarts,
                inVain,
                recent,
                Stream.concat(before, Stream.of(now)).toList());
    }

    /** A start is told while none is under way: of the oldest one, if any is untold. */
    Attempts withStartTold() {
        return new Attempts(
                starts, restarts, inVain, recent, untold.stream().skip(1).toList());
    }

    /** Whether a start that is told now, while none is under way, may be one of watchdog's own that is told late. */
    boolean isStartToBeTold(Instant now) {
        return untold.stream().anyMatch(at -> isLate(at, now));
    }

    private static boolean isLate(Instant at, Instant now) {
        return !now.isAfter(at.plus(Kill.EVENTS_TAKE));
    }
}
