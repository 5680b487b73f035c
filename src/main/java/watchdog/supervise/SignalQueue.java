package watchdog.supervise;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has come for the loop and was not yet taken in, in the order of its coming. It does not grow without bound, should the
 * loop be held up: there is a bound for events; of listings, of holds and of outages, only the last is kept; the answers of
 * workers are as many as the loop has asked for; and events begin anew only where there is room.
 */
final class SignalQueue {

    private final int mostEvents;
    private final Deque<Signal> pending = new ArrayDeque<>();
    private final Map<String, Signal> lastOfContainer = new HashMap<>();
    private int events;

    /** Makes an empty one that takes so many events. */
    SignalQueue(int mostEvents) {
        this.mostEvents = mostEvents;
    }

    /**
     * Adds a signal. An event that says the same of its container as the signal before is left out.
     *
     * @return false for an event for which there is no room
     */
    synchronized boolean add(Signal signal) {
        if (signal instanceof Signal.Happened event) {
            return addEvent(event);
        }
        if (signal instanceof Signal.Listed listed) {
            // What one of those that are down tells is told by one of all, too; but it does not tell all.
            boolean all = listed.coverage() == Signal.Coverage.ALL;
            pending.removeIf(other ->
                    other instanceof Signal.Listed before && (all || before.coverage() == Signal.Coverage.DOWN));
        } else if (signal instanceof Signal.HoldsRead) {
            pending.removeIf(Signal.HoldsRead.class::isInstance);
        } else if (signal instanceof Signal.EngineLost lost) {
            addLost(lost);
            return true;
        }
        signal.about().ifPresent(id -> lastOfContainer.put(id, signal));
        put(signal);
        return true;
    }

    /** Outages of which none was taken in yet are one. */
    private void addLost(Signal.EngineLost lost) {
        boolean gone = pending.stream().anyMatch(other -> other instanceof Signal.EngineLost before && before.gone());
        pending.removeIf(other -> other instanceof Signal.EngineLost || other instanceof Signal.EngineFound);
        put(new Signal.EngineLost(lost.problem(), gone || lost.gone()));
    }

    private boolean addEvent(Signal.Happened event) {
        if (event.equals(lastOfContainer.get(event.event().id()))) {
            return true;
        }
        if (events == mostEvents) {
            return false;
        }
        events++;
        lastOfContainer.put(event.event().id(), event);
        put(event);
        return true;
    }

    private void put(Signal signal) {
        pending.add(signal);
        notifyAll();
    }

    /** Adds a signal that comes before all others. */
    synchronized void addFirst(Signal signal) {
        pending.addFirst(signal);
        notifyAll();
    }

    /** Whether nothing more is waiting about the container that a signal is about. */
    synchronized boolean isLastOfIts(Signal signal) {
        return signal.about().filter(lastOfContainer::containsKey).isEmpty();
    }

    /** How many signals wait. */
    synchronized int size() {
        return pending.size();
    }

    /** Whether there is room for many events. */
    synchronized boolean hasRoom() {
        return events <= mostEvents / 2;
    }

    /** Takes the next signal, for which it waits so long; null if none came. */
    synchronized @Nullable Signal poll(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (pending.isEmpty() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
        Signal next = pending.poll();
        if (next != null) {
            taken(next);
        }
        return next;
    }

    private void taken(Signal signal) {
        if (signal instanceof Signal.Happened) {
            events--;
        }
        signal.about().ifPresent(id -> lastOfContainer.remove(id, signal));
    }
}
