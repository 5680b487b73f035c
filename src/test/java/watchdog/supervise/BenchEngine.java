package watchdog.supervise;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineException;
import watchdog.engine.EngineExceptions;
import watchdog.policy.Container;

/** The engine of a {@link Bench}, which does at once what it is asked to. */
final class BenchEngine extends EngineOfSignals {

    private final Bench bench;

    BenchEngine(Bench bench) {
        this.bench = bench;
    }

    @Override
    public int list(Consumer<Container> consumer) {
        throw new UnsupportedOperationException("the test lists");
    }

    @Override
    public int listDown(Set<String> among, Consumer<Container> consumer) {
        throw new UnsupportedOperationException("the test lists");
    }

    @Override
    public Optional<Container> inspect(String id) throws EngineException {
        Box box = answered(id);
        if (box != null && box.name().equals(bench.poison)) {
            throw new IllegalStateException("a test's");
        }
        if (box != null && box.lookFailure != null) {
            throw box.lookFailure;
        }
        bench.looks.add(box == null ? "nothing" : box.name());
        return Optional.ofNullable(box).map(Box::looked);
    }

    @Override
    public boolean start(String id) throws EngineException {
        Box box = existing(id);
        if (box.is.isRunning()) {
            return false;
        }
        bench.starts.add(box.name());
        box.startedByEngine();
        return true;
    }

    @Override
    public void restart(String id, Duration stopTimeout) throws EngineException {
        Box box = existing(id);
        bench.restarts.add(box.name() + " " + stopTimeout);
        if (box.restartFailure != null) {
            throw box.restartFailure;
        }
        box.stop();
        box.startedByEngine();
        box.tell("restart");
    }

    private Box existing(String id) throws EngineException {
        Box box = answered(id);
        if (box == null) {
            throw EngineExceptions.refused(404, "No such container: " + id);
        }
        return box;
    }

    private @Nullable Box answered(String id) throws EngineException {
        return bench.reach().get(id);
    }
}
