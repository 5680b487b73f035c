package watchdog.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Outcome;
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

    /** A pass over those only that are down. */
    void listedDown(int total, List<Container> watched);

    /**
     * What is done with a container, and why.
     *
     * @param news whether that is another decision than the last one about it
     * @param now by the clock of the decision
     */
    void decided(Container container, Decision decision, boolean news, Instant now);

    /**
     * What became of a start or a restart.
     *
     * @param news whether that is another failure than the last one
     */
    void finished(Container container, String work, Outcome outcome, boolean news);

    /** A container keeps dying soon after it is started. */
    void crashLoop(Container container, CrashLoop limit);

    /** A container that kept dying has stayed up. */
    void crashLoopOver(Container container);

    /** A label on a container could not be understood, and is left out of account. */
    void nonsense(Container container, String label);

    /** The engine's own restart policy acts on a container too. */
    void dockerPolicy(Container container);

    /** A container cannot be looked at, and so nothing is done with it. */
    void lookRefused(Container container, String problem);

    /** The engine answers, but tells no events. */
    void eventsLost(String problem);

    /** Events are told again. */
    void eventsFound();

    /**
     * A request to the engine takes longer than it should.
     *
     * @param what is done, with which container
     * @param gaveUpPlace whether other work no longer waits for it; else there are too many of its kind
     */
    void hung(String what, Duration after, boolean gaveUpPlace);

    /**
     * Watchdog itself has a fault.
     *
     * @param about the container with which it dealt, or what else it did
     */
    void fault(String about, RuntimeException fault);
}
