package watchdog.notify;

import java.util.List;

/** Tells the last lines that a container has written. */
@FunctionalInterface
public interface LogLines {

    /**
     * Asks for them, and waits for a few seconds at most.
     *
     * @param id of the container
     * @param count how many at most
     * @return as they were written; none if they are not to be had
     */
    List<String> last(String id, int count);
}
