package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Fact;
import watchdog.policy.StartOrder;
import watchdog.report.Observer;

/** Whether the engine answers and sends its events. Changes are reported, and now and then that it does not answer. */
final class EngineContact {

    private static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(10);

    /** A stream that ends sooner than this may end as soon each time, as behind a proxy that refuses events. */
    private static final Duration LASTING = Duration.ofSeconds(2);

    private final Observer observer;
    private boolean lists;
    private boolean gone;
    private @Nullable Instant lostSince;
    private Instant lastTold = Instant.MIN;
    private boolean events;
    private boolean toldNoEvents;
    private Instant orderKeptUntil = Instant.MIN;
    private Instant eventsSince = Instant.MIN;
    private @Nullable String eventProblem;

    /** Whether the events have ended, and it has not been reported since whether the engine was restarted. */
    private boolean mayBeRestarted;

    EngineContact(Observer observer) {
        this.observer = observer;
    }

    /** Whether there is an engine to ask: it lists its containers, or where it does not, it tells its events at least. */
    boolean answers() {
        return lists || (events && !gone);
    }

    /** Whether it was asked to list its containers, and did not. */
    boolean isLost() {
        return lostSince != null;
    }

    /** Until when compose's order of starts is kept to: for a while after the engine was found, or its events began. */
    Instant orderKeptUntil() {
        return orderKeptUntil;
    }

    /** Whether events are told. */
    boolean events() {
        return events;
    }

    void found(String engine, Instant now) {
        observer.tell(new Fact.EngineFound(engine, lostSince == null ? null : Duration.between(lostSince, now)));
        keepOrder(now);
        lostSince = null;
        eventProblem = null;
    }

    void lost(Signal.EngineLost signal, Instant now) {
        lists = false;
        gone = signal.gone();
        mayBeRestarted = false;
        if (lostSince == null) {
            lostSince = now;
            lastTold = now;
            observer.tell(new Fact.EngineLost(signal.problem(), signal.gone(), Duration.ZERO));
        } else if (!now.isBefore(lastTold.plus(BETWEEN_REMINDERS))) {
            lastTold = now;
            observer.tell(new Fact.EngineLost(signal.problem(), signal.gone(), Duration.between(lostSince, now)));
        }
    }

    /** A listing succeeded. Only now is it worth a line that events are missing, or told again. */
    void listed(Instant now) {
        lists = true;
        gone = false;
        if (events && toldNoEvents && !now.isBefore(eventsSince.plus(LASTING))) {
            toldNoEvents = false;
            observer.tell(new Fact.EventsFound());
        }
        if (eventProblem != null && !toldNoEvents) {
            toldNoEvents = true;
            observer.tell(new Fact.EventsLost(eventProblem));
        }
    }

    /** A container went down with the engine, as far as can be seen. */
    void wentDown(boolean withTheEngine) {
        if (withTheEngine && mayBeRestarted) {
            mayBeRestarted = false;
            observer.tell(new Fact.EngineRestarted());
        }
    }

    void eventsBegun(Instant now) {
        events = true;
        gone = false;
        eventsSince = now;
        eventProblem = null;
        keepOrder(now);
        observer.tell(new Fact.EventsBegun());
    }

    /** Each restart of the engine is a beginning. One that comes within the time prolongs nothing, so that nobody waits for ever. */
    private void keepOrder(Instant now) {
        if (!now.isBefore(orderKeptUntil)) {
            orderKeptUntil = now.plus(StartOrder.KEPT_FOR);
        }
    }

    void eventsEnded(String problem) {
        boolean wereTold = events;
        events = false;
        mayBeRestarted = lists;
        eventProblem = problem;
        if (wereTold) {
            observer.tell(new Fact.EventsEnded(problem));
        }
    }
}
