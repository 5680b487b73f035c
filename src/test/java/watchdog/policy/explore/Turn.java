package watchdog.policy.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import watchdog.policy.CallAnswer;
import watchdog.policy.Down;
import watchdog.policy.Effect;
import watchdog.policy.Fact;
import watchdog.policy.Holds;
import watchdog.policy.Input;
import watchdog.policy.Kill;
import watchdog.policy.Life;
import watchdog.policy.Lifecycle;
import watchdog.policy.Operation;
import watchdog.policy.Setup;
import watchdog.policy.Step;
import watchdog.policy.Surroundings;
import watchdog.policy.Up;
import watchdog.policy.Work;

/** One move while it is made: what happens in the world, and what the supervisor does about it. */
final class Turn extends Happening implements Effect.Interpreter {

    private static final Duration YOUNG = Duration.ofSeconds(1);
    private static final Duration ECHO_TAKES = Duration.ofSeconds(5);
    private static final double NO_JITTER = 0.5;

    private final Lifecycle lifecycle;
    private @Nullable Life life;
    private final List<String> violations = new ArrayList<>();

    Turn(Setting setting, Lifecycle lifecycle, Situation from) {
        super(setting, from);
        this.lifecycle = lifecycle;
        this.life = from.life();
    }

    Situation situation() {
        return new Situation(life, world, now);
    }

    List<String> violations() {
        return violations;
    }

    @Nullable
    Life life() {
        return life;
    }

    /** The loop looks after what is due before it takes in anything else. */
    void tick() {
        if (life != null && life.wakeAt() != null && !life.wakeAt().isAfter(now)) {
            give(new Input.Due());
            if (life != null && life.wakeAt() != null && !life.wakeAt().isAfter(now)) {
                violations.add("it is due again at once");
            }
        }
    }

    // ---- what the supervisor takes in ----

    void freePlace() {
        world.hasPlace = true;
        if (life != null && life.operation() != null && life.operation().step() == Operation.Step.PLACE) {
            give(new Input.PlaceFree());
        }
    }

    void deliverEvent() {
        Event event = world.events.get(0);
        world.events = List.copyOf(world.events.subList(1, world.events.size()));
        switch (event.kind()) {
            case EVENTS_BEGIN -> {
                world.toldEvents = true;
                world.toldGone = false;
                give(new Input.EventsBegun());
                return;
            }
            case EVENTS_END -> {
                world.toldEvents = false;
                world.isKillDoubted |= world.killTold;
                world.killTold = false;
                if (!world.stopProven) {
                    world.stopTold = null;
                }
                give(new Input.EventsEnded());
                return;
            }
            case DESTROY -> {
                forget();
                return;
            }
            default -> {}
        }
        if (life == null && event.name().equals(Setting.NAME)) {
            life = Life.of(Truth.ID, event.name(), Setup.of(setting.setup().labels()), now);
        }
        if (life != null) {
            watch(event);
        }
        inputs(event).forEach(this::give);
    }

    /** What the one who checks keeps in mind. */
    private void watch(Event event) {
        boolean ofRestart = (world.call != null && world.call.work() == Work.RESTART) || mayBeEcho();
        switch (event.kind()) {
            case KILL -> world.killTold |= event.byOperator() && event.number() != 1 && !ofRestart;
            case START -> {
                world.killTold = false;
                world.isKillDoubted = false;
            }
            case DIE -> {
                boolean isLast =
                        event.finishedAt() != null && event.finishedAt().equals(world.truth.finishedAt());
                if (isLast && world.killTold && event.byOperator() && world.truth.isDown() && !ofRestart) {
                    world.stopTold = now;
                }
                if (isLast && world.isKillDoubted && world.truth.why() != Truth.Why.WATCHDOGS) {
                    // The start of another run may have been missed, but nobody can tell.
                    world.truth = world.truth.by(Truth.Why.AN_OPERATORS);
                }
                world.killTold = false;
                world.isKillDoubted = false;
            }
            default -> {}
        }
    }

    /** Whether a restart that failed, or whose start was missed, may have sent the signals that are told now. */
    private boolean mayBeEcho() {
        Tried last = world.restarts;
        return last.count() > 0
                && (!last.isUp() || hasEcho())
                && !now.isAfter(last.last().plus(ECHO_TAKES));
    }

    private boolean hasEcho() {
        if (life == null) {
            return false;
        }
        Kill kill = life.phase() instanceof Up up ? up.kill() : life.phase() instanceof Down down ? down.kill() : null;
        return kill != null && kill.own();
    }

    private List<Input> inputs(Event event) {
        boolean isFresh = world.events.isEmpty() && now.isBefore(event.at().plus(YOUNG));
        return switch (event.kind()) {
            case KILL -> List.of(new Input.Signalled(event.number()));
            case DIE -> List.of(new Input.Died(event.finishedAt(), OptionalInt.of(event.number()), true, isFresh));
            case STOP -> List.of(new Input.Stopped());
            case START -> List.of(new Input.Started());
            case OOM -> List.of(new Input.RanOutOfMemory(), new Input.Due());
            case PAUSE -> List.of(new Input.Paused(true));
            case UNPAUSE -> List.of(new Input.Paused(false));
            case RENAME -> List.of(new Input.Renamed(Optional.of(event.name())));
            case HEALTH -> List.of(new Input.HealthTold(event.health()));
            case RESTART -> List.of(new Input.Due());
            case DESTROY, EVENTS_BEGIN, EVENTS_END -> List.of();
        };
    }

    void deliverAnswer() {
        Call call = world.call;
        if (call == null || call.answer() == null) {
            throw new IllegalStateException("no answer");
        }
        world.call = null;
        CallAnswer answer = call.answer();
        boolean isUp = !(answer instanceof CallAnswer.Refused);
        boolean isTry = answer instanceof CallAnswer.Accepted
                || answer instanceof CallAnswer.Refused
                || (answer instanceof CallAnswer.Unanswered unanswered && unanswered.begun());
        if (isTry && call.work() == Work.START) {
            world.starts = world.starts.again(setting.rules(), isUp, call.asked(), now);
        } else if (isTry) {
            world.restarts =
                    world.restarts.again(setting.rules(), answer instanceof CallAnswer.Accepted, call.asked(), now);
        }
        give(new Input.Answered(answer));
    }

    void deliverInspection(@Nullable Truth seen) {
        Question question = taken(world.inspection);
        world.inspection = null;
        if (seen == null || seen.isGone()) {
            give(new Input.Gone());
            world.remembered = null;
        } else {
            boolean isRecalled = seen.finishedAt() != null && seen.finishedAt().equals(world.remembered);
            boolean isProof = world.stopTold != null
                    && world.toldEvents
                    && life != null
                    && life.knownSince().isBefore(question.asked())
                    && question.asked().isAfter(world.stopTold)
                    && world.truth.isDown();
            world.stopProven |= isProof;
            give(new Input.Inspected(question.asked(), seen.inspected(setting.setup()), isRecalled));
            if (life != null && !life.isOpen() && !life.isStopPending() && life.stoppedAt() == null) {
                world.remembered = null;
            }
        }
        inspectAgain();
    }

    void failInspection(boolean isRefused) {
        Question question = taken(world.inspection);
        world.inspection = null;
        give(new Input.NotInspected(question.asked(), "no", isRefused, isRefused));
        inspectAgain();
    }

    private void inspectAgain() {
        if (world.inspectAgain && world.inspection == null) {
            world.inspectAgain = false;
            inspect();
        }
        world.inspectAgain &= world.inspection != null;
    }

    private static Question taken(@Nullable Question question) {
        if (question == null) {
            throw new IllegalStateException("nothing was asked");
        }
        return question;
    }

    void list(boolean ofDown, @Nullable Truth seen) {
        world.listing = ask(ofDown, seen);
    }

    private Question ask(boolean ofDown, @Nullable Truth seen) {
        now = now.plusNanos(1);
        return new Question(now, world.engine == World.Engine.UP ? seen : null, ofDown);
    }

    void deliverListing() {
        Question listing = taken(world.listing);
        world.listing = null;
        Truth seen = listing.seen();
        world.lists = true;
        world.toldGone = false;
        if (seen == null) {
            throw new IllegalStateException("nobody saw it");
        }
        boolean isThere = !seen.isGone() && seen.name().equals(Setting.NAME) && (!listing.isOfDown() || seen.isDown());
        if (isThere) {
            if (life == null) {
                life = Life.of(Truth.ID, seen.name(), Setup.of(setting.setup().labels()), now);
            }
            give(new Input.Listed(listing.asked(), seen.listed(setting.setup(), now)));
        } else if (listing.isOfDown()) {
            give(new Input.NotListedDown(listing.asked()));
        } else if (life != null && life.operation() == null && life.knownSince().isBefore(listing.asked())) {
            life = null;
            forgetWhatWasTold();
            world.starts = Tried.NEVER;
            world.restarts = Tried.NEVER;
        }
    }

    void failListing(boolean isGone) {
        world.listing = null;
        world.lists = false;
        world.toldGone = isGone;
        give(isGone ? new Input.EngineGone() : new Input.Due());
    }

    /** Watchdog ends, having proven what was pending if it can, and begins again. */
    void endAndBegin() {
        while (life != null && life.isStopPending() && !world.events.isEmpty()) {
            deliverEvent();
        }
        for (int i = 0; i < 2 && life != null && life.isStopPending() && world.inspection != null; i++) {
            Truth seen = world.inspection.seen();
            if (seen != null) {
                deliverInspection(seen);
            }
        }
        // A process takes longer to begin than a listing lags.
        pass(Duration.ofMillis(500));
        life = null;
        world.inspection = null;
        world.inspectAgain = false;
        world.listing = null;
        world.events = List.of();
        world.isStreamOpen = false;
        world.lists = false;
        world.toldGone = false;
        world.toldEvents = false;
        forgetWhatWasTold();
        world.starts = Tried.NEVER;
        world.restarts = Tried.NEVER;
    }

    private void forgetWhatWasTold() {
        world.killTold = false;
        world.isKillDoubted = false;
        if (!world.stopProven) {
            world.stopTold = null;
        }
    }

    private void forget() {
        life = null;
        world.remembered = null;
    }

    // ---- the life goes on ----

    private void give(Input input) {
        Life known = life;
        if (known == null) {
            return;
        }
        Step step = lifecycle.step(known, input, around(), now);
        life = step.life();
        if (life == null) {
            forget();
        } else {
            remember(known, life);
        }
        step.effects().forEach(effect -> effect.carryOut(this));
    }

    private Surroundings around() {
        return new Surroundings(
                world.lists || (world.toldEvents && !world.toldGone),
                world.toldEvents,
                true,
                world.hasPlace,
                false,
                null,
                world.isHeld ? Setting.HELD : Holds.NONE,
                NO_JITTER);
    }

    void hold(boolean whether) {
        world.isHeld = whether;
        give(new Input.Due());
    }

    private void remember(Life before, Life after) {
        Instant stoppedAt = after.stoppedAt();
        if (stoppedAt == null ? before.stoppedAt() != null : !stoppedAt.equals(before.stoppedAt())) {
            world.remembered = stoppedAt;
        }
    }

    // ---- what is to be done outside ----

    @Override
    public void inspect() {
        if (world.inspection == null) {
            world.inspection = ask(false, world.truth);
        } else {
            world.inspectAgain = true;
        }
    }

    @Override
    public void inspectProviders() {
        violations.add("asks for providers of which there are none");
    }

    @Override
    public void start(boolean unchecked) {
        call(Work.START, unchecked);
    }

    @Override
    public void restart(Duration stopTimeout) {
        call(Work.RESTART, false);
    }

    private void call(Work work, boolean isUnchecked) {
        violations.addAll(Invariants.ofCall(work, setting, situation()));
        world.call = new Call(work, now, isUnchecked, Call.Stage.ASKED, null);
    }

    @Override
    public void tell(Fact fact) {
        // Nobody listens.
    }
}
