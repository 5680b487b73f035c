package watchdog;

import watchdog.policy.Fact;
import watchdog.policy.Standing;
import watchdog.report.Observer;

/** Tells another one all but the next try of a container: there is one try for each, and so none to tell of. */
record WithoutRetries(Observer observer) implements Observer {

    @Override
    public void tell(Fact fact) {
        observer.tell(fact instanceof Fact.Finished finished ? finished.withoutNext() : fact);
    }

    @Override
    public void changed(Standing standing) {
        observer.changed(standing);
    }

    @Override
    public void forgotten(String id) {
        observer.forgotten(id);
    }

    @Override
    public void lostTrackOf(String id) {
        observer.lostTrackOf(id);
    }
}
