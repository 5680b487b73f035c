package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a container, as far as it matters for what is to be done next: told by the methods, which take
 * the time by the loop's clock, and read by {@link RestartPolicy}.
 */
public final class History {

    /** A child's death by the memory limit may come well before that of the main process. */
    private static final Duration OOM_TAKES = Duration.ofSeconds(10);

    private final Rules rules;

    private Exit exit = Exit.NONE;
    private Instant downSince = Instant.MIN;
    private @Nullable Instant upSince;
    private @Nullable Kill kill;
    /** Whether the events have gone on since the signal. */
    private boolean witnessed;

    private @Nullable Instant oomAt;
    private Tries starts = Tries.NONE;
    private int lostStarts;
    private Tries restarts = Tries.NONE;
    private List<Instant> startTimes = List.of();
    private @Nullable Instant networkLostAt;
    private boolean orphan;

    public History(Rules rules) {
        this.rules = rules;
    }

    /** It was sent a signal, of which it may die or not; a harmless one after a stop does not hide the stop. */
    public void killed(Kill by) {
        if (kill == null || by.outlasts(kill)) {
            kill = by;
        }
        witnessed = true;
        if (exit == Exit.OUTAGE) {
            exit = Exit.NONE;
        }
    }

    /** Only now is it known how it was created, and so what a signal that it was sent before is for, and how long it takes. */
    public void createdWith(Setup setup) {
        if (kill != null) {
            kill = Kill.of(kill.signal(), setup, kill.at());
        }
    }

    /** It, or a child process in it, was ended for want of memory. */
    public void outOfMemory(Instant at) {
        oomAt = at;
    }

    /** It died; a signal sent before, or the want of memory, may explain that. A signal explains one death. */
    public void died(Instant at) {
        if (exit != Exit.STOPPED) {
            boolean stopped = exit.isStop() || isBeingStopped(at);
            boolean oom = oomAt != null && !at.isAfter(oomAt.plus(OOM_TAKES));
            down(stopped ? asSignalled() : oom ? Exit.OUT_OF_MEMORY : Exit.CRASH, at);
        }
        kill = null;
    }

    /** An operator's stop has come to its end; the death was told before, or will be told after. */
    public void stopped(Instant at) {
        if (exit == Exit.NONE) {
            killed(new Kill(Kill.UNKNOWN, at));
        } else {
            downSince = exit == Exit.OUTAGE ? at : downSince;
            exit = Exit.PERHAPS_STOPPED;
        }
    }

    /** It was found down, without having been seen to die; a signal may have been seen all the same. */
    public void foundDown(Instant since) {
        boolean explained = witnessed && isBeingStopped(since);
        if (exit == Exit.NONE || (exit == Exit.OUTAGE && explained)) {
            down(explained ? asSignalled() : Exit.UNSEEN, since);
        }
    }

    /** It was started and has died since it was last known to be down, and nobody saw either. */
    public void diedUnseen(Instant foundAt) {
        up(foundAt);
        foundDown(foundAt);
    }

    /** A signal that is not meant to end the process may have done so, or it has crashed just then: nobody knows. */
    private Exit asSignalled() {
        return kill == null || kill.toStop() ? Exit.PERHAPS_STOPPED : Exit.UNSEEN;
    }

    private void down(Exit why, Instant at) {
        if (isSettled(at)) {
            forgetStarts();
        }
        exit = why;
        downSince = at;
        upSince = null;
    }

    private void forgetStarts() {
        starts = Tries.NONE;
        lostStarts = 0;
    }

    /** It was started, by whomever; after an operator's stop, or when it was given up, that is a new beginning. */
    public void up(Instant at) {
        if (exit == Exit.NONE ? isSettled(at) : exit.isStop() || hasGivenUp()) {
            forgetStarts();
        }
        exit = Exit.NONE;
        upSince = at;
        kill = null;
        oomAt = null;
        networkLostAt = null;
    }

    /** It was found running: it has come up again, or was up all the time and only now is known to be. */
    public void foundUp(Instant at) {
        if (exit != Exit.NONE && exit != Exit.OUTAGE) {
            up(at);
            return;
        }
        if (exit == Exit.OUTAGE) {
            kill = null;
        }
        exit = Exit.NONE;
        if (upSince == null) {
            upSince = at;
        }
    }

    /** The engine does not answer: what is not known to be down, nor to be stopped now, may be down when it is back. */
    public void outage(Instant at) {
        boolean beingStopped = witnessed && isBeingStopped(at);
        if ((exit == Exit.NONE && !beingStopped) || exit == Exit.UNSEEN) {
            if (isSettled(at)) {
                forgetStarts();
            }
            exit = Exit.OUTAGE;
            downSince = at;
        }
    }

    /**
     * The events ended before it was sure that the engine goes on: it may have been shut down. A signal told before
     * explains only a death that is told too.
     */
    public void unwitnessed() {
        if (exit == Exit.PERHAPS_STOPPED) {
            exit = Exit.UNSEEN;
        }
        witnessed = false;
    }

    /** The engine answered what it was asked then, and its events have gone on: if it was a stop, it was an operator's. */
    public void confirmed(Instant asked) {
        if (exit == Exit.PERHAPS_STOPPED && downSince.isBefore(asked)) {
            exit = Exit.STOPPED;
        }
    }

    /** It had been stopped by an operator before anybody watched. */
    public void remembered() {
        exit = Exit.STOPPED;
    }

    /** A start was accepted by the engine. */
    public void startAccepted(Instant at) {
        startTimes = rules.crashLoop().with(startTimes, at);
        lostStarts++;
    }

    /**
     * A start came to its end, well or badly.
     *
     * @param random from 0 to 1, for the wait before the next one
     */
    public void triedStart(Instant at, double random) {
        starts = starts.and(at, random);
    }

    /**
     * A restart came to its end, well or badly.
     *
     * @param random from 0 to 1, for the wait before the next one
     */
    public void triedRestart(Instant at, double random) {
        restarts = restarts.and(at, random);
    }

    /** Its health check succeeds. */
    public void healthy(Instant at) {
        forgetRestartsIfSettled(at);
    }

    private void forgetRestartsIfSettled(Instant at) {
        if (!at.isBefore(restarts.last().plus(rules.resetAfter()))) {
            restarts = Tries.NONE;
        }
    }

    /** The container whose network it lives in was started anew. */
    public void networkLost(Instant at) {
        forgetRestartsIfSettled(at);
        networkLostAt = at;
    }

    /** It was found to have lost the network it lives in, since whenever. */
    public void foundWithoutNetwork(Instant at) {
        if (networkLostAt == null) {
            networkLostAt = at;
        }
    }

    /** It was restarted, or found well, at that time: what it had lost before, it has again. */
    public void networkBack(Instant since) {
        if (networkLostAt != null && !networkLostAt.isAfter(since)) {
            networkLostAt = null;
        }
    }

    /** The container whose network it lives in is back, so what failed for want of it need not fail again. */
    public void providerUp() {
        forgetStarts();
    }

    /** The container whose network it lives in is gone for good. */
    public void orphaned() {
        orphan = true;
    }

    boolean isOrphan() {
        return orphan;
    }

    /** Why it is down. */
    public Exit exit() {
        return exit;
    }

    /** Since when it has been down. */
    Instant downSince() {
        return downSince;
    }

    /** For how long it has been down. */
    Duration down(Instant now) {
        return Duration.between(downSince, now);
    }

    /** Whether so many starts were in vain that there shall be no more. */
    boolean hasGivenUp() {
        return rules.giveUpAfter() > 0 && lostStarts >= rules.giveUpAfter();
    }

    /** Starts in a row that the engine accepted, and after which it did not stay up. */
    int lostStarts() {
        return lostStarts;
    }

    /** When the next start may be made. */
    Instant nextStart() {
        return starts.nextAt(downSince, rules.backoff());
    }

    /** When the next restart may be made, for what came up then. */
    Instant nextRestart(Instant since) {
        return restarts.nextAt(since, rules.backoff());
    }

    /** When the container whose network it lives in was started anew, or null if it was not since its own start. */
    @Nullable
    Instant networkLostAt() {
        return networkLostAt;
    }

    /** Whether it was sent a signal of which it may die then: an operator is about to stop it, as far as can be seen. */
    boolean isBeingStopped(Instant now) {
        return kill != null && kill.explains(now);
    }

    /** Its crash loop has ended; another one begins with another start. */
    public void crashLoopOver() {
        startTimes = List.of();
    }

    /** Whether it keeps dying soon after it is started. */
    public boolean isCrashLoop() {
        return rules.crashLoop().isOne(startTimes);
    }

    /** Whether it has stayed up long enough for its tries to be forgotten. */
    public boolean isSettled(Instant now) {
        return upSince != null && !now.isBefore(upSince.plus(rules.resetAfter()));
    }
}
