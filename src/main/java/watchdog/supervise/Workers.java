package watchdog.supervise;

import java.time.Duration;

/**
 * Runs tasks that may take long, up to a number at a time. Tasks that follow from an operation under way go first; the rest are
 * first come, first served.
 */
public interface Workers {

    /**
     * Something to do.
     *
     * @param about id of the container that it is about
     * @param what for people, should it take too long
     * @param isFollowUp whether it follows from work under way, which goes before new work
     * @param patience how long it may take before others no longer wait for it
     */
    record Task(String about, String what, boolean isFollowUp, Duration patience, Runnable work) {}

    /** Has the task done as soon as there is a place for it. */
    void run(Task task);
}
