package watchdog.policy.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import watchdog.policy.CallAnswer;
import watchdog.policy.ContainerState;
import watchdog.policy.Work;

/** What happens in the world in one move, to the container, its engine, and a call of watchdog's. */
abstract class Happening {

    private static final int TERM = 15;
    private static final int KILL = 9;

    final Setting setting;
    final World world;
    Instant now;

    Happening(Setting setting, Situation from) {
        this.setting = setting;
        this.world = from.world().copy();
        this.now = from.now();
    }

    final Instant now() {
        return now;
    }

    // ---- what happens to the container ----

    private Instant engineTime() {
        return Instant.EPOCH.plusSeconds(++world.lastEngineTime);
    }

    final void become(Truth next) {
        if (next.state() != world.truth.state()) {
            world.before = world.truth;
            world.changedAt = now;
        }
        world.truth = next;
    }

    private void tell(Event.Kind kind, int number, boolean byOperator) {
        if (world.isStreamOpen) {
            queue(kind, number, byOperator);
        }
    }

    private void queue(Event.Kind kind, int number, boolean byOperator) {
        List<Event> events = new ArrayList<>(world.events);
        Truth truth = world.truth;
        events.add(new Event(kind, number, truth.health(), truth.name(), now, truth.finishedAt(), byOperator));
        world.events = List.copyOf(events);
    }

    final void tell(Event.Kind kind) {
        tell(kind, 0, false);
    }

    final void signal(int number, boolean byOperator) {
        tell(Event.Kind.KILL, number, byOperator);
        world.anyStop |= byOperator && number != 1;
        world.isSignalled |= byOperator && number != 1;
    }

    final void run() {
        become(world.truth.started(engineTime(), setting.firstHealth(), now));
        world.isDying = false;
        world.isSignalled = false;
        world.stopTold = null;
        world.stopProven = false;
        tell(Event.Kind.START);
    }

    /** An operator's start: whatever was tried before is of no account. */
    final void runByOperator() {
        run();
        world.starts = Tried.NEVER;
        world.restarts = Tried.NEVER;
        if (world.call != null) {
            world.call = world.call.longAgo();
        }
    }

    final void die(int code, Truth.Why why) {
        become(world.truth.ended(code, why, engineTime(), now));
        world.isDying = false;
        tell(Event.Kind.DIE, code, why == Truth.Why.AN_OPERATORS);
    }

    /** It ends by itself, unless somebody has just sent it a signal to end. */
    final void dieByItself(int code) {
        boolean byWatchdog = world.isDying || (world.call != null && world.call.isAt(Call.Stage.TERMINATING));
        Truth.Why why =
                world.isSignalled ? Truth.Why.AN_OPERATORS : byWatchdog ? Truth.Why.WATCHDOGS : Truth.Why.ITS_OWN;
        die(code, why);
    }

    final void dieWithTheEngine(int code) {
        Truth.Why why = world.isSignalled
                ? Truth.Why.AN_OPERATORS
                : world.isDying ? Truth.Why.WATCHDOGS : Truth.Why.THE_ENGINES;
        die(code, why);
    }

    final void vanish() {
        tell(Event.Kind.DESTROY);
        become(world.truth.in(ContainerState.UNKNOWN));
        world.operator = World.Operator.IDLE;
    }

    final void remove() {
        if (world.truth.isUp()) {
            signal(KILL, true);
            die(KILL + 128, Truth.Why.AN_OPERATORS);
        }
        vanish();
    }

    // ---- what happens to the engine ----

    final void shutDown() {
        world.anyShutdown = true;
        if (world.truth.isUp()) {
            tell(Event.Kind.KILL, TERM, false);
            dieWithTheEngine(0);
            tell(Event.Kind.STOP, 0, false);
        } else if (world.operator == World.Operator.BETWEEN) {
            become(world.truth.by(Truth.Why.AN_OPERATORS));
        }
        world.operator = World.Operator.IDLE;
        abortCall();
        world.engine = World.Engine.SHUTTING_DOWN;
    }

    final void disappear() {
        endEvents();
        abortCall();
        world.operator = World.Operator.IDLE;
        world.engine = World.Engine.GONE;
        world.inspection = unseen(world.inspection);
        world.listing = unseen(world.listing);
    }

    private static @Nullable Question unseen(@Nullable Question question) {
        return question == null ? null : new Question(question.asked(), null, question.isOfDown());
    }

    private void abortCall() {
        Call call = world.call;
        if (call != null && !call.isAt(Call.Stage.ANSWERED)) {
            boolean begun = true;
            world.isDying |= call.isAt(Call.Stage.TERMINATING) && world.truth.isUp();
            world.call = call.answered(new CallAnswer.Unanswered("it went away", begun));
        }
    }

    final void beginEvents() {
        world.isStreamOpen = true;
        queue(Event.Kind.EVENTS_BEGIN, 0, false);
    }

    final void endEvents() {
        if (world.isStreamOpen) {
            world.isStreamOpen = false;
            queue(Event.Kind.EVENTS_END, 0, false);
        }
    }

    // ---- a call ----

    final void engineStarts() {
        run();
        Call call = world.call;
        if (call != null && call.work() == Work.RESTART) {
            tell(Event.Kind.RESTART);
        }
        answer(new CallAnswer.Accepted());
    }

    final void answer(CallAnswer answer) {
        Call call = world.call;
        if (call != null) {
            world.call = call.answered(answer);
        }
    }

    final void terminate() {
        tell(Event.Kind.KILL, TERM, false);
        Call call = world.call;
        if (call != null) {
            world.call = call.at(Call.Stage.TERMINATING);
        }
    }

    final void takeDown() {
        die(KILL + 128, Truth.Why.WATCHDOGS);
        tell(Event.Kind.STOP);
        Call call = world.call;
        if (call != null) {
            world.call = call.at(Call.Stage.DOWN);
        }
    }

    /** The engine has sent its signals and gives up. */
    final void fail(CallAnswer answer) {
        Call call = world.call;
        world.isDying |= call != null && call.isAt(Call.Stage.TERMINATING) && world.truth.isUp();
        answer(answer);
    }

    // ---- time ----

    final void pass(Duration time) {
        now = now.plus(time);
    }

    final void passUntil(Instant until) {
        now = until.isAfter(now) ? until : now;
    }
}
