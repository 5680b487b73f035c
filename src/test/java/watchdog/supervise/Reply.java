package watchdog.supervise;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineException;

/** The reply to one call. Only the first that comes counts: one that comes after the time-out has nobody to read it. */
final class Reply<T> {

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean here;
    private @Nullable T value;
    private @Nullable EngineException failure;

    void is(@Nullable T what) {
        come(what, null);
    }

    void fails(EngineException why) {
        come(null, why);
    }

    void become(Reply<T> other) {
        come(other.value, other.failure);
    }

    private void come(@Nullable T what, @Nullable EngineException why) {
        if (!here) {
            here = true;
            value = what;
            failure = why;
            waiting.forEach(Runnable::run);
        }
    }

    boolean isHere() {
        return here;
    }

    /** Has that done when the reply is here. */
    void then(Runnable act) {
        if (here) {
            act.run();
        } else {
            waiting.add(act);
        }
    }

    @Nullable
    T get() throws EngineException {
        if (failure != null) {
            throw failure;
        }
        return value;
    }
}
