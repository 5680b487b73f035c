package watchdog.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the engine knows about a container, and what the API can do to it.
 *
 * <p>Fields are read and written under the engine's monitor; operations that last don't hold it while they last.
 */
final class ContainerModel {
    static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");
    private static final Map<String, Integer> SIGNALS = Map.of(
            "HUP", 1, "INT", 2, "QUIT", 3, "KILL", 9, "USR1", 10, "USR2", 12, "TERM", 15, "CONT", 18, "WINCH", 28);

    final FakeEngine engine;
    final Monitor monitor;
    final String id;
    /** Held as long as an operation on the container lasts, as moby's container lock is. */
    final ReentrantLock operation = new ReentrantLock();

    Instant createdAt = Instant.now().minus(Duration.ofDays(1));
    final Map<String, String> labels = new TreeMap<>();
    final List<String> aliases = new ArrayList<>();
    final List<Instant> starts = new ArrayList<>();
    final List<Instant> restarts = new ArrayList<>();
    String name;
    String image = "busybox:local";
    String state = "running";
    int exitCode;
    boolean oomKilled;
    String error = "";
    Instant startedAt = Instant.now().minus(Duration.ofMinutes(3));
    Instant finishedAt = NEVER;
    String health = "none";
    String healthAfterStart = "starting";
    String restartPolicy = "no";
    int maximumRetryCount;
    String networkMode = "none";
    String pidMode = "";
    boolean networksLost;
    boolean autoRemove;
    String stopSignal;
    Integer stopTimeout;
    boolean ignoresSigterm;
    Duration startDelay = Duration.ZERO;
    int failures;
    Refusal failure;
    boolean failureIsKept;
    Duration lifetime;
    int exitCodeAfterStart;
    int lives;
    int startsUnderWay;
    int overlappingStarts;
    boolean removed;

    ContainerModel(FakeEngine engine, String id, String name) {
        this.engine = engine;
        this.monitor = engine.monitor();
        this.id = id;
        this.name = name;
    }

    void emit(String action, String... namesAndValues) {
        monitor.run(() -> {
            // In Docker's order: labels go over the event's own attributes, but for image and name.
            Map<String, String> attributes = new TreeMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                attributes.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            attributes.putAll(labels);
            attributes.put("image", image);
            attributes.put("name", name);
            engine.events().publish(new Event(action, id, attributes, Instant.now()));
        });
    }

    void start(boolean byClient) throws Refusal {
        enter();
        try {
            monitor.act(() -> mayStart(byClient));
            engine.pause(startDelay);
            monitor.act(this::bringUp);
        } finally {
            leave();
        }
    }

    private void enter() {
        monitor.run(() -> {
            if (startsUnderWay++ > 0) {
                overlappingStarts++;
            }
        });
        operation.lock();
    }

    private void leave() {
        operation.unlock();
        monitor.run(() -> startsUnderWay--);
    }

    private void mayStart(boolean byClient) throws Refusal {
        if (removed) {
            throw Refusal.noSuchContainer(id);
        }
        if (state.equals("paused")) {
            throw new Refusal(409, "cannot start a paused container, try unpause instead");
        }
        if (isRunning()) {
            throw new Refusal(304, "");
        }
        if (state.equals("removing") || state.equals("dead")) {
            throw new Refusal(409, "container is marked for removal and cannot be started");
        }
        if (byClient) {
            starts.add(Instant.now());
        }
    }

    private void bringUp() throws Refusal {
        if (removed) {
            throw Refusal.noSuchContainer(id);
        }
        if (failures > 0) {
            failures--;
            throw failureIsKept ? failed(failure) : failure;
        }
        if (networkMode.startsWith("container:")) {
            String reference = networkMode.substring("container:".length());
            ContainerModel provider;
            try {
                provider = engine.inventory().find(reference).model();
            } catch (Refusal e) {
                throw failed(e);
            }
            if (!provider.isRunning()) {
                throw failed(new Refusal(409, "cannot join network of a non running container: " + provider.id));
            }
        }
        up();
        if (lifetime != null && lifetime.isZero()) {
            die(exitCodeAfterStart, false);
        } else if (lifetime != null) {
            int life = lives;
            int code = exitCodeAfterStart;
            engine.later(lifetime, () -> {
                if (lives == life && isRunning()) {
                    die(code, false);
                }
            });
        }
    }

    private Refusal failed(Refusal why) {
        error = why.getMessage();
        exitCode = exitCode == 0 ? 128 : exitCode;
        return why;
    }

    void up() {
        lives++;
        state = "running";
        error = "";
        exitCode = 0;
        oomKilled = false;
        startedAt = Instant.now();
        health = health.equals("none") ? "none" : healthAfterStart;
        emit("start");
    }

    void die(int code, boolean oom) {
        lives++;
        state = "exited";
        exitCode = code;
        oomKilled = oom;
        finishedAt = Instant.now();
        health = health.equals("none") ? "none" : "unhealthy";
        long seconds = Duration.between(startedAt, finishedAt).toSeconds();
        emit("die", "execDuration", Long.toString(seconds), "exitCode", Integer.toString(code));
        if (autoRemove) {
            gone();
        }
    }

    private void gone() {
        removed = true;
        emit("destroy");
        engine.inventory().forget(id);
    }

    /** {@code kill}(15) [→ {@code kill}(9)], then {@code die} and {@code stop} in the order that is set. */
    void stop(int seconds) throws Refusal {
        monitor.act(() -> {
            if (!isRunning()) {
                throw new Refusal(304, "");
            }
            emit("kill", "signal", "15");
        });
        if (ignoresSigterm) {
            engine.pause(Duration.ofSeconds(seconds));
        }
        monitor.act(() -> {
            if (!isRunning()) {
                return;
            }
            if (ignoresSigterm) {
                emit("kill", "signal", "9");
            }
            if (engine.stopEventFirst()) {
                emit("stop");
            }
            die(ignoresSigterm ? 137 : 143, false);
            if (!engine.stopEventFirst()) {
                emit("stop");
            }
        });
    }

    void restart(int seconds, boolean byClient) throws Refusal {
        enter();
        try {
            if (byClient) {
                monitor.run(() -> restarts.add(Instant.now()));
            }
            if (monitor.get(this::isRunning)) {
                stop(seconds);
            }
            engine.pause(startDelay);
            monitor.act(() -> {
                bringUp();
                emit("restart");
            });
        } catch (Refusal e) {
            throw new Refusal(500, "Cannot restart container " + monitor.get(() -> name) + ": " + e.getMessage());
        } finally {
            leave();
        }
    }

    void kill(String signal) throws Refusal {
        String word = signal.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        Integer number = word.matches("\\d{1,2}") ? Integer.valueOf(word) : SIGNALS.get(word);
        if (number == null) {
            throw new Refusal(400, "Invalid signal: " + signal);
        }
        monitor.act(() -> {
            if (!isRunning()) {
                throw new Refusal(409, "Cannot kill container: " + name + ": Container " + id + " is not running");
            }
            emit("kill", "signal", number.toString());
            boolean deadly = number == 9 || (number == 15 && !ignoresSigterm);
            if (deadly) {
                die(128 + number, false);
            }
        });
    }

    void pause() throws Refusal {
        monitor.act(() -> {
            if (!isRunning()) {
                throw new Refusal(409, "Container " + id + " is not running");
            }
            if (state.equals("paused")) {
                throw new Refusal(409, "Container " + id + " is already paused");
            }
            state = "paused";
            emit("pause");
        });
    }

    void unpause() throws Refusal {
        monitor.act(() -> {
            if (!state.equals("paused")) {
                throw new Refusal(500, "Container " + id + " is not paused");
            }
            state = "running";
            emit("unpause");
        });
    }

    void renameTo(String newName) throws Refusal {
        monitor.act(() -> {
            engine.inventory().refuseTaken(newName);
            String oldName = name;
            name = newName;
            emit("rename", "oldName", "/" + oldName);
        });
    }

    void remove(boolean force) throws Refusal {
        monitor.act(() -> {
            if (isRunning() && !force) {
                throw new Refusal(
                        409,
                        "You cannot remove a running container " + id
                                + ". Stop the container before attempting removal or force remove");
            }
            boolean goesByItself = autoRemove && isRunning();
            if (isRunning()) {
                emit("kill", "signal", "9");
                die(137, false);
            }
            if (!goesByItself) {
                gone();
            }
        });
    }

    boolean isRunning() {
        return switch (state) {
            case "running", "paused", "restarting" -> true;
            default -> false;
        };
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        aliases.forEach(alias -> names.add("/" + alias));
        names.add("/" + name);
        return names;
    }

    /** The answer of inspect; it waits for a start that is under way, as moby's waits for the container's lock. */
    Map<String, Object> inspected() {
        operation.lock();
        try {
            return monitor.get(() -> ContainerJson.details(this));
        } finally {
            operation.unlock();
        }
    }
}
