package watchdog.supervise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Exit;
import watchdog.policy.Outcome;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** Decides on containers, has it carried out, tells of it, and takes what comes of it. */
final class Dispatcher {

    private final WatchList watchList;
    private final Rules rules;
    private final RestartPolicy policy;
    private final Roster roster;
    private final EngineContact contact;
    private final Restarter restarter;
    private final Observer observer;
    private final DoubleSupplier random;

    /** Whether any has been given a time since none had one. */
    private boolean waiting;

    Dispatcher(
            WatchList watchList,
            Rules rules,
            Roster roster,
            EngineContact contact,
            Restarter restarter,
            Observer observer,
            DoubleSupplier random) {
        this.watchList = watchList;
        this.rules = rules;
        this.policy = new RestartPolicy(rules);
        this.roster = roster;
        this.contact = contact;
        this.restarter = restarter;
        this.observer = observer;
        this.random = random;
    }

    /** When {@link #tick} is to be called at the latest, if nothing else happens. */
    Optional<Instant> nextDeadline() {
        // This is asked at each signal, and mostly nothing waits: so it does not go through all that are watched.
        if (!waiting) {
            return Optional.empty();
        }
        Instant next = null;
        for (Supervised supervised : roster.all()) {
            if (supervised.due != null && (next == null || supervised.due.isBefore(next))) {
                next = supervised.due;
            }
        }
        waiting = next != null;
        return Optional.ofNullable(next);
    }

    /** Goes on with what has waited for its time. */
    void tick(Instant now) {
        if (!waiting) {
            return;
        }
        List<Supervised> due = new ArrayList<>();
        for (Supervised supervised : roster.all()) {
            if (supervised.due != null && !supervised.due.isAfter(now)) {
                due.add(supervised);
            }
        }
        roster.dealWithEach(due, now, supervised -> act(supervised, now));
    }

    /** Does what is to be done with a container, if anything can be done with it now. */
    void act(Supervised supervised, Instant now) {
        supervised.due = null;
        if (!canAct(supervised)) {
            return;
        }
        Decision decision = policy.decide(supervised.container, supervised.wishes, supervised.history, now);
        tell(supervised, decision, now);
        if (decision instanceof Decision.Start) {
            boolean justCrashed = supervised.hasJustCrashed(now);
            supervised.work.begin(Work.START, now);
            if (justCrashed) {
                restarter.startAtOnce(supervised.container, now);
            } else {
                restarter.start(supervised.container);
            }
        } else if (decision instanceof Decision.Restart restart) {
            supervised.work.begin(Work.RESTART, now);
            restarter.restart(supervised.container, restart.stopTimeout());
        } else if (decision instanceof Decision.Wait wait) {
            supervised.due = wait.until();
            waiting = true;
        }
    }

    /** Not without an engine, not before it was looked at, one thing at a time, and providers of networks first. */
    private boolean canAct(Supervised supervised) {
        Supervised provider = roster.find(supervised.container.provider());
        return contact.answers()
                && supervised.looked
                && !supervised.leftOpen
                && !supervised.work.isUnderWay()
                && (provider == null || isReady(provider))
                && supervised.isCoveredBy(watchList);
    }

    /** Whether nothing is being done with it, nor is about to be. */
    private static boolean isReady(Supervised provider) {
        boolean awaited = provider.state() == ContainerState.EXITED && (!provider.looked || provider.due != null);
        return !provider.work.isUnderWay() && !awaited;
    }

    /** What may yet turn out otherwise is no news: who stopped it is sure in a moment. */
    private void tell(Supervised supervised, Decision decision, Instant now) {
        boolean again =
                (supervised.told != null && decision.isLike(supervised.told)) || !supervised.startProblem.isEmpty();
        boolean sure = supervised.history.exit() != Exit.PERHAPS_STOPPED;
        observer.decided(supervised.container, decision, sure && !again, now);
        supervised.told = decision;
    }

    /** Takes what has become of a start or a restart. */
    void finished(Signal.Finished finished, Instant now) {
        String id = finished.container().id();
        Outcome outcome = finished.outcome();
        Supervised supervised = roster.find(id);
        boolean news = supervised == null || supervised.ended(outcome, now, random);
        observer.finished(finished.container(), finished.work().toString(), outcome, news);
        if (outcome instanceof Outcome.Gone) {
            roster.forget(id);
        }
        if (supervised == null || outcome instanceof Outcome.Gone) {
            return;
        }
        if (!supervised.alarmed && supervised.history.isCrashLoop()) {
            supervised.alarmed = true;
            observer.crashLoop(supervised.container, rules.crashLoop());
        }
        if (!(outcome instanceof Outcome.Unknown)) {
            act(supervised, now);
        }
        roster.dealWithEach(roster.dependents(id), now, dependent -> {
            if (outcome instanceof Outcome.Up && rules.dependents()) {
                restarter.checkNetwork(dependent.container);
            }
            act(dependent, now);
        });
    }

    /** A container has been started: what lives in its network can start now, or has just lost its network. */
    void providerStarted(String id, Instant now) {
        roster.dealWithEach(roster.dependents(id), now, dependent -> {
            if (dependent.state() == ContainerState.EXITED) {
                dependent.history.providerUp();
            } else if (rules.dependents()) {
                dependent.history.networkLost(now);
            }
            act(dependent, now);
        });
    }

    /** A container is gone for good: what still runs has no network any more, and cannot have it again. */
    void providerGone(String id, Instant now) {
        if (rules.dependents()) {
            roster.dealWithEach(roster.dependents(id), now, dependent -> orphaned(dependent, now));
        }
    }

    /** The container whose network it lives in was found to be gone for good. */
    void orphaned(Supervised dependent, Instant now) {
        dependent.history.orphaned();
        act(dependent, now);
    }

    /** A container was found to have outlived the network it lives in. */
    void networkLost(Supervised dependent, Instant now) {
        dependent.history.foundWithoutNetwork(now);
        act(dependent, now);
    }

    /** Has those looked after that may have lost their network without an event that told. */
    void checkNetworks() {
        if (rules.dependents()) {
            roster.all().stream()
                    .map(supervised -> supervised.container)
                    .filter(container -> !container.provider().isEmpty())
                    .forEach(restarter::checkNetwork);
        }
    }

    void tellEndOfCrashLoop(Supervised supervised, Instant now) {
        if (supervised.alarmed && supervised.state() == ContainerState.RUNNING && supervised.history.isSettled(now)) {
            supervised.alarmed = false;
            supervised.history.crashLoopOver();
            observer.crashLoopOver(supervised.container);
        }
    }
}
