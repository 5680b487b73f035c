package watchdog.supervise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineEvent;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Exit;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.Trigger;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** Takes in what happens, and has decided what is to be done. It and all it holds are used by one thread. */
final class Supervisor {

    private final WatchList watchList;
    private final Rules rules;
    private final Restarter restarter;
    private final StopMemory memory;
    private final Observer observer;
    private final EngineContact contact;
    private final MissingNames missing;
    private final OwnFaults faults;
    private final Roster roster;
    private final Dispatcher dispatcher;

    Supervisor(
            WatchList watchList,
            Rules rules,
            Restarter restarter,
            StopMemory memory,
            Observer observer,
            DoubleSupplier random) {
        this.watchList = watchList;
        this.rules = rules;
        this.restarter = restarter;
        this.memory = memory;
        this.observer = observer;
        this.contact = new EngineContact(observer);
        this.missing = new MissingNames(watchList, observer);
        this.faults = new OwnFaults(observer);
        this.roster = new Roster(rules, memory, faults);
        this.dispatcher = new Dispatcher(watchList, rules, roster, contact, restarter, observer, random);
    }

    /**
     * Takes one signal. A fault in that costs no more than what is known of the container that it is about.
     *
     * @param now by a clock that is never set back
     * @throws OwnFaults.TooManyFaultsException if that happens again and again
     */
    void handle(Signal signal, Instant now) {
        try {
            take(signal, now);
        } catch (RuntimeException e) {
            failed(signal.about(), "taking in " + signal.getClass().getSimpleName(), e, now);
        }
    }

    private void failed(Optional<String> about, String doing, RuntimeException fault, Instant now) {
        Supervised supervised = about.map(roster::find).orElse(null);
        if (supervised == null) {
            faults.happened(about.map(Container::shortId).orElse(doing), fault, now);
        } else {
            roster.failed(supervised.container, fault, now);
        }
    }

    private void take(Signal signal, Instant now) {
        if (signal instanceof Signal.Happened happened) {
            happened(happened.event(), now);
        } else if (signal instanceof Signal.Listed listed) {
            listed(listed, now);
        } else if (signal instanceof Signal.ListedDown listed) {
            listedDown(listed, now);
        } else if (signal instanceof Signal.Looked looked) {
            looked(looked, now);
        } else if (signal instanceof Signal.Finished finished) {
            dispatcher.finished(finished, now);
        } else if (signal instanceof Signal.NetworkLost lost) {
            Optional.ofNullable(roster.find(lost.id())).ifPresent(found -> dispatcher.networkLost(found, now));
        } else if (signal instanceof Signal.ProviderGone gone) {
            Optional.ofNullable(roster.find(gone.id())).ifPresent(found -> dispatcher.orphaned(found, now));
        } else if (signal instanceof Signal.LookRefused refused) {
            Optional.ofNullable(roster.find(refused.id())).ifPresent(found -> lookRefused(found, refused.problem()));
        } else if (signal instanceof Signal.EventsBegun) {
            contact.eventsBegun(now);
            roster.dealWithEach(roster.all(), now, Supervised::doubtStop);
        } else if (signal instanceof Signal.EventsEnded ended) {
            contact.eventsEnded(ended.problem());
            roster.dealWithEach(roster.all(), now, supervised -> supervised.history.unwitnessed());
        } else if (signal instanceof Signal.EngineFound found) {
            contact.found(found.engine(), now);
        } else if (signal instanceof Signal.EngineLost lost) {
            contact.lost(lost, now);
        } else if (signal instanceof Signal.Hung hung) {
            observer.hung(hung.what(), hung.after(), hung.gaveUpPlace());
        } else if (signal instanceof Signal.Failed failed) {
            failed(failed.about(), failed.doing(), failed.fault(), now);
        }
        if (contact.isGone()) {
            roster.dealWithEach(roster.all(), now, supervised -> supervised.outage(now));
        }
    }

    /** When {@link #tick} is to be called at the latest, if nothing else happens. */
    Optional<Instant> nextDeadline() {
        return dispatcher.nextDeadline();
    }

    /** Goes on with what has waited for its time. */
    void tick(Instant now) {
        dispatcher.tick(now);
    }

    /** Ids of the containers of which anything is known. */
    Set<String> known() {
        return roster.all().stream()
                .map(supervised -> supervised.container.id())
                .collect(Collectors.toSet());
    }

    private void listed(Signal.Listed listed, Instant now) {
        contact.listed(now);
        observer.listed(listed.total(), listed.watched());
        missing.listed(listed.watched());
        roster.forgetGone(listed).forEach(id -> restarter.look(id, Container.shortId(id)));
        passed(listed.asked(), listed.watched(), now);
    }

    /** What was up and is not down is up still, as far as is known; what was down and is not any more is to be looked at. */
    private void listedDown(Signal.ListedDown listed, Instant now) {
        contact.listed(now);
        observer.listedDown(listed.total(), listed.watched());
        Set<String> ids = listed.watched().stream().map(Container::id).collect(Collectors.toSet());
        List<Container> seen = new ArrayList<>(listed.watched());
        for (Supervised supervised : roster.all()) {
            Container container = supervised.container;
            if (!ids.contains(container.id()) && !container.isDown()) {
                seen.add(container);
            } else if (!ids.contains(container.id()) && isNews(listed.asked(), supervised)) {
                restarter.look(container);
            }
        }
        passed(listed.asked(), seen, now);
    }

    private void passed(Instant asked, List<Container> watched, Instant now) {
        for (Container container : providersFirst(watched)) {
            roster.deal(container, now, supervised -> passed(asked, container, supervised, now));
        }
        dispatcher.checkNetworks();
    }

    private void passed(Instant asked, Container listed, Supervised supervised, Instant now) {
        if (isNews(asked, supervised)) {
            boolean surprising = contradictsEvents(supervised, listed);
            if (!surprising) {
                supervised.listedAs(listed, now);
            }
            if (contact.events()) {
                supervised.history.confirmed(asked);
            }
            if (surprising || isWorthALook(supervised)) {
                restarter.look(listed);
            } else {
                dispatcher.act(supervised, now);
            }
        }
        dispatcher.tellEndOfCrashLoop(supervised, now);
    }

    /** Whether what was asked for then says anything of a container. */
    private static boolean isNews(Instant asked, Supervised supervised) {
        return !supervised.work.isUnderWay() && supervised.knownSince.isBefore(asked);
    }

    /** A listing may lag behind the events by a fraction of a second; then only a look, which does not, is believed. */
    private boolean contradictsEvents(Supervised supervised, Container listed) {
        return contact.events() && supervised.looked && supervised.state() != listed.state();
    }

    private static List<Container> providersFirst(List<Container> containers) {
        List<Container> ordered = new ArrayList<>(containers);
        ordered.sort(Comparator.comparing(container -> !container.provider().isEmpty()));
        return ordered;
    }

    /** A listing tells neither all about the setup, nor when it finished, nor that the first start has failed. */
    private boolean isWorthALook(Supervised supervised) {
        return !supervised.looked
                || supervised.leftOpen
                || (supervised.history.exit() == Exit.STOPPED && !supervised.keptDown.isSure())
                || (supervised.state() == ContainerState.CREATED
                        && rules.restartOn().contains(Trigger.CREATED));
    }

    private void looked(Signal.Looked looked, Instant now) {
        Supervised supervised = roster.find(looked.id());
        if (looked.found().isEmpty()) {
            roster.forget(looked.id());
            return;
        }
        if (supervised == null) {
            return;
        }
        Container seen = looked.found().get();
        boolean first = !supervised.looked;
        boolean fresh = isNews(looked.asked(), supervised);
        supervised.lookedLike(seen, fresh, now, rules);
        if (first) {
            introduce(supervised, seen.status().finishedAt());
        }
        if (fresh && contact.events()) {
            supervised.history.confirmed(looked.asked());
        }
        Instant finishedAt = seen.status().finishedAt();
        if (fresh && finishedAt != null && supervised.history.exit() == Exit.STOPPED) {
            if (supervised.confirmStop(finishedAt, now)) {
                memory.remember(looked.id(), finishedAt);
            } else {
                memory.forget(looked.id());
            }
        }
        dispatcher.act(supervised, now);
        if (first) {
            roster.dealWithEach(roster.dependents(looked.id()), now, dependent -> dispatcher.act(dependent, now));
        }
    }

    private void lookRefused(Supervised supervised, String problem) {
        if (!problem.equals(supervised.lookProblem)) {
            supervised.lookProblem = problem;
            observer.lookRefused(supervised.container, problem);
        }
    }

    private void introduce(Supervised supervised, @Nullable Instant finishedAt) {
        Container container = supervised.container;
        if (container.state() == ContainerState.EXITED
                && finishedAt != null
                && memory.recalls(container.id(), finishedAt)) {
            supervised.history.remembered();
            supervised.keptDown.remember(finishedAt);
        }
        supervised.wishes.nonsense().forEach(nonsense -> observer.nonsense(container, nonsense));
        if (container.setup().hasDockerPolicy()) {
            observer.dockerPolicy(container);
        }
    }

    private void happened(EngineEvent event, Instant now) {
        Supervised supervised = roster.find(event.id());
        if (event.action().equals("destroy")) {
            roster.forget(event.id());
            dispatcher.providerGone(event.id(), now);
        } else if (supervised != null) {
            happened(supervised, event, now);
        } else if (watchList.covers(event.name(), event.attributes())) {
            Status unknown = Status.of(ContainerState.UNKNOWN);
            Container container = new Container(event.id(), event.name(), unknown, Setup.of(event.attributes()));
            happened(roster.of(container), event, now);
            restarter.look(container);
        }
        if (event.action().equals("start")) {
            dispatcher.providerStarted(event.id(), now);
        }
    }

    private void happened(Supervised supervised, EngineEvent told, Instant now) {
        EngineEvent event = told.without(supervised.container.setup().labels().keySet());
        supervised.happened(event, now);
        if (supervised.leftOpen) {
            restarter.look(supervised.container);
        }
        if (event.action().equals("start")) {
            memory.forget(event.id());
        }
        dispatcher.act(supervised, now);
        if (supervised.history.exit() == Exit.PERHAPS_STOPPED) {
            restarter.lookLater(supervised.container);
        }
    }
}
