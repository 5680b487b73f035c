package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineException;
import watchdog.engine.EngineRefusedException;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.StartOutcome;

/** Starts containers, on workers, and sees what becomes of them. Each start ends in one {@link Signal.StartFinished}. */
final class Restarter {

    /** What dies of a bad configuration dies sooner than this. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final ContainerEngine engine;
    private final Workers workers;
    private final Consumer<Signal> signals;

    Restarter(ContainerEngine engine, Workers workers, Consumer<Signal> signals) {
        this.engine = engine;
        this.workers = workers;
        this.signals = signals;
    }

    void start(Container container) {
        workers.run(() -> attempt(container));
    }

    /** The container is looked at right before: since it was listed, somebody may have started or removed it. */
    private void attempt(Container container) {
        try {
            Optional<Container> found = engine.look(container.id());
            if (found.isEmpty()) {
                finish(container, new StartOutcome.Gone());
            } else if (found.get().state() != ContainerState.EXITED) {
                finish(container, new StartOutcome.NotNeeded(found.get().state()));
            } else {
                engine.start(container.id());
                workers.runAfter(SETTLED, () -> lookAgain(container, found.get()));
            }
        } catch (EngineRefusedException e) {
            finish(container, refused(container, e));
        } catch (EngineException e) {
            finish(container, new StartOutcome.Failed(e.getMessage()));
        }
    }

    /** An engine says "not found" also of a network or a volume driver that the container needs. */
    private StartOutcome refused(Container container, EngineRefusedException refusal) {
        try {
            boolean gone = refusal.isNotFound() && engine.look(container.id()).isEmpty();
            return gone ? new StartOutcome.Gone() : new StartOutcome.Failed(refusal.getMessage());
        } catch (EngineException e) {
            return new StartOutcome.Failed(refusal.getMessage());
        }
    }

    private void lookAgain(Container container, Container before) {
        try {
            finish(
                    container,
                    engine.look(container.id())
                            .map(after -> outcome(before, after))
                            .orElseGet(StartOutcome.Gone::new));
        } catch (EngineException e) {
            finish(container, new StartOutcome.Failed("started, but not seen since: " + e.getMessage()));
        }
    }

    private static StartOutcome outcome(Container before, Container after) {
        return switch (after.state()) {
            case RUNNING, PAUSED -> new StartOutcome.Up(between(before.finishedAt(), after.startedAt()));
            case REMOVING, DEAD -> new StartOutcome.Gone();
            default -> new StartOutcome.WentDown(after.exitCode().orElse(-1));
        };
    }

    private static @Nullable Duration between(@Nullable Instant exit, @Nullable Instant start) {
        return exit == null || start == null || start.isBefore(exit) ? null : Duration.between(exit, start);
    }

    private void finish(Container container, StartOutcome outcome) {
        signals.accept(new Signal.StartFinished(container, outcome));
    }
}
