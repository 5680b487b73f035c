package watchdog.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One step of a life: takes in what is told, what was asked for, and what has come due. */
final class Transition extends Course {

    Transition(Rules rules, WatchList watchList, Life life, Surroundings around, Instant now) {
        super(rules, watchList, life, around, now);
    }

    void started() {
        heard();
        Operation at = operation;
        if (at != null && at.isDeathAwaited()) {
            // The restart's own start is told after the death, so this is the start of the run before, told late.
            forgetNamespaceLost();
            if (!at.isAccepted()) {
                // After the engine's answer it has the restart's echo, whose signals are told after this start.
                forgetSignals();
            }
        } else if (at != null && at.isAccepted() && at.start() == Operation.StartTold.AWAITED) {
            operation = at.withStart(Operation.StartTold.YES);
            forgetNamespaceLost();
            forgetSignals();
        } else {
            operation = at == null ? null : at.withStart(Operation.StartTold.YES);
            become(phase.started(now));
        }
        act();
    }

    /** A start is told of what runs: the signals that were told before it are of the run before. */
    private void forgetSignals() {
        if (phase instanceof Up up) {
            phase = up.sent(null);
        }
    }

    void died(Input.Died died) {
        // By what was told before this death.
        boolean isOfRunBefore = isOfRunBefore();
        Operation at = operation == null ? null : operation.withDeath(died);
        operation = at;
        if (isOfRunBefore || (at != null && at.isDeathAwaited())) {
            return;
        }
        heard();
        // Either its start was missed, or this event is late.
        boolean wasDown = phase instanceof Down;
        if (at != null && at.isTakingDown()) {
            become(new Down(Cause.Accident.OWN_RESTART, now, died.exitCode()));
        } else {
            become(phase.died(died, now));
        }
        isOpen = wasDown || died.exitCode().isEmpty() || name.isEmpty();
        if (at != null && at.isAccepted()) {
            finish(new Outcome.WentDown(died.exitCode()));
        } else {
            act(died.isFresh());
        }
    }

    /** Whether what is told is late: a start that comes after it is known already. */
    private boolean isOfRunBefore() {
        return operation != null && operation.isAheadOfEvents();
    }

    void signalled(int signal) {
        if (isOfRunBefore()) {
            return;
        }
        Kill kill = Kill.of(signal, setup, now).by(isTakingDown());
        boolean wasUp = phase instanceof Up;
        boolean isNews = !phase.signalled(kill).equals(phase);
        if (isNews && operation != null && operation.isStartMissed()) {
            become(phase.started(now));
            operation = operation.withStart(Operation.StartTold.YES);
        }
        if (operation != null && kill.own() && kill.toStop()) {
            operation = operation.withStopTold();
        }
        become(phase.signalled(kill));
        if (!wasUp) {
            // Either its start was missed, or this event is late.
            heard();
            isOpen = true;
        }
        act();
    }

    void stopped() {
        if (!isTakingDown() && !isOfRunBefore()) {
            become(phase.stopped(now));
        }
        act();
    }

    void ranOutOfMemory() {
        if (!isOfRunBefore()) {
            become(phase.outOfMemory(now));
        }
        act();
    }

    void paused(boolean isPaused) {
        if (isOfRunBefore()) {
            return;
        }
        heard();
        isOpen |= phase instanceof Down;
        become(phase.paused(isPaused, now));
        act();
    }

    void renamed(Optional<String> told) {
        heard();
        rename(told.orElse(""));
        isOpen |= told.isEmpty();
        act();
    }

    void healthTold(Health health) {
        become(phase.health(health));
        wellIfHealthy();
        act();
    }

    void listed(Input.Listed listed) {
        Container seen = listed.seen();
        if (isCurrent(listed.asked())) {
            Status known = life().phase().status();
            boolean isOther = known.state() != seen.state() || known.isOfAnotherRun(seen.status());
            boolean isSurer = around.eventsTold() || life().stoppedAt() != null;
            if (isSurer && known.state() != ContainerState.UNKNOWN && isOther) {
                // It may lag by a fraction of a second; against the events, and against an operator's stop, only an
                // inspection is believed, which does not.
                isOpen = true;
            } else {
                setup = isInspected ? setup : seen.setup();
                rename(seen.name());
                proveStop(listed.asked(), null);
                boolean saysLess = seen.state() == ContainerState.CREATED && phase instanceof Created;
                become(saysLess ? phase : phase.found(seen.status(), now));
                wellIfHealthy();
                isOpen |= seen.state() == ContainerState.CREATED
                        && rules.restartOn().contains(Trigger.CREATED);
            }
            isOpen |= isStopUnsure();
            askForNamespaces();
            act();
        }
    }

    /** Has its providers inspected, because their starts are not always told. */
    private void askForNamespaces() {
        if (rules.dependents() && !setup.providers().isEmpty() && phase instanceof Up up) {
            if (up.startedAt() == null) {
                inspect();
            }
            effects.add(new Effect.InspectProviders());
        }
    }

    void notListedDown(Input.NotListedDown listed) {
        if (!isCurrent(listed.asked())) {
            return;
        }
        isOpen |= life().isDown();
        askForNamespaces();
        act();
    }

    void inspected(Input.Inspected inspected) {
        Container seen = inspected.seen();
        telling = telling.inspectFailed("");
        boolean isFirst = !isInspected;
        isInspected = true;
        setup = seen.setup();
        if (isFirst) {
            phase = phase.createdWith(setup);
            introduce();
        }
        Operation at = operation;
        if (at != null) {
            inspected(at, inspected);
        } else if (!knownSince.isBefore(inspected.asked())) {
            // Something was told since that was asked; it says nothing about what is now.
            isOpen |= isFirst || isStopUnsure();
            askIfOpen();
        } else {
            isOpen = false;
            rename(seen.name());
            find(inspected);
            act();
        }
    }

    /** What of its setup a person should know, once. */
    private void introduce() {
        List<String> values = LabelOptions.of(setup.labels(), rules).problems();
        List<String> misspelt = LabelOptions.misspelt(setup.labels(), watchList::needs);
        Stream.concat(values.stream(), misspelt.stream())
                .forEach(problem -> tell(new Fact.LabelProblem(life().container(), problem)));
        if (setup.hasDockerPolicy()) {
            tell(new Fact.DockerPolicy(life().container()));
        }
    }

    /** An answer to the step of a start or a restart, if that step asks for one. */
    private void inspected(Operation at, Input.Inspected inspected) {
        if (!at.isInspecting() || inspected.asked().isBefore(at.since())) {
            return;
        }
        if (!knownSince.isBefore(inspected.asked())) {
            // Something was told since that was asked; it says nothing about what is now.
            inspect();
            return;
        }
        rename(inspected.seen().name());
        if (at.step() == Operation.Step.CHECK) {
            find(inspected);
            check(at, inspected.seen());
        } else {
            verify(at, inspected.seen());
        }
    }

    void notInspected(Input.NotInspected failure) {
        if (failure.isAnswered()) {
            proveStop(failure.asked(), null);
        }
        Operation at = operation;
        if (at != null && at.isInspecting() && !failure.asked().isBefore(at.since())) {
            String what = at.isAccepted() ? "started, but not seen since: " : "";
            boolean isTry = at.answer() != null && !(at.answer() instanceof CallAnswer.Unchanged);
            finish(new Outcome.Unknown(what + failure.problem(), isTry));
        } else if (failure.isRefused() && !failure.problem().equals(telling.inspectProblem())) {
            telling = telling.inspectFailed(failure.problem());
            tell(new Fact.NotInspected(life().container(), failure.problem()));
        }
    }

    void providersInspected(Input.ProvidersInspected seen) {
        Operation at = operation;
        isOrphan |= seen.isOneGone();
        if (at == null) {
            if (isCurrent(seen.asked())) {
                compareStarts(seen.started());
                act();
            }
            return;
        }
        if (at.isAccepted() && phase instanceof Up up) {
            // It was started a moment ago, so it has joined the present namespaces, unless a provider was told to have
            // been started after it, or perhaps after it.
            boolean isLost = !at.isAheadOfEvents() && up.namespaces().lostAt() != null;
            phase = isLost ? up : up.with(Namespaces.of(seen.started()));
        } else if (at.step() == Operation.Step.CHECK_PROVIDERS) {
            boolean isLost = compareStarts(seen.started());
            if ((isLost || isIll()) && isStillWanted(at.work())) {
                call(at, false);
            } else {
                forgetNamespaceLost();
                finish(new Outcome.NotNeeded(life().container(), whyNot()));
            }
        }
    }

    void providersNotInspected(String problem) {
        if (operation != null && operation.step() == Operation.Step.CHECK_PROVIDERS) {
            finish(new Outcome.Unknown(problem, false));
        }
    }

    void due() {
        Operation at = operation;
        if (at != null && at.step() == Operation.Step.SETTLE && wakeAt != null && !now.isBefore(wakeAt)) {
            operation = at.at(Operation.Step.VERIFY, now);
            wakeAt = null;
            inspect();
        } else {
            act();
        }
    }

    void engineGone() {
        become(phase.engineGone(now));
    }

    void eventsEnded() {
        heard();
        operation = operation == null ? null : operation.withEventsMissed();
        become(phase.eventsEnded(now));
    }

    void eventsBegun() {
        heard();
        operation = operation == null ? null : operation.withEventsMissed();
        phase = phase.eventsBegun();
    }

    void providerStarted() {
        if (phase instanceof Up up) {
            heard();
            if (rules.dependents()) {
                phase = up.with(up.namespaces().lostAt(now));
            }
        } else {
            attempts = attempts.withoutWaiting();
        }
        act();
    }

    void providerGone() {
        isOrphan = true;
        act();
    }

    private boolean isTakingDown() {
        return operation != null && operation.isTakingDown();
    }
}
