package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import watchdog.report.Observer;

/** Whether the engine answers, told when it changes and now and then while it does not. */
final class EngineContact {

    private static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(10);

    private final Observer observer;

    private @Nullable Instant lostSince;
    private Instant lastTold = Instant.MIN;

    EngineContact(Observer observer) {
        this.observer = observer;
    }

    void found(String engine, Instant now) {
        observer.engineFound(engine, lostSince == null ? null : Duration.between(lostSince, now));
        lostSince = null;
    }

    void lost(String problem, Instant now) {
        if (lostSince == null) {
            lostSince = now;
            lastTold = now;
            observer.engineLost(problem);
        } else if (!now.isBefore(lastTold.plus(BETWEEN_REMINDERS))) {
            lastTold = now;
            observer.engineStillLost(problem, Duration.between(lostSince, now));
        }
    }
}
