package watchdog.supervise;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import watchdog.engine.ContainerDetails;
import watchdog.engine.ContainerSummary;
import watchdog.engine.DockerEngine;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;

/** The containers of a Docker engine, in the words of the policy. */
public final class DockerContainers implements ContainerEngine {

    private static final Pattern EXITED = Pattern.compile("Exited \\((\\d{1,9})\\).*");

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
    public int list(Consumer<Container> consumer) throws EngineException {
        return engine.containers(summary -> consumer.accept(container(summary)));
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

    /** The listing tells the exit code only within the words for people. */
    public static Container container(ContainerSummary summary) {
        Matcher exited = EXITED.matcher(summary.status());
        OptionalInt exitCode =
                exited.matches() ? OptionalInt.of(Integer.parseInt(exited.group(1))) : OptionalInt.empty();
        return new Container(summary.id(), summary.name(), ContainerState.of(summary.state()), exitCode, null, null);
    }

    private static Container container(ContainerDetails details) {
        ContainerDetails.State state = details.state();
        return new Container(
                details.id(),
                details.name(),
                ContainerState.of(state.status()),
                OptionalInt.of(state.exitCode()),
                state.startedAt(),
                state.finishedAt());
    }
}
