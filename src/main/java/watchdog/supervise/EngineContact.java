package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.report.Observer;

/** Whether the engine answers and tells its events, told when it changes and now and then while it does not. */
final class EngineContact {

    private static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(10);

    /** Events that are told for a shorter time than this may end as soon each time, as where a proxy lets nobody have them. */
    private static final Duration LASTING = Duration.ofSeconds(2);

    private final Observer observer;

    private boolean answers;
    private boolean gone;
    private @Nullable Instant lostSince;
    private Instant lastTold = Instant.MIN;

    private boolean events;
    private boolean toldNoEvents;
    private Instant eventsSince = Instant.MIN;
    private @Nullable String eventProblem;

    EngineContact(Observer observer) {
        this.observer = observer;
    }

    /** Whether the last pass succeeded. */
    boolean answers() {
        return answers;
    }

    /** Whether there is no engine, or was none since it answered last: what ran may be down. */
    boolean isGone() {
        return gone;
    }

    /** Whether events are told. */
    boolean events() {
        return events;
    }

    void found(String engine, Instant now) {
        observer.engineFound(engine, lostSince == null ? null : Duration.between(lostSince, now));
        lostSince = null;
        eventProblem = null;
    }

    void lost(Signal.EngineLost signal, Instant now) {
        String problem = signal.problem();
        answers = false;
        gone |= signal.gone();
        if (lostSince == null) {
            lostSince = now;
            lastTold = now;
            observer.engineLost(problem);
        } else if (!now.isBefore(lastTold.plus(BETWEEN_REMINDERS))) {
            lastTold = now;
            observer.engineStillLost(problem, Duration.between(lostSince, now));
        }
    }

    /** A pass succeeded: only now is it worth a line that events alone are missing, or are told again. */
    void listed(Instant now) {
        answers = true;
        gone = false;
        if (events && toldNoEvents && !now.isBefore(eventsSince.plus(LASTING))) {
            toldNoEvents = false;
            observer.eventsFound();
        }
        if (eventProblem != null && !toldNoEvents) {
            toldNoEvents = true;
            observer.eventsLost(eventProblem);
        }
    }

    void eventsBegun(Instant now) {
        events = true;
        eventsSince = now;
        eventProblem = null;
    }

    void eventsEnded(String problem) {
        events = false;
        eventProblem = problem;
    }
}
