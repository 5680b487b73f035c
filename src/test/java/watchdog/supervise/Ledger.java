package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import watchdog.policy.Health;

/** What was done with a container in truth, and how much of that watchdog has been told: kept to judge watchdog by. */
final class Ledger {

    private static final Duration A_SURVIVED_STOP_EXPLAINS = Duration.ofSeconds(930);
    private static final Duration A_SURVIVED_SIGNAL_EXPLAINS = Duration.ofSeconds(30);

    private static final Instant NEVER = Instant.EPOCH;

    Cause cause = Cause.NONE;
    Instant upAt = NEVER;
    Instant downAt = NEVER;

    /** When an operator began what it went down of. */
    Instant killedAt = NEVER;

    /** Whether an operator's stop is under way. */
    boolean beingStopped;

    /** Until when a crash may be taken for what came of an earlier signal. */
    private Instant explainedUntil = NEVER;

    /** Whether something was not told since its last start that was. */
    boolean lost;

    /** How often something was not told, or not in its order. */
    int losses;

    /** Whether watchdog may still hold an operator's stop for the last it has heard of. */
    boolean marked;

    int onTheWay;
    Instant toldAt = NEVER;
    boolean deathTold;

    /** Whether its last start was told. */
    boolean startTold;

    /** Whether a start was told when it was down again, so that the next one passes for one more. */
    private boolean startToldLate;

    /** Whether it was found down before any event told of its death. */
    boolean found;

    boolean killTold;

    /** Whether a stop of an earlier run was told only in this one. */
    boolean stopToldLate;

    /** Whether the kill was told before what had happened before it, the end of that included. */
    boolean killOvertook;

    /** Whether the kill was told when watchdog decided what it does now. */
    boolean stopKnown;

    /** Since when an operator's stop must be known as such: it was told, and the engine has answered after that. */
    Instant stopSureAt = Instant.MAX;

    /** Watchdog's tries in a row: as few, and as many, as it may count. */
    int fewestTries;

    int mostTries;
    Instant lastTry = NEVER;

    /** When it had last been up for so long that no try before may count. */
    Instant recoveredAt = NEVER;

    /** When the last start or restart by watchdog was answered. */
    Instant answeredAt = NEVER;

    Instant disorderedUntil = NEVER;
    Instant calledAt = NEVER;

    /** When its tries were forgotten last: one that was answered before counts no more. */
    Instant forgottenAt = NEVER;

    int fewestRestarts;
    Instant lastRestart = NEVER;

    /** Whether watchdog starts or restarts it, as far as its loop knows. */
    boolean atWork;

    /** Whether a restart by watchdog has begun in the engine, which goes through with it whatever anybody does. */
    boolean beingRestarted;

    /** Whether watchdog has ended meanwhile; the one that begins anew takes the engine's KILL for an operator's. */
    private boolean isRestartForgotten;

    boolean gaveUp;

    /** Since when it waits for others in compose's order, though the engine is there, or the end of all times. */
    Instant inTurnSince = Instant.MAX;

    /** For how long nothing has hindered watchdog from starting it. */
    Duration waited = Duration.ZERO;

    /** Whether it is on the list, and by which name that was found out. */
    boolean covered;

    String coveredAs = "";

    Instant coveredUntil = Instant.MAX;
    Instant illUntil = NEVER;
    Instant networkLostUntil = NEVER;

    /** It is up, by a start that the engine began with then. */
    void up(ModelDocker.Who who, Instant begun, Instant now) {
        if (who != ModelDocker.Who.WATCHDOG || cause == Cause.OPERATOR || cause == Cause.UNCLEAR) {
            forgetTries(now);
        }
        boolean isOfEarlierCall = begun.isBefore(calledAt);
        boolean isAfterOperator = upAt.isAfter(calledAt) || (killedAt.isAfter(calledAt) && !beingRestarted);
        if (who == ModelDocker.Who.WATCHDOG && (isOfEarlierCall || isAfterOperator)) {
            // An operator came between the call and the start, which then looks like the operator's. Or its call
            // was not answered in time: it passes for the start of the next one, and that one's for an operator's.
            disorderedUntil = now.plusSeconds(60);
        }
        cause = Cause.NONE;
        isRestartForgotten = false;
        upAt = now;
        stopSureAt = Instant.MAX;
        deathTold = false;
        startTold = false;
        killTold = false;
        killOvertook = false;
        stopKnown = false;
        stopToldLate = false;
        found = false;
        gaveUp = false;
        inTurnSince = Instant.MAX;
        beingStopped = false;
        waited = Duration.ZERO;
    }

    void killed(boolean toStop, Instant now) {
        killedAt = now;
        killTold = false;
        Instant until = now.plus(toStop ? A_SURVIVED_STOP_EXPLAINS : A_SURVIVED_SIGNAL_EXPLAINS);
        explainedUntil = until.isAfter(explainedUntil) ? until : explainedUntil;
    }

    void down(Cause why, Instant now) {
        boolean unclear = stopToldLate
                || (why == Cause.CRASH && now.isBefore(explainedUntil))
                || (why == Cause.WATCHDOG && isRestartForgotten);
        cause = unclear ? Cause.UNCLEAR : why;
        marked |= isStopped();
        downAt = now;
        beingStopped = false;
        waited = Duration.ZERO;
    }

    /** Whether it may pass for something that an operator stopped. */
    boolean isStopped() {
        return cause == Cause.OPERATOR || cause == Cause.UNCLEAR || marked;
    }

    /** A start of its provider was told; out of order, that may come after its own start, which it then seems to need anew. */
    void providerTold(boolean inOrder, Instant now) {
        networkLostUntil = inOrder ? networkLostUntil : now;
        forgetTries(now);
    }

    void forgetTries(Instant now) {
        fewestTries = 0;
        forgottenAt = now;
    }

    void providerUp(Instant now) {
        if (cause == Cause.NONE) {
            networkLostUntil = now;
        }
        forgetTries(now);
        waited = Duration.ZERO;
    }

    void health(Health health, Instant now) {
        if (health == Health.UNHEALTHY) {
            illUntil = now;
        }
        if (health == Health.HEALTHY) {
            fewestRestarts = 0;
        }
    }

    void lost() {
        lost = true;
        losses++;
        fewestTries = 0;
    }

    /** Its events are not told in their order for a while, so that who started it cannot be told. */
    void overtaken(Instant now) {
        lost();
        disorderedUntil = now.plusSeconds(60);
    }

    /**
     * An event about it has been told.
     *
     * @param current whether it has not been started since that happened
     * @param complete whether all that happened since is told, or still on its way
     */
    void told(String action, boolean current, boolean complete, Instant now) {
        onTheWay--;
        toldAt = now;
        waited = Duration.ZERO;
        if (!current && (action.equals("kill") || action.equals("stop"))) {
            stopToldLate = true;
            // Where it is down already, that passes for the end of its last run.
            cause = cause == Cause.CRASH ? Cause.UNCLEAR : cause;
            marked |= isStopped();
        }
        boolean seenDown = cause != Cause.NONE && (deathTold || found);
        if ((action.equals("die") && !current) || (action.equals("kill") && seenDown)) {
            // Told so late, it passes for the end, or a sign, of a run that somebody else began.
            fewestTries = 0;
        }
        if (action.equals("die") && current && cause != Cause.NONE) {
            deathTold = true;
        } else if (action.equals("kill") && current) {
            killTold = true;
            killOvertook = onTheWay > 0;
        } else if (action.equals("start") && cause != Cause.NONE) {
            // Whichever start that was: watchdog can only take it for the last one.
            lost();
            deathTold = false;
            startToldLate = true;
        } else if (action.equals("start") && !current) {
            // It passes for the last one, and the last one then for somebody else's.
            startToldLate = true;
        } else if (action.equals("start")) {
            if (startToldLate) {
                forgetTries(now);
            }
            startTold = true;
            startToldLate = false;
            if (complete && onTheWay == 0) {
                seenUp();
            }
        }
    }

    /** Watchdog has learnt that it is up, so that nothing before matters. */
    void seenUp() {
        lost = killOvertook;
        marked = false;
    }

    /** It has another name, under which watchdog may or may not care for it. */
    void renamed() {
        unwitnessed();
        lost();
        stopSureAt = Instant.MAX;
        killTold = false;
    }

    /** The events have ended, so that what is not yet sure will never be. */
    void unwitnessed() {
        if (killTold && !deathTold && cause == Cause.OUTAGE) {
            explainedUntil = downAt.plus(A_SURVIVED_STOP_EXPLAINS);
        }
        deathTold = false;
    }

    /** Another watchdog begins. It knows only the stops in the memory, not what a restart by the last one took down. */
    void forgotten() {
        isRestartForgotten |= beingRestarted;
        cause = cause == Cause.WATCHDOG ? Cause.CRASH : cause;
        if (onTheWay > 0 || killTold) {
            lost();
        }
        onTheWay = 0;
        waited = Duration.ZERO;
        unwitnessed();
        killTold = false;
        atWork = false;
        beingRestarted = false;
        gaveUp = false;
        inTurnSince = Instant.MAX;
        fewestTries = 0;
        mostTries = 0;
        fewestRestarts = 0;
    }

    Duration upFor(Instant now) {
        return Duration.between(upAt, now);
    }
}
