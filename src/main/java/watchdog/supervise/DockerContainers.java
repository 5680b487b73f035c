package watchdog.supervise;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import watchdog.engine.ContainerDetails;
import watchdog.engine.ContainerSummary;
import watchdog.engine.DockerEngine;
import watchdog.engine.EngineEvent;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.engine.Listing;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/** The containers of a Docker engine, in the words of the policy. */
public final class DockerContainers implements ContainerEngine {

    private final DockerEngine engine;
    private final Predicate<String> labels;

    /** Of those that were asked for by id, or null. */
    private volatile @Nullable Listing<Container> last;

    /**
     * Those of that engine.
     *
     * @param labels whether a label of that name is needed; all others are not kept, for there may be many containers, but
     *     those that are called as an attribute of an event is: they may have taken its place
     */
    DockerContainers(DockerEngine engine, Predicate<String> labels) {
        this.engine = engine;
        this.labels = labels.or(EngineEvent::isAttribute);
    }

    /** Watching goes on without a version, so whatever is wrong with it is only told. */
    @Override
    public String describe() {
        try {
            return engine.version().toString();
        } catch (EngineException e) {
            return "an engine that does not tell its version (" + e.getMessage() + ")";
        }
    }

    @Override
    public int list(Set<String> ids, Consumer<Container> consumer) throws EngineException {
        if (ids.isEmpty()) {
            return engine.containers(summary -> consumer.accept(lean(container(summary))));
        }
        Listing<Container> before = last;
        Listing<Container> asked = before != null && before.ids().equals(ids) ? before : Listing.of(ids);
        Listing<Container> listing = engine.containers(asked, summary -> lean(container(summary)));
        last = listing;
        listing.containers().forEach(consumer);
        return listing.containers().size();
    }

    @Override
    public int listDown(Consumer<Container> consumer) throws EngineException {
        return engine.containersDown(summary -> consumer.accept(lean(container(summary))));
    }

    @Override
    public Optional<Container> inspect(String id) throws EngineException {
        // The engine takes any text for the container whose network is joined.
        if (!DockerEngine.isIdOrName(id)) {
            return Optional.empty();
        }
        try {
            return Optional.of(lean(container(engine.inspect(id))));
        } catch (EngineRefusedException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The same word, in memory once: most containers have one of a few. */
    private static String shared(String word) {
        return word.intern();
    }

    private Container lean(Container container) {
        Setup setup = container.setup().withLabels(labels);
        return new Container(container.id(), container.name(), container.status(), setup);
    }

    @Override
    public boolean start(String id) throws EngineException {
        return engine.start(id);
    }

    @Override
    public void restart(String id, Duration stopTimeout) throws EngineException {
        engine.restart(id, stopTimeout);
    }

    /** The listing tells the exit code, the health and the time since the exit only within the words for people. */
    public static Container container(ContainerSummary summary) {
        Status status = StatusWords.read(ContainerState.of(summary.state()), summary.status());
        Setup setup = new Setup(summary.labels(), shared(summary.networkMode()), "", false, "", null);
        return new Container(summary.id(), summary.name(), status, setup);
    }

    static Container container(ContainerDetails details) {
        ContainerDetails.State state = details.state();
        Status status = new Status(
                ContainerState.of(state.status()),
                Health.of(state.health()),
                OptionalInt.of(state.exitCode()),
                state.error(),
                state.startedAt(),
                state.finishedAt(),
                Duration.ZERO);
        Integer stopTimeout = details.stopTimeout();
        Setup setup = new Setup(
                details.labels(),
                shared(details.host().networkMode()),
                shared(details.host().restartPolicy()),
                details.host().autoRemove(),
                details.stopSignal(),
                stopTimeout == null ? null : Duration.ofSeconds(stopTimeout));
        return new Container(details.id(), details.name(), status, setup);
    }
}
