package watchdog.supervise;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineException;

/**
 * Has tasks wait for an engine's replies, though time is virtual and there is but one thread. A task is run up to the
 * first call whose reply is not there yet, and is broken off. When the reply comes, the task is run anew from its
 * beginning and gets the replies it got before, so that it comes one call further. All else that it does is done only
 * the first time.
 */
final class Stage {

    private @Nullable Play playing;
    private boolean closed;

    private static final class Play {
        final Runnable task;
        final Runnable onEnd;
        final List<Object> steps = new ArrayList<>();
        int next;

        Play(Runnable task, Runnable onEnd) {
            this.task = task;
            this.onEnd = onEnd;
        }
    }

    private static final class BrokenOff extends Error {
        private static final long serialVersionUID = 1L;

        BrokenOff() {
            super(null, null, false, false);
        }
    }

    void play(Runnable task, Runnable onEnd) {
        goOn(new Play(task, onEnd));
    }

    /** Nothing that has begun goes on. */
    void close() {
        closed = true;
    }

    private void goOn(Play play) {
        if (closed) {
            return;
        }
        Play outer = playing;
        playing = play;
        play.next = 0;
        try {
            play.task.run();
        } catch (BrokenOff untilTheReplyComes) {
            return;
        } finally {
            playing = outer;
        }
        play.onEnd.run();
    }

    /** Makes a call from within a task. */
    <T> T await(Consumer<Reply<T>> call) throws EngineException {
        Play play = playing;
        if (play == null) {
            throw new AssertionError("the engine was called by the loop itself, which must never wait");
        }
        Reply<T> reply = once(() -> {
            Reply<T> made = new Reply<>();
            call.accept(made);
            return made;
        });
        if (!reply.isHere()) {
            reply.then(() -> goOn(play));
            throw new BrokenOff();
        }
        return reply.get();
    }

    /** Does something else, within a task or not. */
    @SuppressWarnings("unchecked")
    <T> T once(Supplier<T> step) {
        Play play = playing;
        if (play == null) {
            return step.get();
        }
        if (play.next == play.steps.size()) {
            // What is done within a step is part of it.
            playing = null;
            try {
                play.steps.add(step.get());
            } finally {
                playing = play;
            }
        }
        return (T) play.steps.get(play.next++);
    }

    void once(Runnable step) {
        once(() -> {
            step.run();
            return true;
        });
    }

    /** The clock as tasks read it. */
    Clock clock(Clock clock) {
        return new Clock() {
            @Override
            public Instant instant() {
                return once(clock::instant);
            }

            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return clock.withZone(zone);
            }
        };
    }
}
