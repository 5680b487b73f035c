package watchdog.report;

import watchdog.policy.Fact;

/** Is told what happens, by the one thread on which everything is decided. */
public interface Observer {

    /** Takes a fact. It is not for this thread to wait for a disk, a pipe or a network. */
    void tell(Fact fact);
}
