package watchdog.supervise;

import watchdog.policy.Fact;
import watchdog.report.Observer;

/** Hands on what watchdog decides, and what becomes of it. */
record SimulatedObserver(Invariants invariants) implements Observer {

    @Override
    public void tell(Fact fact) {
        if (fact instanceof Fact.Decided decided) {
            invariants.decided(decided.container(), decided.decision());
        } else if (fact instanceof Fact.Finished finished) {
            invariants.finished(finished.container(), finished.work(), finished.outcome());
        } else if (fact instanceof Fact.OwnFault own) {
            throw new AssertionError(own.about(), own.fault());
        }
    }
}
