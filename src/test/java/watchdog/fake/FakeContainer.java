package watchdog.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One container of a fake engine: settings to begin with, what a test lets happen to it, and what became of it.
 *
 * <p>Settings emit no event; what happens to it emits the events that a real engine emits, in the same order.
 */
public final class FakeContainer {
    private final ContainerModel model;
    private final FakeEngine engine;
    private final Monitor monitor;

    FakeContainer(ContainerModel model, FakeEngine engine) {
        this.model = model;
        this.engine = engine;
        this.monitor = engine.monitor();
    }

    ContainerModel model() {
        return model;
    }

    // ---- settings ----

    /** The image it was made from. */
    public FakeContainer image(String value) {
        return set(() -> model.image = value);
    }

    /** One more label. */
    public FakeContainer label(String key, String value) {
        return set(() -> model.labels.put(key, value));
    }

    /** Link aliases that the listing shows beside its own name, such as {@code other/alias}. */
    public FakeContainer aliases(String... values) {
        return set(() -> model.aliases.addAll(List.of(values)));
    }

    /** It has ended with this code, so long ago. */
    public FakeContainer exited(int code, Duration ago) {
        return set(() -> {
            model.state = "exited";
            model.exitCode = code;
            model.finishedAt = Instant.now().minus(ago);
            model.startedAt = model.finishedAt.minus(Duration.ofMinutes(3));
        });
    }

    /** It has ended with this code three seconds ago. */
    public FakeContainer exited(int code) {
        return exited(code, Duration.ofSeconds(3));
    }

    /** It was made and has never run. */
    public FakeContainer created() {
        return set(() -> {
            model.state = "created";
            model.startedAt = ContainerModel.NEVER;
            model.finishedAt = ContainerModel.NEVER;
        });
    }

    /** It was made, and its one start has failed with these words in {@code State.Error} and exit code 128. */
    public FakeContainer createdWithError(String message) {
        return created().set(() -> {
            model.error = message;
            model.exitCode = 128;
        });
    }

    /** It runs, which is how a container begins unless a test says otherwise. */
    public FakeContainer running() {
        return inState("running");
    }

    /** It runs, but is paused. */
    public FakeContainer paused() {
        return inState("paused");
    }

    /** Any of Docker's state words, such as {@code restarting}, {@code removing} or {@code dead}. */
    public FakeContainer inState(String word) {
        return set(() -> model.state = word);
    }

    /** Docker's own restart policy, as a field: the fake does not act on it, {@link #restartedByEngine} does. */
    public FakeContainer restartPolicy(String word) {
        return restartPolicy(word, 0);
    }

    /** Docker's own restart policy with its maximum of tries. */
    public FakeContainer restartPolicy(String word, int maximum) {
        return set(() -> {
            model.restartPolicy = word;
            model.maximumRetryCount = maximum;
        });
    }

    /** Its network: {@code none}, {@code host}, the name of a network, or {@code container:ID}. */
    public FakeContainer networkMode(String mode) {
        return set(() -> model.networkMode = mode);
    }

    /** It lives in another's network; the engine keeps the other's id, whatever name was given. */
    public FakeContainer inNetworkOf(FakeContainer provider) {
        return networkMode("container:" + provider.id());
    }

    /** It lives in another's pid namespace; only a field, the fake has no processes. */
    public FakeContainer inPidNamespaceOf(FakeContainer provider) {
        return set(() -> model.pidMode = "container:" + provider.id());
    }

    /** It is started without any network, as from Docker 29.1 after a failed port bind (moby#51758). */
    public FakeContainer networksLost() {
        return set(() -> model.networksLost = true);
    }

    /** It goes away as it ends ({@code --rm}). */
    public FakeContainer autoRemove() {
        return set(() -> model.autoRemove = true);
    }

    /** The signal that its image or its creator wants for a stop. */
    public FakeContainer stopSignal(String signal) {
        return set(() -> model.stopSignal = signal);
    }

    /** The stop time-out it was created with, in seconds. */
    public FakeContainer stopTimeout(int seconds) {
        return set(() -> model.stopTimeout = seconds);
    }

    /** A stop waits for its whole time-out and kills it then. */
    public FakeContainer ignoresSigterm() {
        return set(() -> model.ignoresSigterm = true);
    }

    /** A start takes so long; inspect of this container waits meanwhile, as moby's does. */
    public FakeContainer startDelay(Duration delay) {
        return set(() -> model.startDelay = delay);
    }

    /** Each start fails so, and {@code State.Error} keeps the message, until {@link #startSucceeds}. */
    public FakeContainer startFailsWith(int status, String message) {
        return startFailsWith(status, message, Integer.MAX_VALUE);
    }

    /** The next starts fail so. */
    public FakeContainer startFailsWith(int status, String message, int times) {
        return failing(status, message, times, true);
    }

    /** Each start is refused so and nothing is kept, as for a missing bind mount (seen on Docker 20.10). */
    public FakeContainer startRefusedWith(int status, String message) {
        return failing(status, message, Integer.MAX_VALUE, false);
    }

    private FakeContainer failing(int status, String message, int times, boolean kept) {
        return set(() -> {
            model.failure = new Refusal(status, message);
            model.failures = times;
            model.failureIsKept = kept;
        });
    }

    /** Starts succeed and it stays up from now on. */
    public FakeContainer startSucceeds() {
        return set(() -> {
            model.failures = 0;
            model.lifetime = null;
        });
    }

    /** Each start succeeds, and so much later it ends with this code; with zero, before the 204 is sent. */
    public FakeContainer diesAfterStart(int code, Duration after) {
        return set(() -> {
            model.exitCodeAfterStart = code;
            model.lifetime = after;
        });
    }

    /** It has a health check that says so now; no event. */
    public FakeContainer withHealth(String word) {
        return set(() -> model.health = word);
    }

    /** What its health check says after a start, instead of {@code starting}; no event. */
    public FakeContainer healthAfterStart(String word) {
        return set(() -> model.healthAfterStart = word);
    }

    private FakeContainer set(Runnable setting) {
        monitor.run(setting);
        return this;
    }

    // ---- what happens to it ----

    /** Its process ends by itself: {@code die} only. */
    public void crash(int code) {
        monitor.run(() -> {
            if (model.isRunning()) {
                model.die(code, false);
            }
        });
    }

    /** The memory limit ends it: {@code oom}, then {@code die} with 137. */
    public void oom() {
        monitor.run(() -> {
            emit("oom");
            model.die(137, true);
        });
    }

    /** The memory limit ends a child of its process: {@code oom} without {@code die}. */
    public void oomOfChild() {
        monitor.run(() -> emit("oom"));
    }

    /** Its health check has come to this; {@code health_status: …} if that is a change. */
    public void becomes(String healthWord) {
        monitor.run(() -> {
            if (!model.health.equals(healthWord)) {
                model.health = healthWord;
                emit("health_status: " + healthWord);
            }
        });
    }

    /** Docker's own restart policy starts it: {@code start} only, never {@code restart}. */
    public void restartedByEngine() {
        monitor.run(model::up);
    }

    /** An operator's {@code docker start}. */
    public void operatorStarts() {
        operator(() -> model.start(false));
    }

    /** An operator's {@code docker stop}. */
    public void operatorStops() {
        operator(() -> model.stop(10));
    }

    /** An operator's {@code docker kill -s}. */
    public void operatorKills(String signal) {
        operator(() -> model.kill(signal));
    }

    /** An operator's {@code docker restart}. */
    public void operatorRestarts() {
        operator(() -> model.restart(10, false));
    }

    /** An operator's {@code docker rm -f}. */
    public void remove() {
        operator(() -> model.remove(true));
    }

    /** An operator's {@code docker rename}. */
    public void rename(String newName) {
        operator(() -> model.renameTo(newName));
    }

    /** Any event about it, for what an engine does that the fake does not know. */
    public void emit(String action, String... namesAndValues) {
        model.emit(action, namesAndValues);
    }

    private void operator(Monitor.Act act) {
        try {
            act.run();
        } catch (Refusal e) {
            throw new IllegalStateException("the engine refused an operator: " + e.getMessage(), e);
        }
    }

    // ---- what became of it ----

    /** 64 hex digits. */
    public String id() {
        return model.id;
    }

    /** Its name, without a slash. */
    public String name() {
        return monitor.get(() -> model.name);
    }

    /** Docker's word for its state. */
    public String state() {
        return monitor.get(() -> model.state);
    }

    /** Its health, {@code none} without a health check. */
    public String health() {
        return monitor.get(() -> model.health);
    }

    /** When the engine was asked by {@code /start} and really tried, failed tries included, 304 and 409 not. */
    public List<Instant> starts() {
        return monitor.get(() -> List.copyOf(model.starts));
    }

    /** How many {@link #starts} there were. */
    public int startCount() {
        return starts().size();
    }

    /** When the engine was asked by {@code /restart}. */
    public List<Instant> restarts() {
        return monitor.get(() -> List.copyOf(model.restarts));
    }

    /** How many starts and restarts were asked for while another one of this container was under way. */
    public int overlappingStarts() {
        return monitor.get(() -> model.overlappingStarts);
    }

    /** Waits until it is in this state. */
    public FakeContainer awaitState(String word, Duration atMost) {
        return await(atMost, word, () -> model.state.equals(word));
    }

    /** Waits until it was started so many times. */
    public FakeContainer awaitStarts(int count, Duration atMost) {
        return await(atMost, "started " + count + " times", () -> model.starts.size() >= count);
    }

    private FakeContainer await(Duration atMost, String what, BooleanSupplier condition) {
        if (!monitor.await(atMost, condition)) {
            throw new AssertionError("container %s is not %s after %s, but %s with %d starts\n%s"
                    .formatted(name(), what, atMost, state(), startCount(), engine.log()));
        }
        return this;
    }
}
