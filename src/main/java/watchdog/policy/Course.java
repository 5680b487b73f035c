package watchdog.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** The course of a start or a restart: whether it is begun, its steps, and how it ends. */
abstract class Course extends Draft {

    /** How long a started container is left alone: a process with a bad configuration ends sooner. */
    static final Duration SETTLES_WITHIN = Duration.ofSeconds(1);

    Course(Rules rules, WatchList watchList, Life life, Surroundings around, Instant now) {
        super(rules, watchList, life, around, now);
    }

    /** Decides, right before the call, whether it is still to be made. */
    void check(Operation at, Container seen) {
        if (!isStillWanted(at.work())) {
            finish(new Outcome.NotNeeded(seen, whyNot()));
        } else if (at.work() == Work.RESTART && !setup.providers().isEmpty()) {
            operation = at.at(Operation.Step.CHECK_PROVIDERS, now);
            effects.add(new Effect.InspectProviders());
        } else {
            call(at, false);
        }
    }

    boolean isStillWanted(Work work) {
        if (!isPermitted()) {
            return false;
        }
        Decision.Kind kind = decide().kind();
        return switch (work) {
            case START -> kind == Decision.Kind.START;
            case RESTART -> kind == Decision.Kind.RESTART;
        };
    }

    String whyNot() {
        return isListed() ? decide().reason() : "it is not on the list";
    }

    void call(Operation at, boolean unchecked) {
        operation = at.forHealth(isIll()).called(phase.status().startedAt(), now);
        effects.add(
                switch (at.work()) {
                    case START -> new Effect.Start(unchecked);
                    case RESTART ->
                        new Effect.Restart(
                                LabelOptions.of(setup.labels(), rules).stopTimeout(setup));
                });
    }

    void verify(Operation at, Container seen) {
        ContainerState state = seen.state();
        CallAnswer answer = at.answer();
        if (state == ContainerState.REMOVING || state == ContainerState.DEAD) {
            gone();
            return;
        }
        boolean isDown = seen.isDown();
        if (answer instanceof CallAnswer.Accepted) {
            boolean isUp = state == ContainerState.RUNNING || state == ContainerState.PAUSED;
            // If it ended a moment ago, its events are still to come. Where there are no events, it is taken for a
            // crash.
            boolean isCrash = isDown && !around.eventsTold();
            Status status = seen.status();
            become(
                    isCrash
                            ? phase.died(new Input.Died(status.finishedAt(), status.exitCode(), true, false), now)
                            : phase.found(status, now));
            if (!isUp) {
                finish(new Outcome.WentDown(status.exitCode()));
            } else if (status.lacksNetwork()) {
                finish(new Outcome.Failed(RestartPolicy.WITHOUT_NETWORK, seen));
            } else {
                finish(up(status));
            }
            return;
        }
        become(phase.found(seen.status(), now));
        boolean isBusy = state == ContainerState.PAUSED || state == ContainerState.RESTARTING;
        if (answer instanceof CallAnswer.Refused refused && !isBusy) {
            finish(new Outcome.Failed(refused.problem(), seen));
        } else if (answer instanceof CallAnswer.Unchanged && isDown) {
            attempts = attempts.tried(at.work(), now, around.random());
            finish(new Outcome.Failed("the engine says that it runs already, but it is " + state, seen));
        } else {
            finish(new Outcome.NotNeeded(seen, whyNot()));
        }
    }

    static Outcome up(Status after) {
        Instant exit = after.finishedAt();
        Instant start = after.startedAt();
        boolean isKnown = exit != null && start != null && !start.isBefore(exit);
        return new Outcome.Up(isKnown ? Duration.between(exit, start) : null, after.health());
    }

    void gone() {
        Operation at = operation;
        if (at != null) {
            tell(new Fact.Finished(life().container(), at.work(), at.cause(), new Outcome.Gone(), true, null, 0));
        }
        isGone = true;
    }

    /** Whether a provider was started anew since it was joined. */
    boolean compareStarts(Map<String, Instant> started) {
        if (!(phase instanceof Up up)) {
            return false;
        }
        phase = up.compared(started, setup.providers(), now);
        return up.hasLostNamespace(started);
    }

    void forgetNamespaceLost() {
        if (phase instanceof Up up) {
            phase = up.with(up.namespaces().lostAt(null));
        }
    }

    void answered(CallAnswer answer) {
        Operation at = operation;
        if (at != null && at.step() == Operation.Step.CALL) {
            answer.takeIn(this, at);
        }
    }

    void refused(Operation at, CallAnswer.Refused answer) {
        attempts = attempts.tried(at.work(), now, around.random());
        restartEnded(at, answer.begun());
        if (at.work() == Work.START && !setup.providers().isEmpty()) {
            effects.add(new Effect.InspectProviders());
        }
        verifyNow(at, answer);
    }

    void unanswered(Operation at, CallAnswer.Unanswered answer) {
        if (answer.begun()) {
            attempts = attempts.tried(at.work(), now, around.random());
        }
        restartEnded(at, answer.begun());
        finish(new Outcome.Unknown(answer.problem(), answer.begun()));
    }

    void accepted(Operation at, CallAnswer answer) {
        if (at.start() != Operation.StartTold.YES) {
            Kill before = phase instanceof Down down ? down.echo() : null;
            become(Up.begun(now).sent(at.isTakingDown() ? Kill.echo(now) : before));
        }
        attempts = attempts.tried(at.work(), now, around.random());
        if (at.work() == Work.START || at.isForHealth()) {
            attempts = attempts.accepted(now, rules.crashLoop());
        }
        telling = telling.awaitingHealth(at.isForHealth() || telling.healthAwaited());
        if (phase instanceof Up) {
            if (rules.dependents() && !setup.providers().isEmpty()) {
                effects.add(new Effect.InspectProviders());
            }
            operation = at.answered(answer, Operation.Step.SETTLE, now);
            wakeAt = now.plus(SETTLES_WITHIN);
        } else {
            finish(new Outcome.WentDown(phase.status().exitCode()));
        }
    }

    /** A restart that failed may have sent its signals, which then are no operator's stop, or may not have begun. */
    void restartEnded(Operation at, boolean begun) {
        if (at.work() != Work.RESTART) {
            return;
        }
        if (phase instanceof Up up && begun && at.start() != Operation.StartTold.YES) {
            phase = up.sent(new Kill(Kill.UNKNOWN, now).by(true));
        } else if (phase instanceof Up up && !begun) {
            phase = up.with(up.evidence().byOthersSince(at.since()));
        } else if (phase instanceof Down down && down.cause() == Cause.Accident.OWN_RESTART && !begun) {
            boolean isStopSeen = at.isStopTold() && !at.areEventsMissed() && around.eventsTold();
            Cause byOthers = isStopSeen ? new Cause.Stop(new Cause.Proof.Told()) : Cause.Accident.UNWITNESSED;
            phase = new Down(byOthers, down.since(), down.exitCode());
        }
    }

    void verifyNow(Operation at, CallAnswer answer) {
        operation = at.answered(answer, Operation.Step.VERIFY, now);
        inspect();
    }

    void finish(Outcome outcome) {
        Operation at = operation;
        if (at == null) {
            return;
        }
        operation = null;
        wakeAt = null;
        heard();
        String before = telling.callProblem();
        String problem = outcome.problem();
        boolean isChange = problem.isEmpty() || !problem.equals(before);
        telling = telling.callFailed(problem);
        Tries tries = at.work() == Work.START ? attempts.starts() : attempts.restarts();
        Decision next = decide();
        Duration wait = outcome.isTry() && !outcome.isUp() ? next.wait(now).orElse(null) : null;
        tell(new Fact.Finished(life().container(), at.work(), at.cause(), outcome, isChange, wait, tries.count()));
        if (wait != null) {
            // The outcome's line says when the next try is.
            telling = telling.decided(next);
        }
        if (!telling.crashLoop() && rules.crashLoop().isOne(attempts.recent(), now)) {
            telling = telling.inCrashLoop(true);
            tell(new Fact.InCrashLoop(life().container(), rules.crashLoop(), at.reason(), wait));
        }
        wellIfHealthy();
        if (!outcome.isUnknown()) {
            act();
        }
    }

    void act() {
        act(false);
    }

    /** Does what is to be done now, if anything can be. */
    void act(boolean isFreshDeath) {
        tellHold();
        if (operation != null) {
            return;
        }
        tellEndOfCrashLoop();
        wakeAt = null;
        askIfOpen();
        if (!isInspected || isOpen || !isPermitted()) {
            return;
        }
        Decision decision = decide();
        tell(decision);
        switch (decision.kind()) {
            case START -> begin(Work.START, decision.reason(), isFreshDeath && mayStartUnchecked());
            case RESTART -> begin(Work.RESTART, decision.reason(), false);
            case WAIT -> wakeAt = ((Decision.Wait) decision).until();
            case LEAVE, GIVE_UP -> {}
        }
    }

    void begin(Work work, String reason, boolean unchecked) {
        Operation begun = Operation.begun(work, reason, RestartCause.of(phase, isIll()), Operation.Step.PLACE, now);
        operation = begun;
        if (around.hasPlace() && unchecked) {
            call(begun, true);
        } else if (around.hasPlace()) {
            placeFree();
        }
    }

    void placeFree() {
        Operation at = operation;
        if (at != null && at.step() == Operation.Step.PLACE) {
            checkNow(at);
        }
    }

    void checkNow(Operation at) {
        operation = at.at(Operation.Step.CHECK, now);
        inspect();
    }

    /**
     * Whether its crash was seen, and nobody but watchdog is going to start it. A check would take long: an engine answers
     * slowly while it clears away what died.
     */
    boolean mayStartUnchecked() {
        boolean crashed = phase instanceof Down down
                && (down.cause() == Cause.Accident.CRASH || down.cause() == Cause.Accident.OUT_OF_MEMORY);
        return crashed && !setup.hasDockerPolicy();
    }

    void askIfOpen() {
        boolean isPending = phase instanceof Down down && down.isStopPending();
        if (isOpen || !isInspected || isPending) {
            inspect();
        }
    }

    /** Reports no decision that rests on an unproven stop: a moment later it is known who stopped the container. */
    void tell(Decision decision) {
        Decision before = telling.decision();
        boolean isRetry = !telling.callProblem().isEmpty() && decision.wait(now).isPresent();
        boolean again = isRetry || (before != null && decision.isLike(before));
        boolean isSure = !(phase instanceof Down down && down.isStopPending());
        tell(new Fact.Decided(life().container(), decision, isSure && !again, now));
        telling = telling.decided(decision);
    }

    /** Tells when a hold begins, becomes another one, or ends. That it is left because of it goes without saying then. */
    void tellHold() {
        Hold hold = around.holds().of(name).orElse(null);
        if (!isListed() || Objects.equals(hold, telling.hold())) {
            return;
        }
        tell(hold == null ? new Fact.Released(life().container()) : new Fact.Held(life().container(), hold));
        telling = telling.held(hold);
        if (hold != null) {
            telling = telling.decided(decide());
        }
    }

    void tellEndOfCrashLoop() {
        boolean isUp = phase instanceof Up;
        if (telling.crashLoop() && isUp && !rules.crashLoop().isOne(attempts.recent(), now)) {
            telling = telling.inCrashLoop(false);
            tell(new Fact.CrashLoopOver(life().container()));
        }
    }
}
