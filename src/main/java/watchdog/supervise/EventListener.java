package watchdog.supervise;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import watchdog.engine.ContainerEngine;
import watchdog.engine.EngineEvent;
import watchdog.engine.EngineException;
import watchdog.engine.EngineUnreachableException;
import watchdog.engine.EventStream;
import watchdog.policy.Backoff;

/** Reads the engine's events on a thread of its own, and subscribes anew, with back-off, whenever they end. */
final class EventListener implements AutoCloseable {

    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));
    private static final double NO_JITTER = 0.5;

    private static final Duration YOUNG = Duration.ofSeconds(1);

    /** After this it is tried again whether there is room. */
    private static final Duration CATCHING_UP = Duration.ofMillis(100);

    private final ContainerEngine engine;
    private final Sink sink;
    private final Semaphore wake = new Semaphore(0);

    private volatile boolean closed;
    private volatile @Nullable EventStream stream;

    /** Where the events go. */
    interface Sink {

        /** Takes a signal; returns false for an event for which it has no room. */
        boolean accept(Signal signal);

        /** Whether it has room for many events. */
        boolean hasRoom();
    }

    /** Makes a listener that does not listen yet. */
    EventListener(ContainerEngine engine, Sink sink) {
        this.engine = engine;
        this.sink = sink;
    }

    /** Listens until closed, on the thread that calls it. */
    void listen() {
        int failures = 0;
        while (!closed) {
            if (!sink.hasRoom()) {
                pause(CATCHING_UP);
                continue;
            }
            long begin = System.nanoTime();
            String end = listenOnce();
            stream = null;
            if (end != null && !closed) {
                sink.accept(new Signal.EventsEnded(end));
                Duration lasted = Duration.ofNanos(System.nanoTime() - begin);
                boolean longEnough = lasted.compareTo(BETWEEN_TRIES.after(failures, NO_JITTER)) > 0;
                failures = longEnough ? 1 : failures + 1;
                pause(BETWEEN_TRIES.after(failures, NO_JITTER));
            }
        }
    }

    /** Tells events until they end; returns why, or null if they were only silent for long. */
    private @Nullable String listenOnce() {
        try (EventStream opened = engine.events()) {
            stream = opened;
            if (closed) {
                return null;
            }
            sink.accept(new Signal.EventsBegun());
            return tellAll(opened);
        } catch (EngineUnreachableException e) {
            boolean quiet = stream != null && e.isSilence();
            return quiet ? null : e.getMessage();
        } catch (EngineException | IOException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            sink.accept(new Signal.Failed(Optional.empty(), "reading the events", e));
            return "a fault of watchdog itself: " + e;
        }
    }

    private String tellAll(EventStream opened) throws EngineException {
        for (Optional<EngineEvent> event = opened.next(); event.isPresent() && !closed; event = opened.next()) {
            if (!sink.accept(new Signal.Happened(event.get(), isYoung(event.get())))) {
                return "they came faster than they could be taken in";
            }
        }
        return "the engine ended them";
    }

    /** Whether the event happened just now, by its own time, as it may have waited on the way. Never if the clocks differ. */
    private static boolean isYoung(EngineEvent event) {
        Instant happened = event.at();
        return happened != null
                && Duration.between(happened, Instant.now()).abs().compareTo(YOUNG) < 0;
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
