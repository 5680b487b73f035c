package watchdog.report;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.Decision;
import watchdog.policy.StartOutcome;
import watchdog.policy.WatchList;

/** Is told what happens, by the one thread on which everything is decided. */
public interface Observer {

    /** Watching begins. */
    void watching(WatchList watchList, Duration interval, String endpoint);

    /**
     * The engine answers: for the first time, or again.
     *
     * @param lost for how long it did not, or null if it always did
     */
    void engineFound(String engine, @Nullable Duration lost);

    /** The engine stopped answering, or never did. */
    void engineLost(String problem);

    /** The engine has not answered for a long time; told now and then. */
    void engineStillLost(String problem, Duration lost);

    /** Nothing that the engine has is called that; told once a name. */
    void missing(Set<String> names);

    /** There is now something called that. */
    void appeared(String name);

    /** A pass over all containers. */
    void listed(int total, List<Container> watched);

    /** What is done with a container, and why; told at each pass. */
    void decided(Container container, Decision decision);

    /** What became of a start. */
    void startFinished(Container container, StartOutcome outcome);
}
