package watchdog.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import watchdog.policy.Container;
import watchdog.policy.Fact;
import watchdog.policy.Standing;

/**
 * What is so now: of the engine, and of each container that is watched, with the last facts about it. It is told by the loop,
 * and read by whoever is asked, on any thread.
 */
public final class Board implements Observer {

    /** So many of the last facts about a container are kept. */
    static final int MOST_FACTS = 20;

    private final String version;
    private final Instant since;
    private final Runnable onChange;
    private final LongSupplier nanoTime;
    private final FactLevel levels = new FactLevel(false);
    private final FactText texts;

    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Map<String, List<Told>> facts = new ConcurrentHashMap<>();

    private volatile Engine engine = new Engine(null, null, null);
    private volatile Set<String> missing = Set.of();
    private volatile Instant turnedAt;

    /** The same by the clock that nobody can set, in nanoseconds. */
    private volatile long turnedNanos;

    /** From the loop's clock, which nobody can set, to that on the wall. */
    private volatile Duration toWallClock = Duration.ZERO;

    /** A fact in words. */
    private record Told(Instant at, Level level, String text) {

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("at", at.toString());
            fields.put("level", level.toString());
            fields.put("text", text);
            return fields;
        }
    }

    /**
     * The engine.
     *
     * @param name what it calls itself, or null if it has never answered
     * @param problem why it does not list its containers, or null if it does
     * @param listedAt when it has listed them last, or null
     */
    private record Engine(
            @Nullable String name,
            @Nullable String problem,
            @Nullable Instant listedAt) {

        /** Whether it is the same but for one more listing. */
        boolean isLike(Engine other) {
            return Objects.equals(name, other.name)
                    && Objects.equals(problem, other.problem)
                    && (listedAt == null) == (other.listedAt == null);
        }
    }

    /**
     * Makes one.
     *
     * @param version of watchdog
     * @param onChange is run when something is otherwise than before, be it more than the time of the last listing, on the
     *     thread of the loop
     */
    public Board(String version, Runnable onChange) {
        this(version, onChange, System::nanoTime);
    }

    Board(String version, Runnable onChange, LongSupplier nanoTime) {
        this.version = version;
        this.since = Instant.now();
        this.turnedAt = since;
        this.nanoTime = nanoTime;
        this.turnedNanos = nanoTime.getAsLong();
        this.onChange = onChange;
        this.texts = new FactText(version, false);
    }

    /** The loop turns: nothing has happened of which it has not told. */
    public void turned() {
        turnedAt = Instant.now();
        turnedNanos = nanoTime.getAsLong();
    }

    /** How long ago it has turned last, or this was made if it has not yet; whatever the clock on the wall is set to. */
    public Duration sinceTurned() {
        return Duration.ofNanos(nanoTime.getAsLong() - turnedNanos);
    }

    @Override
    public void tell(Fact fact) {
        Instant now = Instant.now();
        Engine engineBefore = engine;
        Set<String> missingBefore = missing;
        if (fact instanceof Fact.EngineFound found) {
            engine = new Engine(found.engine(), null, engine.listedAt());
        } else if (fact instanceof Fact.EngineLost lost) {
            engine = new Engine(engine.name(), lost.problem(), engine.listedAt());
        } else if (fact instanceof Fact.Listed) {
            engine = new Engine(engine.name(), null, now);
        } else if (fact instanceof Fact.Reloaded) {
            missing = Set.of();
        } else if (fact instanceof Fact.Missing more) {
            missing = union(missing, more.wanted());
        } else if (fact instanceof Fact.Appeared appeared) {
            missing = without(missing, appeared.wanted());
        }
        boolean isKept = remember(fact, now);
        // Not for each fact: at each pass the same is decided of what may be thousands of containers.
        if (isKept || !engine.isLike(engineBefore) || !missing.equals(missingBefore)) {
            onChange.run();
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static Set<String> without(Set<String> all, String one) {
        Set<String> others = new TreeSet<>(all);
        others.remove(one);
        return others;
    }

    /** Keeps what the log tells, if it is about a container. */
    private boolean remember(Fact fact, Instant now) {
        Level level = fact.readBy(levels);
        boolean isKept =
                level != Level.DEBUG && fact instanceof Fact.AboutContainer about && isKnown(about.container());
        if (isKept) {
            Told told = new Told(now, level, OneLine.of(fact.readBy(texts)));
            facts.merge(((Fact.AboutContainer) fact).container().id(), List.of(told), Board::andNext);
        }
        return isKept;
    }

    /** What is told of a container that is gone by then would be kept for ever. */
    private boolean isKnown(Container container) {
        return standings.containsKey(container.id());
    }

    private static List<Told> andNext(List<Told> before, List<Told> next) {
        return Stream.concat(before.stream().skip(Math.max(0, before.size() + 1 - MOST_FACTS)), next.stream())
                .toList();
    }

    @Override
    public void changed(Standing standing) {
        toWallClock = Duration.between(standing.now(), Instant.now());
        standings.put(standing.life().id(), standing);
        onChange.run();
    }

    @Override
    public void forgotten(String id) {
        standings.remove(id);
        facts.remove(id);
        onChange.run();
    }

    /** Why the engine cannot be used at this moment, if it cannot. On any thread. */
    public Optional<String> engineProblem() {
        Engine its = engine;
        return its.problem() == null && its.listedAt() == null
                ? Optional.of("it has not listed its containers yet")
                : Optional.ofNullable(its.problem());
    }

    /**
     * All of it, as maps, lists, texts, numbers and truth values, with times by the wall clock: for JSON. The fields of a
     * container are made when the iteration over all of them comes to it, for there may be thousands.
     */
    public Map<String, @Nullable Object> fields() {
        Engine its = engine;
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("watchdog", version);
        fields.put("since", since.toString());
        fields.put("writtenAt", Instant.now().toString());
        fields.put("loopTurnedAt", turnedAt.toString());
        fields.put("engine", its.name());
        fields.put("engineProblem", its.problem());
        fields.put("lastListing", its.listedAt() == null ? null : its.listedAt().toString());
        fields.put("missing", List.copyOf(missing));
        List<Standing> byName = byName();
        Iterable<Map<String, @Nullable Object>> containers =
                () -> byName.stream().map(this::fields).iterator();
        fields.put("containers", containers);
        return fields;
    }

    private List<Standing> byName() {
        return standings.values().stream()
                .sorted(Comparator.comparing(
                                (Standing standing) -> standing.life().name())
                        .thenComparing(standing -> standing.life().id()))
                .toList();
    }

    private Map<String, @Nullable Object> fields(Standing standing) {
        Map<String, @Nullable Object> fields = new StandingFields(standing, toWallClock).all();
        fields.put(
                "facts",
                facts.getOrDefault(standing.life().id(), List.of()).stream()
                        .map(Told::fields)
                        .toList());
        return fields;
    }
}
