package watchdog.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineEvent;
import watchdog.engine.EngineException;
import watchdog.engine.EngineExceptions;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.EngineContainer;
import watchdog.policy.Health;
import watchdog.policy.Setup;

/** One container of a {@link Bench}: what it is like, and what can happen to it. */
final class Box {

    private final Bench bench;

    final String id;

    /** What it is. */
    EngineContainer is;

    private boolean checksHealth;

    /** Id of the container whose namespace it joins, or empty. */
    String provider = "";

    String dockerPolicy = "no";
    boolean autoRemove;
    String stopSignal = "";
    private boolean podman;
    private @Nullable Boolean stopped;

    @Nullable
    Duration stopTimeout;

    private final Map<String, String> labels = new HashMap<>();
    private @Nullable EngineException failure;

    @Nullable
    EngineException restartFailure;

    @Nullable
    EngineException lookFailure;

    private boolean diesAfterStart;

    Box(Bench bench, String id, String name) {
        this.bench = bench;
        this.id = id;
        this.is = EngineContainer.created(id, name)
                .started(Health.NONE, bench.moment().minus(Duration.ofDays(1)));
    }

    String name() {
        return is.name();
    }

    ContainerState state() {
        return is.state();
    }

    // settings

    /** Lives in an engine that is Podman. */
    Box onPodman() {
        podman = true;
        return this;
    }

    /** Lives in a Podman that says, when asked, whether somebody stopped it. */
    Box onPodmanThatSays(boolean whetherStopped) {
        stopped = whetherStopped;
        return onPodman();
    }

    Box label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    Box in(Box provider) {
        this.provider = provider.id;
        return this;
    }

    Box inState(ContainerState other) {
        is = is.in(other);
        return this;
    }

    Box health(Health other) {
        is = is.with(other);
        checksHealth = other != Health.NONE;
        return this;
    }

    /** Its first start has failed. */
    void failed(String problem) {
        is = is.failed(problem);
    }

    /** Each start, and the start in each restart, is refused so from now on. */
    Box startFails(int status, String words) {
        return startFails(EngineExceptions.refused(status, words));
    }

    Box startFails(EngineException with) {
        failure = with;
        return this;
    }

    /** The engine, or a proxy before it, refuses to restart it, and leaves it as it is. */
    Box restartIsRefused(int status, String words) {
        restartFailure = EngineExceptions.refused(status, words);
        return this;
    }

    Box startSucceeds() {
        failure = null;
        diesAfterStart = false;
        return this;
    }

    /** Each start succeeds, and its process ends at once. */
    Box diesAfterStart() {
        diesAfterStart = true;
        return this;
    }

    Box cannotBeLookedAt() {
        lookFailure = EngineExceptions.unreachable("no answer for 10000 ms");
        return this;
    }

    Box mayNotBeLookedAt(int status, String words) {
        lookFailure = EngineExceptions.refused(status, words);
        return this;
    }

    Box cannotBeRead() {
        lookFailure = EngineExceptions.unreadable("not JSON: String value length exceeds the maximum");
        return this;
    }

    Box canBeLookedAt() {
        lookFailure = null;
        return this;
    }

    // what happens

    /** It has ended, and nothing tells of it. */
    void endedUnseen(int code) {
        is = is.ended(code, bench.now());
    }

    void crash(int code) {
        endedUnseen(code);
        tell("die", "exitCode", Integer.toString(code));
    }

    /** As by {@code docker stop}. */
    void stop() {
        tell("kill", "signal", "15");
        crash(143);
        tell("stop");
    }

    /** As by {@code docker start}. */
    void start() {
        is = is.started(checksHealth ? Health.STARTING : Health.NONE, bench.now());
        tell("start");
    }

    /** As by {@code docker restart}. */
    void restart() {
        stop();
        start();
        tell("restart");
    }

    /** As by {@code docker rm -f}. */
    void remove() {
        if (is.isRunning()) {
            tell("kill", "signal", "9");
            crash(137);
        }
        bench.forget(this);
        tell("destroy");
    }

    void rename(String other) {
        String old = name();
        is = is.named(other);
        tell("rename", "oldName", "/" + old);
    }

    void becomes(Health other) {
        is = is.with(other);
        checksHealth = true;
        tell("health_status: " + other);
    }

    /** Has the engine tell that, if it tells anything. */
    void tell(String action, String... namesAndValues) {
        bench.tell(action, event(action, namesAndValues));
    }

    Signal.Happened event(String action, String... namesAndValues) {
        // In Docker's order: labels go over the event's own attributes, but for the name.
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        attributes.putAll(labels);
        attributes.put("name", name());
        return new Signal.Happened(new EngineEvent(id, action, attributes, podman, null, stopped), true);
    }

    // what is seen

    Container listed() {
        Instant end = is.finishedAt();
        Duration down = end == null ? Duration.ZERO : Duration.between(end, bench.moment());
        return is.listed(setup(), Duration.ofSeconds(down.toSeconds()));
    }

    Container looked() {
        return is.inspected(setup());
    }

    private Setup setup() {
        return new Setup(Map.copyOf(labels), providers(), dockerPolicy, autoRemove, stopSignal, stopTimeout);
    }

    private List<String> providers() {
        return provider.isEmpty() ? List.of() : List.of(provider);
    }

    void startedByEngine() throws EngineException {
        if (failure != null) {
            throw failure;
        }
        Box joined = bench.find(provider);
        if (joined == null && !provider.isEmpty()) {
            throw EngineExceptions.refused(404, "No such container: " + provider);
        }
        if (joined != null && !joined.is.isRunning()) {
            throw EngineExceptions.refused(409, "cannot join network of a non running container");
        }
        start();
        if (diesAfterStart) {
            crash(1);
        }
    }
}
