package watchdog.report;

import watchdog.policy.Fact;
import watchdog.policy.Standing;

/**
 * Is told what happens, by the one thread on which everything is decided. It is not for this thread to wait for a disk, a pipe
 * or a network.
 */
public interface Observer {

    /** Takes a fact. */
    void tell(Fact fact);

    /** Takes how a container stands now, which is otherwise than before. */
    default void changed(Standing standing) {}

    /** Nothing is known any more of the container of that id. */
    default void forgotten(String id) {}

    /** The same, but by a fault of watchdog itself: the container may be there as before, and the next listing tells. */
    default void lostTrackOf(String id) {
        forgotten(id);
    }
}
