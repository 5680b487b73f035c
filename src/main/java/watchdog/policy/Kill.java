package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A signal that was sent to a container.
 *
 * @param signal its number, or {@link #UNKNOWN}
 * @param toStop whether it is meant to end the process
 * @param takes how long after it a death may be its doing
 * @param own whether watchdog's own restart sent it, rather than an operator
 * @param doubted whether the events have ended since: it explains only a death that is told
 */
public record Kill(int signal, Instant at, boolean toStop, Duration takes, boolean own, boolean doubted) {

    /** The number of a signal that the engine did not tell. */
    public static final int UNKNOWN = 0;

    private static final int HUP = 1;

    /** INT, KILL and TERM, which end most processes; many programs use the other signals for something else. */
    private static final Set<Integer> TO_STOP = Set.of(UNKNOWN, 2, 9, 15);

    /** As Linux counts on nearly all machines, the first real-time one as the C library does (signal(7)). */
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("HUP", HUP),
            Map.entry("QUIT", 3),
            Map.entry("ABRT", 6),
            Map.entry("USR1", 10),
            Map.entry("USR2", 12),
            Map.entry("ALRM", 14),
            Map.entry("WINCH", 28),
            Map.entry("PWR", 30),
            Map.entry("RTMIN", 34),
            Map.entry("RTMIN+3", 37),
            Map.entry("RTMIN+4", 38));

    /** The greatest delay of an event. */
    static final Duration EVENTS_TAKE = Duration.ofSeconds(5);

    private static final Duration STOP_TAKES = Duration.ofMinutes(15);

    /** Longer than the default stop timeout, after which the engine sends KILL. */
    private static final Duration OTHERS_TAKE = Duration.ofSeconds(12);

    /** For a signal such as HUP, which makes many programs read their configuration: one that does not end soon survives it. */
    private static final Duration HUP_TAKES = Duration.ofSeconds(2);

    /** A signal to a container without a stop signal and a stop timeout of its own. */
    public Kill(int signal, Instant at) {
        this(signal, at, TO_STOP.contains(signal), takes(signal, TO_STOP.contains(signal)), false, false);
    }

    /** The signal of a finished restart by watchdog, whose events may still come: it hides those, and explains no death. */
    static Kill echo(Instant at) {
        return new Kill(UNKNOWN, at, false, EVENTS_TAKE, true, false);
    }

    /** A signal to a container that has a stop signal and a stop timeout of its own, or not. */
    public static Kill of(int signal, Setup setup, Instant at) {
        String name = setup.stopSignal().toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        boolean own = name.equals(String.valueOf(signal)) || NUMBERS.getOrDefault(name, UNKNOWN) == signal;
        boolean toStop = own || TO_STOP.contains(signal);
        Duration takes = takes(signal, toStop);
        Duration timeout = setup.stopTimeout() == null ? Duration.ZERO : setup.stopTimeout();
        boolean longer = toStop && timeout.plus(OTHERS_TAKE).compareTo(takes) > 0;
        return new Kill(signal, at, toStop, longer ? timeout.plus(OTHERS_TAKE) : takes, false, false);
    }

    private static Duration takes(int signal, boolean toStop) {
        return toStop ? STOP_TAKES : signal == HUP ? HUP_TAKES : OTHERS_TAKE;
    }

    /** The same, judged by the setup of the container, which is known only now. */
    Kill to(Setup setup) {
        Kill known = of(signal, setup, at);
        return new Kill(signal, at, known.toStop, known.takes, own, doubted);
    }

    /** The same, sent by watchdog itself or by an operator. */
    Kill by(boolean watchdog) {
        return new Kill(signal, at, toStop, takes, watchdog, doubted);
    }

    /** The same, after the events have ended. */
    Kill inDoubt() {
        return new Kill(signal, at, toStop, takes, own, true);
    }

    /** Whether it was told so short a time ago that it may have been sent to a run of which nobody has told. */
    boolean isRecent(Instant now) {
        return !now.isAfter(at.plus(EVENTS_TAKE));
    }

    /** Whether a later signal changes nothing: it may be a late event of what watchdog itself did, or explains no later death. */
    boolean hides(Kill later) {
        return own ? !later.at.isAfter(at.plus(EVENTS_TAKE)) : !later.outlasts(this);
    }

    /** Whether a process that died then may have died of it. */
    public boolean explains(Instant death) {
        return !death.isAfter(until());
    }

    /** Whether it may explain a later death than the other signal may. */
    boolean outlasts(Kill other) {
        return until().isAfter(other.until());
    }

    private Instant until() {
        return at.plus(takes);
    }
}
