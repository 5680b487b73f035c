package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import watchdog.engine.EngineException;
import watchdog.engine.EngineExceptions;
import watchdog.policy.Container;
import watchdog.policy.LabelSelector;
import watchdog.policy.NamePattern;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;

/**
 * A supervisor on its own, with an engine of a few fields: signals come in as the test says, work waits in a queue until
 * the test has it done, and time passes only when the test lets it.
 */
final class Bench {

    /** No two moments are the same, as with a real clock. */
    private static final Duration GRAIN = Duration.ofNanos(1000);

    final Told told = new Told();
    private static final int PARALLEL = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Name of a container that cannot be looked at without a fault of watchdog itself, or empty. */
    String poison = "";

    final Deque<Runnable> work = new ArrayDeque<>();

    /** Names, in the order in which the engine was asked to start them. */
    final List<String> starts = new ArrayList<>();

    /** Names, and their stop timeouts, in the order in which the engine was asked to restart them. */
    final List<String> restarts = new ArrayList<>();

    /** Names, in the order in which they were inspected. */
    final List<String> looks = new ArrayList<>();

    final ModelMemory memory = new ModelMemory();

    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final List<Later> later = new ArrayList<>();
    private WatchList watchList;
    private Rules rules;

    private Instant now = Instant.parse("2026-11-22T03:00:00Z");
    private Supervisor supervisor;
    private boolean telling;
    private final Set<String> late = new HashSet<>();
    private final List<Signal> untold = new ArrayList<>();
    private @Nullable EngineException silence;

    private record Later(Instant at, Runnable task) {}

    Bench(String list, Rules rules) {
        this(list, List.of(), rules);
    }

    Bench(String list, List<LabelSelector> labels, Rules rules) {
        this.watchList = new WatchList(patterns(list), labels, List.of());
        this.rules = rules;
        this.supervisor = started();
    }

    private static List<NamePattern> patterns(String list) {
        return Arrays.stream(list.split(",")).map(NamePattern::parse).toList();
    }

    /** Watchdog goes on by another list and other rules. */
    void reload(String list, Rules otherRules) {
        watchList = new WatchList(patterns(list), List.of(), List.of());
        rules = otherRules;
        handle(new Signal.Reloaded(watchList, rules, Duration.ofSeconds(10)));
        finishWork();
    }

    /** How often a listing was asked for besides each interval. */
    int listingsAskedFor;

    private Supervisor started() {
        Calls calls = new Calls(new BenchEngine(this), new Queue(), new Queue(), PATIENCE, new Time(), this::handle);
        return new Supervisor(watchList, rules, calls, () -> listingsAskedFor++, PARALLEL, memory, told, () -> 0.5);
    }

    /** Watchdog ends, and begins anew with nothing but what is remembered in its file. */
    void restartWatchdog() {
        work.clear();
        later.clear();
        telling = false;
        supervisor = started();
    }

    // ---- signals ----

    Instant now() {
        now = now.plus(GRAIN);
        return now;
    }

    /** The time, which stays as it is. */
    Instant moment() {
        return now;
    }

    void handle(Signal signal) {
        supervisor.handle(signal, true, now());
    }

    /** The engine tells its events from now on. */
    Bench withEvents() {
        telling = true;
        handle(new Signal.EventsBegun());
        return this;
    }

    /** The engine tells these events, but only at {@link #tellLate}. */
    void delay(String... actions) {
        late.addAll(List.of(actions));
    }

    /** The engine tells this event, if it tells anything, now or late. */
    void tell(String action, Signal event) {
        if (telling && late.contains(action)) {
            untold.add(event);
        } else if (telling) {
            handle(event);
        }
    }

    void tellLate() {
        late.clear();
        untold.forEach(this::handle);
        untold.clear();
    }

    void eventsEnd() {
        telling = false;
        handle(new Signal.EventsEnded("the engine ended them"));
    }

    /** The engine does not answer any more. */
    void engineGoes() {
        silence = EngineExceptions.gone("no such socket");
        handle(new Signal.EngineLost("no such socket", true));
    }

    /** The engine answers again, and is listed. */
    void engineComes() {
        silence = null;
        handle(new Signal.EngineFound("Docker"));
        pass();
    }

    /** What there is, if the engine answers. */
    Map<String, Box> reach() throws EngineException {
        if (silence != null) {
            throw silence;
        }
        return boxes;
    }

    /** A pass over all containers, and all the work that comes of it. */
    void pass() {
        handle(listing());
        finishWork();
    }

    /** A pass over those only that are down, and all the work that comes of it. */
    void passOverDown() {
        Signal.Listed all = listing();
        List<Container> down = all.watched().stream().filter(Container::isDown).toList();
        handle(new Signal.Listed(all.asked(), Duration.ZERO, Signal.Coverage.DOWN, down.size(), down));
        finishWork();
    }

    /** What a listing that is asked for now will say, whenever it is handed in. */
    Signal.Listed listing() {
        Instant asked = now();
        List<Container> watched = boxes.values().stream()
                .map(Box::listed)
                .filter(container ->
                        watchList.covers(container.name(), container.setup().labels()))
                .toList();
        Set<String> absent = memory.ids();
        boxes.values().forEach(box -> absent.remove(box.id));
        return new Signal.Listed(asked, Duration.ZERO, Signal.Coverage.ALL, boxes.size(), watched, absent);
    }

    /** Holds up everything, the loop and the workers, for that long. */
    void stall(Duration duration) {
        now = now.plus(duration);
    }

    /** Has all work done that can be done now; what is to be done after a while stays. */
    void finishWork() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    /** Lets time pass, with all that comes due in it, but without passes over the containers. */
    void wait(Duration duration) {
        Instant end = now.plus(duration);
        for (Instant next = next(end); next != null; next = next(end)) {
            now = next.isAfter(now) ? next : now;
            List<Later> due =
                    later.stream().filter(task -> !task.at().isAfter(now)).toList();
            later.removeAll(due);
            due.forEach(task -> task.task().run());
            supervisor.tick(now());
            finishWork();
        }
        now = now.isBefore(end) ? end : now;
    }

    private @Nullable Instant next(Instant end) {
        return Stream.concat(later.stream().map(Later::at), supervisor.nextDeadline().stream())
                .filter(at -> !at.isAfter(end))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Lets time pass, with a pass over all containers every ten seconds. */
    void watch(Duration duration) {
        Instant end = now.plus(duration);
        while (now.isBefore(end)) {
            wait(Duration.ofSeconds(10));
            pass();
        }
    }

    int size() {
        return supervisor.known().size();
    }

    Optional<Instant> nextDeadline() {
        return supervisor.nextDeadline();
    }

    // ---- containers ----

    /** A container that runs. */
    Box running(String name) {
        Box box = new Box(this, String.format("%064x", boxes.size() + 1), name);
        boxes.put(box.id, box);
        return box;
    }

    /** A container that has been down for so long. */
    Box exited(String name, int code, Duration ago) {
        Box box = running(name);
        box.is = box.is.ended(code, now.minus(ago));
        return box;
    }

    /** A container that has been down for longer than anybody would wait for. */
    Box exited(String name, int code) {
        return exited(name, code, Duration.ofHours(1));
    }

    @Nullable
    Box find(String id) {
        return boxes.get(id);
    }

    void forget(Box box) {
        boxes.remove(box.id);
    }

    // ---- what the supervisor works with ----

    private final class Queue implements Workers {

        @Override
        public void run(Task task) {
            work.add(task.work());
        }
    }

    private final class Time extends Clock {

        @Override
        public Instant instant() {
            return now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("has no zone");
        }
    }
}
