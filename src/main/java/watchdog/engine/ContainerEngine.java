package watchdog.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import watchdog.policy.Container;

/** What the loop asks of an engine, in the policy's words. Every call ends within a bound, and may be made on any thread. */
public interface ContainerEngine {

    /** Where it is asked. */
    String endpoint();

    /** Names the engine and its version, for people. */
    String describe();

    /**
     * Hands over each container that there is, one by one, with as much of it as a listing tells.
     *
     * @return how many there were
     */
    int list(Consumer<Container> consumer) throws EngineException;

    /**
     * Does the same with those only that have exited or were only created; an engine may list others too.
     *
     * @param among ids of those that matter, or none if all do
     */
    int listDown(Set<String> among, Consumer<Container> consumer) throws EngineException;

    /** The container as it is now, with all there is to know, or empty if there is none of that id or name. */
    Optional<Container> inspect(String idOrName) throws EngineException;

    /**
     * Starts the container; one that runs is left as it is. That the engine accepts does not mean that the process lives a
     * moment later.
     *
     * @return whether it did not run before
     */
    boolean start(String id) throws EngineException;

    /**
     * Stops and starts the container.
     *
     * @param stopTimeout how long its process may take to end before it is killed; whole seconds
     */
    void restart(String id, Duration stopTimeout) throws EngineException;

    /** Opens the stream of what happens to containers from now on; one that is silent for too long is taken for dead. */
    EventStream events() throws EngineException;
}
