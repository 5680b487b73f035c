package watchdog.supervise;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import watchdog.engine.DockerEngine;
import watchdog.engine.EngineEvent;
import watchdog.engine.EngineException;
import watchdog.engine.EngineUnreachableException;
import watchdog.engine.EventStream;
import watchdog.policy.Backoff;

/** Reads the engine's events on a thread of its own, and subscribes anew, with back-off, whenever they end. */
final class EventListener implements AutoCloseable {

    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));
    private static final double NO_JITTER = 0.5;

    private final DockerEngine engine;
    private final Consumer<Signal> signals;
    private final Runnable listNow;
    private final Semaphore wake = new Semaphore(0);

    private volatile boolean closed;
    private volatile @Nullable EventStream stream;

    /**
     * Makes a listener that does not listen yet.
     *
     * @param listNow asks for a listing; called after each subscription, for what happened before that is not told
     */
    EventListener(DockerEngine engine, Consumer<Signal> signals, Runnable listNow) {
        this.engine = engine;
        this.signals = signals;
        this.listNow = listNow;
    }

    /** Listens until closed, on the thread that calls it. */
    void listen() {
        int failures = 0;
        while (!closed) {
            String end = "the engine ended them";
            long begin = System.nanoTime();
            try (EventStream opened = engine.events()) {
                stream = opened;
                if (closed) {
                    break;
                }
                signals.accept(new Signal.EventsBegun());
                listNow.run();
                tellAll(opened);
            } catch (EngineUnreachableException e) {
                boolean quiet = stream != null && e.isSilence();
                stream = null;
                if (quiet) {
                    continue;
                }
                end = e.getMessage();
            } catch (EngineException | IOException e) {
                end = String.valueOf(e.getMessage());
            }
            stream = null;
            if (!closed) {
                signals.accept(new Signal.EventsEnded(end));
                Duration lasted = Duration.ofNanos(System.nanoTime() - begin);
                boolean longEnough = lasted.compareTo(BETWEEN_TRIES.after(failures, NO_JITTER)) > 0;
                failures = longEnough ? 1 : failures + 1;
                pause(BETWEEN_TRIES.after(failures, NO_JITTER));
            }
        }
    }

    private void tellAll(EventStream opened) throws EngineException {
        for (EngineEvent event = opened.next(); event != null && !closed; event = opened.next()) {
            signals.accept(new Signal.Happened(event));
        }
    }

    private void pause(Duration wait) {
        try {
            if (wake.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Makes a listener that waits for its next try make it now: the engine has just answered. */
    void tryNow() {
        if (stream == null) {
            wake.release();
        }
    }

    /** Ends listening, from any thread. A read under way ends with its connection. */
    @Override
    public void close() throws IOException {
        closed = true;
        wake.release();
        EventStream open = stream;
        if (open != null) {
            open.close();
        }
    }
}
