package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import watchdog.engine.EngineEvent;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Input;
import watchdog.policy.Kill;
import watchdog.policy.Life;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/**
 * Takes each signal, gives it to the lives of the containers that it concerns, and carries out their effects. This object and
 * all that it holds are used by one thread.
 */
final class Supervisor {

    private WatchList watchList;
    private final Calls calls;
    private final Runnable listNow;
    private final StopMemory memory;
    private final Observer observer;
    private final EngineContact contact;
    private final Missing missing;
    private Duration settle;
    private final Lives lives;

    private boolean wereAllListed;

    /** When the arguments were taken in: a listing that was asked for earlier may be by another watch list. */
    private Instant loadedAt = Instant.MIN;

    /**
     * Makes one.
     *
     * @param listNow has all containers listed, besides each interval
     * @param parallel how many starts and restarts are worked on at a time; with 0 it decides, and does nothing
     */
    Supervisor(
            WatchList watchList,
            Rules rules,
            Calls calls,
            Runnable listNow,
            int parallel,
            StopMemory memory,
            Observer observer,
            DoubleSupplier random) {
        this.watchList = watchList;
        this.calls = calls;
        this.listNow = listNow;
        this.memory = memory;
        this.observer = observer;
        this.contact = new EngineContact(observer);
        this.missing = new Missing(watchList, observer);
        this.settle = rules.settle();
        this.lives = new Lives(watchList, rules, calls, parallel, memory, observer, random, contact);
    }

    /**
     * Takes one signal. A fault in that costs no more than what is known of the container that it is about.
     *
     * @param isLastOfIts whether nothing more is waiting about the container that it is about
     * @param now by a clock that is never set back
     * @throws OwnFaults.TooManyFaultsException if that happens again and again
     */
    void handle(Signal signal, boolean isLastOfIts, Instant now) {
        try {
            signal.takenBy(new Taking(isLastOfIts, now));
            lives.fillPlaces(now);
        } catch (RuntimeException e) {
            lives.failed(signal.about(), "taking in " + signal.getClass().getSimpleName(), e, now);
        }
    }

    /** When {@link #tick} is to be called at the latest, if nothing else happens. */
    Optional<Instant> nextDeadline() {
        return lives.nextDeadline();
    }

    /** Goes on with what has waited for its time. */
    void tick(Instant now) {
        lives.tick(now);
    }

    /** Ids of the containers of which anything is known. */
    Set<String> known() {
        return lives.ids();
    }

    /** Whether an operator's stop was told of which it is not sure yet whose it is. */
    boolean isStopPending() {
        return lives.isStopPending();
    }

    /** Whether all were listed, or the engine did not list them, and nothing is being done with any container. */
    boolean isPassOver() {
        return wereAllListed ? !lives.isAnyUnderWay() : contact.isLost();
    }

    /** What is not up and not left as it is by the rules: containers, and what has none; or empty if none were listed. */
    Optional<Set<String>> notUp(Instant now) {
        if (!wereAllListed) {
            return Optional.empty();
        }
        Set<String> notUp = new TreeSet<>(lives.notUp(now));
        notUp.addAll(missing.wanted());
        return Optional.of(notUp);
    }

    private final class Taking implements Signal.Receiver {

        private final boolean isLastOfIts;
        private final Instant now;

        Taking(boolean isLastOfIts, Instant now) {
            this.isLastOfIts = isLastOfIts;
            this.now = now;
        }

        @Override
        public void reloaded(Signal.Reloaded reloaded) {
            watchList = reloaded.watchList();
            settle = reloaded.rules().settle();
            loadedAt = now;
            observer.tell(new Fact.Reloaded(
                    watchList, reloaded.interval(), reloaded.rules().mode()));
            missing.watch(watchList);
            lives.goOnBy(reloaded.rules(), watchList, now);
        }

        @Override
        public void notReloaded(Signal.NotReloaded notReloaded) {
            observer.tell(new Fact.NotReloaded(notReloaded.problem()));
        }

        @Override
        public void engineFound(Signal.EngineFound found) {
            contact.found(found.engine(), now);
        }

        @Override
        public void engineLost(Signal.EngineLost lost) {
            contact.lost(lost, now);
            lives.forEach(life -> true, lost.gone() ? new Input.EngineGone() : new Input.Due(), now);
        }

        @Override
        public void holdsRead(Signal.HoldsRead read) {
            lives.hold(read.holds(), now);
        }

        @Override
        public void eventsBegun() {
            contact.eventsBegun(now);
            lives.forEach(life -> true, new Input.EventsBegun(), now);
            // Events before now were missed, so all are listed; a listing that was asked for earlier would not be
            // believed.
            listNow.run();
        }

        @Override
        public void eventsEnded(Signal.EventsEnded ended) {
            boolean wereTold = contact.events();
            contact.eventsEnded(ended.problem());
            if (wereTold) {
                lives.forEach(life -> true, new Input.EventsEnded(), now);
                // The events may have ended because the engine did.
                listNow.run();
            }
        }

        @Override
        public void listed(Signal.Listed listed) {
            if (listed.asked().isBefore(loadedAt)) {
                return;
            }
            contact.listed(now);
            Set<String> ids = listed.watched().stream().map(Container::id).collect(Collectors.toSet());
            switch (listed.coverage()) {
                case ALL -> {
                    missing.listed(listed.watched());
                    lives.forgetUnlisted(ids, listed.asked());
                    inspectAbsent(listed.absent());
                }
                case DOWN ->
                    lives.forEach(life -> !ids.contains(life.id()), new Input.NotListedDown(listed.asked()), now);
            }
            for (Container container : providersFirst(listed.watched())) {
                lives.make(container.id(), container.name(), container.setup(), now);
                lives.give(container.id(), new Input.Listed(listed.asked(), container), now);
            }
            if (listed.coverage() == Signal.Coverage.ALL) {
                tellFoundDown(listed.watched());
            }
            // Last: who is told knows by then how each container stands.
            observer.tell(new Fact.Listed(
                    listed.total(), listed.watched(), listed.coverage() == Signal.Coverage.DOWN, listed.took()));
        }

        @Override
        public void happened(Signal.Happened happened) {
            EngineEvent event = happened.event();
            String id = event.id();
            if (event.action().equals("destroy")) {
                lives.give(id, new Input.Gone(), now);
                memory.forget(id);
                lives.forEachDependent(id, new Input.ProviderGone(), now);
                return;
            }
            if (!lives.isKnown(id) && watchList.covers(event.name(), event.attributes())) {
                // Which of its attributes are labels is not known before it is inspected.
                lives.make(id, event.name(), Setup.of(Map.of()), now);
            }
            Life life = lives.find(id);
            if (life != null) {
                boolean isFresh = happened.isYoung() && isLastOfIts;
                inputs(event.without(life.setup().labels().keySet()), isFresh)
                        .forEach(input -> lives.give(id, input, now));
            }
            if (event.action().equals("start")) {
                lives.forEachDependent(id, new Input.ProviderStarted(), now);
            }
        }

        @Override
        public void inspected(Signal.Inspected inspected) {
            String id = inspected.id();
            if (inspected.found().isEmpty()) {
                lives.give(id, new Input.Gone(), now);
                memory.forget(id);
                return;
            }
            Container seen = inspected.found().get();
            Instant finishedAt = seen.status().finishedAt();
            boolean isRecalled = finishedAt != null && memory.recalls(id, finishedAt);
            lives.give(id, new Input.Inspected(inspected.asked(), seen, isRecalled), now);
            Life life = lives.find(id);
            if (life != null && !life.isOpen() && !life.isStopPending() && life.stoppedAt() == null) {
                memory.forget(id);
            }
        }

        @Override
        public void notInspected(Signal.NotInspected failure) {
            lives.give(
                    failure.id(),
                    new Input.NotInspected(
                            failure.asked(), failure.problem(), failure.isRefused(), failure.isAnswered()),
                    now);
        }

        @Override
        public void providersInspected(Signal.ProvidersInspected seen) {
            lives.give(seen.id(), new Input.ProvidersInspected(seen.asked(), seen.started(), seen.isOneGone()), now);
        }

        @Override
        public void providersNotInspected(Signal.ProvidersNotInspected failure) {
            lives.give(failure.id(), new Input.ProvidersNotInspected(failure.problem()), now);
        }

        @Override
        public void answered(Signal.Answered answered) {
            lives.give(answered.id(), new Input.Answered(answered.answer()), now);
        }

        @Override
        public void hung(Signal.Hung hung) {
            if (hung.gaveUpPlace()) {
                lives.freePlace(hung.id());
            }
            observer.tell(new Fact.Hung(hung.what(), hung.after(), hung.gaveUpPlace()));
        }

        @Override
        public void failed(Signal.Failed failed) {
            lives.failed(failed.about(), failed.doing(), failed.fault(), now);
        }
    }

    /** The event as inputs of the policy; none if the event does not matter to it. */
    private static List<Input> inputs(EngineEvent event, boolean isFresh) {
        List<Input> inputs = new ArrayList<>();
        if (event.isOutOfMemory()) {
            inputs.add(new Input.RanOutOfMemory());
        }
        if (event.isStop()) {
            inputs.add(new Input.Stopped());
        }
        switch (event.action()) {
            case "start" -> inputs.add(new Input.Started());
            case "die" -> inputs.add(new Input.Died(event.at(), event.exitCode(), event.tellsWhy(), isFresh));
            case "kill" -> inputs.add(new Input.Signalled(event.signal().orElse(Kill.UNKNOWN)));
            case "stop" -> inputs.add(new Input.Stopped());
            case "pause" -> inputs.add(new Input.Paused(true));
            case "unpause" -> inputs.add(new Input.Paused(false));
            case "rename" ->
                inputs.add(new Input.Renamed(Optional.of(event.name()).filter(name -> !name.isEmpty())));
            default ->
                inputs.add(
                        event.health().isEmpty() ? new Input.Due() : new Input.HealthTold(Health.of(event.health())));
        }
        return inputs;
    }

    private static List<Container> providersFirst(List<Container> containers) {
        List<Container> ordered = new ArrayList<>(containers);
        ordered.sort(
                Comparator.comparing(container -> !container.setup().providers().isEmpty()));
        return ordered;
    }

    /** Reports what was down at the first listing, as after a boot: one line for all of them. */
    private void tellFoundDown(List<Container> watched) {
        List<Container> down = watched.stream()
                .filter(container -> container.state() == ContainerState.EXITED)
                .toList();
        if (!wereAllListed && !down.isEmpty()) {
            observer.tell(new Fact.FoundDown(down, settle));
        }
        wereAllListed = true;
    }

    /** Inspects what a listing lacks before its stop is forgotten: a listing leaves out what cannot be read, too. */
    private void inspectAbsent(Set<String> absent) {
        absent.stream().filter(id -> !lives.isKnown(id)).forEach(id -> calls.inspect(id, Container.shortId(id), false));
    }
}
