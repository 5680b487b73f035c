package watchdog.report;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.policy.Fact;
import watchdog.policy.Standing;

/** All who are told, in their order, as one; one that fails harms neither the others nor whoever tells. */
public final class Observers implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private final List<Guarded> observers;

    /** Makes one of those, who are told on the thread that tells: one that may be slow has a queue and a thread of its own. */
    public Observers(List<Observer> observers) {
        this.observers = observers.stream().map(Guarded::new).toList();
    }

    @Override
    public void tell(Fact fact) {
        observers.forEach(observer -> observer.tell(fact));
    }

    @Override
    public void changed(Standing standing) {
        observers.forEach(observer -> observer.changed(standing));
    }

    @Override
    public void forgotten(String id) {
        observers.forEach(observer -> observer.forgotten(id));
    }

    @Override
    public void lostTrackOf(String id) {
        observers.forEach(observer -> observer.lostTrackOf(id));
    }

    /** An observer whose first failure is logged; one that fails once may fail at each fact. */
    private static final class Guarded implements Observer {

        private final Observer observer;
        private boolean hasFailed;

        Guarded(Observer observer) {
            this.observer = observer;
        }

        @Override
        public void tell(Fact fact) {
            guarded(() -> observer.tell(fact));
        }

        @Override
        public void changed(Standing standing) {
            guarded(() -> observer.changed(standing));
        }

        @Override
        public void forgotten(String id) {
            guarded(() -> observer.forgotten(id));
        }

        @Override
        public void lostTrackOf(String id) {
            guarded(() -> observer.lostTrackOf(id));
        }

        private void guarded(Runnable telling) {
            try {
                telling.run();
            } catch (RuntimeException e) {
                if (!hasFailed) {
                    hasFailed = true;
                    LOG.error(
                            "the observer {} has failed, which is a bug; it is told of what follows, but its failures"
                                    + " are not logged any more",
                            observer.getClass().getName(),
                            e);
                }
            }
        }
    }
}
