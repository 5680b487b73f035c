package watchdog.supervise;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import watchdog.engine.EngineException;
import watchdog.engine.EngineExceptions;
import watchdog.policy.Container;
import watchdog.policy.Work;

/** The way from watchdog to the engine: calls take their time, and some of them fail. */
final class ModelEngine extends EngineOfSignals {

    /** How bad it is at the moment. */
    static final class Weather {
        double refusals;
        Duration delay = Duration.ofMillis(5);
    }

    private static final Duration TIME_OUT = Duration.ofSeconds(30);
    private static final Duration START_WORK = Duration.ofSeconds(60);

    private final ModelDocker docker;
    private final Stage stage;
    private final VirtualTime time;
    private final Dice dice;
    private final Weather weather;
    private final Invariants invariants;

    ModelEngine(ModelDocker docker, Stage stage, VirtualTime time, Dice dice, Weather weather, Invariants invariants) {
        this.docker = docker;
        this.stage = stage;
        this.time = time;
        this.dice = dice;
        this.weather = weather;
        this.invariants = invariants;
    }

    @Override
    public int list(Consumer<Container> consumer) throws EngineException {
        return list(container -> true, consumer);
    }

    private int list(Predicate<Container> asked, Consumer<Container> consumer) throws EngineException {
        List<Container> listing = call(
                TIME_OUT,
                reply -> reply.is(docker.listing().stream().filter(asked).toList()));
        listing.forEach(consumer);
        return listing.size();
    }

    @Override
    public int listDown(Set<String> among, Consumer<Container> consumer) throws EngineException {
        return list(container -> container.isDown() && (among.isEmpty() || among.contains(container.id())), consumer);
    }

    @Override
    public Optional<Container> inspect(String id) throws EngineException {
        return call(
                TIME_OUT, reply -> reply.is(Optional.ofNullable(docker.find(id)).map(ModelContainer::inspected)));
    }

    @Override
    public boolean start(String id) throws EngineException {
        return work(
                id,
                Work.START,
                START_WORK,
                (container, reply) -> docker.start(container, ModelDocker.Who.WATCHDOG, reply));
    }

    @Override
    public void restart(String id, Duration stopTimeout) throws EngineException {
        boolean unused = work(
                id,
                Work.RESTART,
                START_WORK.plus(stopTimeout),
                (container, reply) -> docker.restart(container, stopTimeout, ModelDocker.Who.WATCHDOG, reply));
    }

    private boolean work(String id, Work work, Duration most, BiConsumer<ModelContainer, Reply<Boolean>> what)
            throws EngineException {
        stage.once(() -> invariants.callBegins(id, work));
        boolean changed;
        try {
            changed = this.<Boolean>call(most, reply -> {
                ModelContainer container = docker.find(id);
                if (container == null) {
                    reply.fails(EngineExceptions.refused(404, "no such container"));
                } else {
                    what.accept(container, reply);
                }
            });
        } catch (EngineException e) {
            stage.once(() -> invariants.callEnds(id));
            throw e;
        }
        stage.once(() -> invariants.callEnds(id));
        return changed;
    }

    /** The reply starts on its way back as soon as there is one. */
    private <T> T call(Duration most, Consumer<Reply<T>> handle) throws EngineException {
        return stage.await(reply -> {
            Reply<T> atEngine = new Reply<>();
            atEngine.then(() -> time.after(delay(), () -> reply.become(atEngine)));
            time.after(
                    delay(),
                    () -> docker.process.take(atEngine, () -> {
                        if (dice.chance(weather.refusals)) {
                            atEngine.fails(EngineExceptions.refused(dice.chance(0.5) ? 500 : 403, "not now"));
                        } else {
                            handle.accept(atEngine);
                        }
                    }));
            time.after(most, () -> reply.fails(EngineExceptions.unreachable("timed out")));
        });
    }

    private Duration delay() {
        return dice.upTo(dice.chance(0.05) ? weather.delay.multipliedBy(10) : weather.delay);
    }
}
