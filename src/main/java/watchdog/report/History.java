package watchdog.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.event.Level;
import watchdog.policy.Container;
import watchdog.policy.Fact;
import watchdog.policy.RestartCause;
import watchdog.policy.Standing;

/**
 * The last day: how the engine and each container that is watched were, and what was told of them. It is bounded for each and
 * in all, and ends with the process. It is told by the loop, and read by whoever is asked, on any thread.
 */
public final class History implements Observer {

    static final Duration A_DAY = Duration.ofDays(1);

    /** So many of the last facts and spans are kept in all. */
    static final int MOST = 5_000;

    /** Of the words of a fact, in characters. */
    static final int LONGEST = 300;

    /** In place of a container's id. */
    private static final String ENGINE = "";

    private final InstantSource clock;
    private final FactLevel levels;
    private final FactText texts;

    /** Each day is a value that another takes the place of, on the thread of the loop. */
    private final Map<String, Day> days = new ConcurrentHashMap<>(Map.of(ENGINE, Day.NONE));

    /** The last additions to any day, oldest first; for the thread of the loop only. */
    private final Deque<Addition> additions = new ArrayDeque<>();

    private record Addition(String id, Instant at) {}

    /**
     * Makes one.
     *
     * @param version of watchdog
     * @param dryRun whether what is decided is not done
     * @param clock that on the wall
     */
    public History(String version, boolean dryRun, InstantSource clock) {
        this.clock = clock;
        this.levels = new FactLevel(dryRun);
        this.texts = new FactText(version, dryRun);
    }

    @Override
    public void tell(Fact fact) {
        Instant now = clock.instant();
        if (fact instanceof Fact.EngineFound || fact instanceof Fact.Listed) {
            engineIs(Span.State.UP, now);
        } else if (fact instanceof Fact.EngineLost lost) {
            engineIs(lost.isGone() ? Span.State.DOWN : Span.State.UNHEALTHY, now);
        }
        Level level = fact.readBy(levels);
        Optional<RestartCause> cause =
                fact instanceof Fact.Finished finished && finished.outcome().isTry()
                        ? Optional.of(finished.cause())
                        : Optional.empty();
        // The log leaves out a start that fails as the one before did.
        if (level != Level.DEBUG || cause.isPresent()) {
            Moment moment = moment(fact, level, cause, now);
            String id = fact instanceof Fact.AboutContainer about
                    ? about.container().id()
                    : ENGINE;
            change(id, now, day -> day.with(moment));
        }
    }

    private void engineIs(Span.State state, Instant now) {
        change(ENGINE, now, day -> day.with(new Span(now, Optional.empty(), state, false)));
    }

    private Moment moment(Fact fact, Level level, Optional<RestartCause> cause, Instant now) {
        String text = fact.readBy(texts);
        if (fact instanceof Fact.AboutContainer about) {
            text = withoutName(text, about.container());
        }
        return new Moment(now, level, FactFields.of(fact).what(), cause, cut(OneLine.of(text)));
    }

    private static String withoutName(String text, Container container) {
        String name = container + ": ";
        return text.startsWith(name) ? text.substring(name.length()) : text;
    }

    private static String cut(String text) {
        // Not between the halves of one character.
        int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
        return end == text.length() ? text : text.substring(0, end) + "...";
    }

    @Override
    public void changed(Standing standing) {
        Instant now = clock.instant();
        String id = standing.life().id();
        days.putIfAbsent(id, Day.NONE);
        change(id, now, day -> day.with(Span.of(standing, now)));
    }

    @Override
    public void forgotten(String id) {
        days.remove(id);
    }

    /** What is told of a container that is not known, or gone by then, would be kept for ever. */
    private void change(String id, Instant now, UnaryOperator<Day> change) {
        Day before = days.get(id);
        if (before == null) {
            return;
        }
        Day after = change.apply(before);
        if (after.equals(before)) {
            return;
        }
        days.put(id, after.after(now.minus(A_DAY)));
        additions.add(new Addition(id, now));
        if (additions.size() > MOST) {
            Addition oldest = additions.remove();
            days.computeIfPresent(oldest.id(), (its, day) -> day.after(oldest.at()));
        }
    }

    /** The last day of the container of that id. */
    public Day of(String id) {
        return days.getOrDefault(id, Day.NONE).after(clock.instant().minus(A_DAY));
    }

    /** The last day of the engine, and of watchdog itself. */
    public Day ofEngine() {
        return of(ENGINE);
    }
}
