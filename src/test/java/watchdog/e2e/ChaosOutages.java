package watchdog.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import watchdog.Eventually;

/** When the engine was away, told by whom takes it away, for those who work with it meanwhile. */
final class ChaosOutages {

    /** In which a busy engine answers the inspection that makes a stop sure. */
    private static final Duration PROOF = Duration.ofSeconds(2);

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** For each outage the time of the last stop that was sure before it. */
    private final List<Instant> lastProven = new ArrayList<>();

    private boolean engineAway;
    private boolean watchdogAway;
    private Instant deafSince = Instant.MAX;
    private Instant deafUntil = Instant.MIN;

    /** Watchdog did not hear what happened between the two at that time, but afterwards. */
    synchronized void deaf(Instant since, Instant until) {
        deafSince = since;
        deafUntil = until;
    }

    /** The engine is about to go. */
    synchronized void begin() {
        Instant sure = Instant.now().minus(PROOF);
        lastProven.add(deafUntil.isAfter(sure) ? deafSince.minus(PROOF) : sure);
        engineAway = true;
        watchdogAway = true;
    }

    /** The engine is back, but watchdog need not have seen it yet. */
    synchronized void engineIsBack() {
        engineAway = false;
    }

    /** Watchdog has started something that went down with the engine, so it hears what happens from now on. */
    synchronized void watchdogIsBack() {
        watchdogAway = false;
    }

    synchronized boolean isWatchdogAway() {
        return watchdogAway;
    }

    /** How many have begun so far. */
    synchronized int count() {
        return lastProven.size();
    }

    /** Whether a stop at that time was sure when that outage began. */
    synchronized boolean wasProven(Instant stopped, int outage) {
        return stopped.isBefore(lastProven.get(outage));
    }

    /** Waits until a stop at that time is one that is sure. */
    static void awaitProof(Instant stopped) {
        Eventually.within(
                LIMIT,
                "the stops are sure",
                () -> stopped.isBefore(Instant.now().minus(PROOF)));
    }

    private synchronized OptionalInt countIfEngineIsThere() {
        return engineAway ? OptionalInt.empty() : OptionalInt.of(count());
    }

    /** Waits until the engine is there, and returns how many outages have begun by then. */
    int awaitEngine() {
        return Eventually.within(LIMIT, "the engine is back", this::countIfEngineIsThere, OptionalInt::isPresent)
                .getAsInt();
    }
}
