package watchdog.policy.explore;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container, its engine, who uses both, and what is under way between them and watchdog; changed only while new. */
final class World {

    enum Engine {
        UP,
        /** It takes no new connections, and is about to end its events. */
        SHUTTING_DOWN,
        GONE
    }

    enum Operator {
        IDLE,
        /** Has sent the signal of a stop. */
        STOPPING,
        /** Has sent that of a restart. */
        RESTARTING,
        /** Is about to start again what the restart took down. */
        BETWEEN
    }

    Truth truth;
    /** What it was before that, as a listing may still have it. */
    @Nullable
    Truth before;

    Instant changedAt;
    Engine engine = Engine.UP;
    Operator operator = Operator.IDLE;
    boolean isStreamOpen;
    /** A restart that failed has sent signals of which the process may die yet. */
    boolean isDying;

    /** An operator has sent the process a signal to end. */
    boolean isSignalled;

    int lastEngineTime;
    Budget budget;

    List<Event> events = List.of();

    @Nullable
    Question inspection;

    boolean inspectAgain;

    @Nullable
    Question listing;

    @Nullable
    Call call;

    boolean hasPlace = true;

    /** An operator holds it, and watchdog has taken that in. */
    boolean isHeld;

    // What the supervisor knows.
    boolean lists;
    boolean toldGone;
    boolean toldEvents;

    @Nullable
    Instant remembered;

    // What the one who checks has seen.
    boolean killTold;
    /** The events have ended since it was told. */
    boolean isKillDoubted;

    @Nullable
    Instant stopTold;

    boolean stopProven;
    boolean anyStop;
    boolean anyShutdown;
    Tried starts = Tried.NEVER;
    Tried restarts = Tried.NEVER;

    World(Truth truth, Budget budget) {
        this.truth = truth;
        this.changedAt = truth.since();
        this.budget = budget;
        this.lastEngineTime = 10;
    }

    World copy() {
        World copy = new World(truth, budget);
        copy.before = before;
        copy.changedAt = changedAt;
        copy.engine = engine;
        copy.operator = operator;
        copy.isStreamOpen = isStreamOpen;
        copy.isDying = isDying;
        copy.isSignalled = isSignalled;
        copy.lastEngineTime = lastEngineTime;
        copy.events = events;
        copy.inspection = inspection;
        copy.inspectAgain = inspectAgain;
        copy.listing = listing;
        copy.call = call;
        copy.hasPlace = hasPlace;
        copy.isHeld = isHeld;
        copy.lists = lists;
        copy.toldGone = toldGone;
        copy.toldEvents = toldEvents;
        copy.remembered = remembered;
        copy.killTold = killTold;
        copy.isKillDoubted = isKillDoubted;
        copy.stopTold = stopTold;
        copy.stopProven = stopProven;
        copy.anyStop = anyStop;
        copy.anyShutdown = anyShutdown;
        copy.starts = starts;
        copy.restarts = restarts;
        return copy;
    }

    /** Whether a listing may show it as it was before: the engine lists from a copy that lags. */
    boolean mayLag(Instant now) {
        return before != null && !changedAt.plusMillis(300).isBefore(now);
    }

    /** Whether something is waiting that is delivered at once as a rule. */
    boolean isUndelivered() {
        return !events.isEmpty() || inspection != null || (call != null && call.isAt(Call.Stage.ANSWERED));
    }

    /** Whether the events have ended before that was asked, which is told before the answer. */
    boolean isAfterEnd(Question question) {
        return events.stream()
                .anyMatch(event ->
                        event.kind() == Event.Kind.EVENTS_END && event.at().isBefore(question.asked()));
    }

    /** The same at another time. */
    World shifted(Shift shift) {
        World copy = copy();
        copy.truth = truth.shifted(shift);
        copy.before = before == null ? null : before.shifted(shift);
        copy.changedAt = shift.at(changedAt);
        copy.events = events.stream()
                .map(e -> new Event(
                        e.kind(), e.number(), e.health(), e.name(), shift.at(e.at()), e.finishedAt(), e.byOperator()))
                .toList();
        copy.inspection = shifted(inspection, shift);
        copy.listing = shifted(listing, shift);
        copy.call = call == null
                ? null
                : new Call(call.work(), shift.at(call.asked()), call.isUnchecked(), call.stage(), call.answer());
        copy.stopTold = stopTold == null ? null : shift.at(stopTold);
        copy.starts = starts.shifted(shift);
        copy.restarts = restarts.shifted(shift);
        return copy;
    }

    private static @Nullable Question shifted(@Nullable Question of, Shift shift) {
        return of == null
                ? null
                : new Question(
                        shift.at(of.asked()),
                        of.seen() == null ? null : of.seen().shifted(shift),
                        of.isOfDown());
    }
}
