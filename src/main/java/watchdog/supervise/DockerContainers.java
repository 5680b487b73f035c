package watchdog.supervise;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import watchdog.engine.ContainerDetails;
import watchdog.engine.ContainerSummary;
import watchdog.engine.DockerEngine;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/** The containers of a Docker engine, in the words of the policy. */
public final class DockerContainers implements ContainerEngine {

    private final DockerEngine engine;

    public DockerContainers(DockerEngine engine) {
        this.engine = engine;
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
        return engine.containers(ids, summary -> consumer.accept(container(summary)));
    }

    @Override
    public Optional<Container> look(String id) throws EngineException {
        try {
            return Optional.of(container(engine.inspect(id)));
        } catch (EngineRefusedException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void start(String id) throws EngineException {
        engine.start(id);
    }

    @Override
    public void restart(String id, Duration stopTimeout) throws EngineException {
        engine.restart(id, stopTimeout);
    }

    /** The listing tells the exit code, the health and the time since the exit only within the words for people. */
    static Container container(ContainerSummary summary) {
        Status status = StatusWords.read(ContainerState.of(summary.state()), summary.status());
        Setup setup = new Setup(summary.labels(), summary.networkMode(), "", false, "", null);
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
                details.host().networkMode(),
                details.host().restartPolicy(),
                details.host().autoRemove(),
                details.stopSignal(),
                stopTimeout == null ? null : Duration.ofSeconds(stopTimeout));
        return new Container(details.id(), details.name(), status, setup);
    }
}
