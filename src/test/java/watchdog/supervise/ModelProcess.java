package watchdog.supervise;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import watchdog.engine.EngineExceptions;

/** The process of an engine: whether it is there, who gets through to it, and what waits while it hangs. */
final class ModelProcess {

    private enum Condition {
        UP,
        /** It refuses calls, and stops its containers one by one. */
        LEAVING,
        /** It does nothing, and will go on as if nothing had been. */
        HUNG,
        DOWN
    }

    private final VirtualTime time;
    private final Trace trace;
    private final Invariants invariants;

    private final Deque<Runnable> parked = new ArrayDeque<>();
    private final List<Reply<?>> open = new ArrayList<>();

    private Condition condition = Condition.UP;
    private int incarnation;

    ModelProcess(VirtualTime time, Trace trace, Invariants invariants) {
        this.time = time;
        this.trace = trace;
        this.invariants = invariants;
    }

    boolean isUp() {
        return condition == Condition.UP;
    }

    // How it is reached

    /** Takes a request in: handles it now, or when it goes on, or never. */
    void take(Reply<?> reply, Runnable handle) {
        switch (condition) {
            case UP -> {
                open.add(reply);
                reply.then(() -> open.remove(reply));
                handle.run();
            }
            case HUNG -> parked.add(() -> take(reply, handle));
            default -> reply.fails(EngineExceptions.gone("connection refused"));
        }
    }

    /** Has an operator's command done if it gets through. */
    void whenReached(Runnable command) {
        if (condition == Condition.HUNG) {
            parked.add(() -> whenReached(command));
        } else if (condition == Condition.UP) {
            command.run();
        }
    }

    // What happens to it

    /** It refuses calls from now on. */
    void leave(boolean orderly) {
        condition = Condition.LEAVING;
        trace.all("the engine %s", orderly ? "shuts down" : "is killed");
        invariants.engineTrouble();
    }

    /** It is gone, with all that it had begun. */
    void end() {
        condition = Condition.DOWN;
        incarnation++;
        trace.all("the engine is down");
        parked.clear();
        List.copyOf(open).forEach(reply -> reply.fails(EngineExceptions.unreachable("connection lost")));
    }

    /** Another one begins. */
    void begin() {
        condition = Condition.UP;
        trace.all("the engine is up");
        invariants.engineTrouble();
    }

    void hang() {
        if (condition == Condition.UP) {
            condition = Condition.HUNG;
            trace.all("the engine hangs");
            invariants.engineTrouble();
        }
    }

    void goOn() {
        if (condition == Condition.HUNG) {
            condition = Condition.UP;
            trace.all("the engine goes on");
            invariants.engineTrouble();
            while (!parked.isEmpty() && condition == Condition.UP) {
                parked.remove().run();
            }
        }
    }

    /** Has it do something later, if it is still there then. */
    void later(Duration delay, Runnable act) {
        int asked = incarnation;
        time.after(delay, () -> unlessGone(asked, act));
    }

    private void unlessGone(int asked, Runnable act) {
        if (condition == Condition.HUNG) {
            parked.add(() -> unlessGone(asked, act));
        } else if (incarnation == asked) {
            act.run();
        }
    }
}
