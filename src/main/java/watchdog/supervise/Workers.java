package watchdog.supervise;

import java.time.Duration;

/**
 * Where work is done that may take long: so much of it at a time, what follows from work under way before what is new, and
 * else first come, first served.
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
