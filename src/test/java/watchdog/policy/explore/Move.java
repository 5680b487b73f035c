package watchdog.policy.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import watchdog.policy.CallAnswer;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Life;
import watchdog.policy.Up;
import watchdog.policy.Work;

/** What can happen next, to the container, its engine, what is under way, or the time. */
enum Move {

    // ---- the container ----

    CRASHES(s -> s.world().budget.crashes() > 0 && isRunning(s), turn -> {
        turn.world.budget = turn.world.budget.lessCrash();
        turn.dieByItself(1);
    }),
    EXITS_WITH_0(s -> s.world().budget.crashes() > 0 && isRunning(s), turn -> {
        turn.world.budget = turn.world.budget.lessCrash();
        turn.dieByItself(0);
    }),
    RUNS_OUT_OF_MEMORY(s -> s.world().budget.crashes() > 0 && isRunning(s), turn -> {
        turn.world.budget = turn.world.budget.lessCrash();
        turn.tell(Event.Kind.OOM);
        turn.dieByItself(137);
    }),
    DIES_OF_RESTART_THAT_FAILED(s -> s.world().isDying && isRunning(s), turn -> turn.dieByItself(137)),
    TURNS_UNHEALTHY(
            s -> s.world().budget.turns() > 0
                    && isRunning(s)
                    && s.world().truth.health() != Health.NONE
                    && s.world().truth.health() != Health.UNHEALTHY,
            turn -> {
                turn.world.budget = turn.world.budget.lessTurn();
                turn.become(turn.world.truth.with(Health.UNHEALTHY));
                turn.tell(Event.Kind.HEALTH);
            }),
    TURNS_HEALTHY(
            s -> isRunning(s)
                    && (s.world().truth.health() == Health.STARTING
                            || (s.world().truth.health() == Health.UNHEALTHY
                                    && s.world().budget.turns() > 0)),
            turn -> {
                if (turn.world.truth.health() == Health.UNHEALTHY) {
                    turn.world.budget = turn.world.budget.lessTurn();
                }
                turn.become(turn.world.truth.with(Health.HEALTHY));
                turn.tell(Event.Kind.HEALTH);
            }),

    // ---- operators ----

    OPERATOR_SENDS_STOP(s -> mayAct(s) && isRunning(s), turn -> {
        act(turn);
        turn.signal(15, true);
        turn.world.operator = World.Operator.STOPPING;
    }),
    STOP_ENDS_IT(
            s -> s.world().operator == World.Operator.STOPPING && hasRoom(s) && s.world().engine == World.Engine.UP,
            turn -> {
                if (turn.world.truth.isUp()) {
                    turn.die(0, Truth.Why.AN_OPERATORS);
                }
                turn.tell(Event.Kind.STOP);
                turn.world.operator = World.Operator.IDLE;
            }),
    STOP_KILLS_IT_AT_LAST(
            s -> s.world().operator == World.Operator.STOPPING && isRunning(s) && s.world().engine == World.Engine.UP,
            turn -> {
                turn.signal(9, true);
                turn.tell(Event.Kind.STOP);
                turn.die(137, Truth.Why.AN_OPERATORS);
                turn.world.operator = World.Operator.IDLE;
            }),
    OPERATOR_KILLS_IT(s -> mayAct(s) && isRunning(s), turn -> {
        act(turn);
        turn.signal(9, true);
        turn.die(137, Truth.Why.AN_OPERATORS);
    }),
    OPERATOR_SENDS_HUP(s -> mayAct(s) && isRunning(s), turn -> {
        act(turn);
        turn.signal(1, true);
    }),
    OPERATOR_STARTS_IT(s -> mayAct(s) && s.world().truth.isDown(), turn -> {
        act(turn);
        turn.runByOperator();
    }),
    OPERATOR_SENDS_RESTART(s -> mayAct(s) && isRunning(s), turn -> {
        act(turn);
        turn.signal(15, true);
        turn.world.operator = World.Operator.RESTARTING;
    }),
    OPERATORS_RESTART_TAKES_IT_DOWN(
            s -> s.world().operator == World.Operator.RESTARTING && hasRoom(s) && s.world().engine == World.Engine.UP,
            turn -> {
                if (turn.world.truth.isUp()) {
                    turn.die(0, Truth.Why.AN_OPERATORS);
                }
                turn.tell(Event.Kind.STOP);
                turn.world.operator = World.Operator.BETWEEN;
            }),
    OPERATORS_RESTART_BRINGS_IT_UP(
            s -> s.world().operator == World.Operator.BETWEEN && hasRoom(s) && s.world().engine == World.Engine.UP,
            turn -> {
                if (turn.world.truth.isDown()) {
                    turn.runByOperator();
                }
                turn.tell(Event.Kind.RESTART);
                turn.world.operator = World.Operator.IDLE;
            }),
    OPERATOR_REMOVES_IT(s -> mayAct(s) && !s.world().truth.isGone(), turn -> {
        act(turn);
        turn.remove();
    }),
    OPERATOR_PAUSES_IT(s -> mayAct(s) && isRunning(s), turn -> {
        act(turn);
        turn.become(turn.world.truth.in(ContainerState.PAUSED));
        turn.tell(Event.Kind.PAUSE);
    }),
    OPERATOR_UNPAUSES_IT(
            s -> s.world().truth.state() == ContainerState.PAUSED && hasRoom(s) && s.world().engine == World.Engine.UP,
            turn -> {
                turn.become(turn.world.truth.in(ContainerState.RUNNING));
                turn.tell(Event.Kind.UNPAUSE);
            }),
    OPERATOR_RENAMES_IT_OFF_THE_LIST(
            s -> mayAct(s)
                    && s.world().truth.name().equals(Setting.NAME)
                    && !s.world().truth.isGone(),
            turn -> {
                act(turn);
                turn.become(turn.world.truth.named(Setting.OFF_THE_LIST));
                turn.tell(Event.Kind.RENAME);
            }),
    OPERATOR_RENAMES_IT_BACK(
            s -> s.world().truth.name().equals(Setting.OFF_THE_LIST)
                    && hasRoom(s)
                    && s.world().engine == World.Engine.UP
                    && !s.world().truth.isGone(),
            turn -> {
                turn.become(turn.world.truth.named(Setting.NAME));
                turn.tell(Event.Kind.RENAME);
            }),

    // ---- the engine ----

    ENGINE_SHUTS_DOWN(
            s -> s.world().budget.outages() > 0 && hasRoom(s) && s.world().engine == World.Engine.UP, turn -> {
                turn.world.budget = turn.world.budget.lessOutage();
                turn.shutDown();
            }),
    ENGINE_HAS_SHUT_DOWN(s -> s.world().engine == World.Engine.SHUTTING_DOWN, Turn::disappear),
    ENGINE_IS_KILLED(s -> s.world().budget.outages() > 0 && hasRoom(s) && s.world().engine == World.Engine.UP, turn -> {
        turn.world.budget = turn.world.budget.lessOutage();
        turn.disappear();
    }),
    ENGINE_COMES_BACK(s -> s.world().engine == World.Engine.GONE, turn -> turn.world.engine = World.Engine.UP),
    ENGINE_COMES_BACK_WITHOUT_IT(s -> s.world().engine == World.Engine.GONE && isRunning(s), turn -> {
        turn.dieWithTheEngine(137);
        turn.world.engine = World.Engine.UP;
    }),
    EVENTS_BEGIN(s -> !s.world().isStreamOpen && s.world().engine == World.Engine.UP && hasRoom(s), Turn::beginEvents),
    EVENTS_END(
            s -> s.world().isStreamOpen
                    && s.world().engine == World.Engine.UP
                    && s.world().budget.faults() > 0
                    && hasRoom(s),
            turn -> {
                turn.world.budget = turn.world.budget.lessFault();
                turn.endEvents();
            }),

    // ---- a start or a restart by watchdog ----

    ENGINE_STARTS_IT(s -> isAsked(s, Work.START) && s.world().truth.isDown(), Turn::engineStarts),
    ENGINE_STARTS_IT_AND_IT_DIES(
            s -> isAsked(s, Work.START)
                    && s.world().truth.isDown()
                    && s.world().budget.crashes() > 0,
            turn -> {
                turn.world.budget = turn.world.budget.lessCrash();
                turn.engineStarts();
                turn.die(1, Truth.Why.ITS_OWN);
            }),
    ENGINE_SAYS_IT_RUNS(s -> isAsked(s, Work.START) && isRunning(s), turn -> turn.answer(new CallAnswer.Unchanged())),
    ENGINE_REFUSES(
            s -> isAsked(s, null)
                    && (s.world().truth.isGone()
                            || s.world().truth.state() == ContainerState.PAUSED
                            || s.world().budget.faults() > 0),
            turn -> {
                if (!turn.world.truth.isGone() && turn.world.truth.state() != ContainerState.PAUSED) {
                    turn.world.budget = turn.world.budget.lessFault();
                }
                turn.answer(new CallAnswer.Refused("bad", false));
            }),
    ENGINE_FAILS_TO_START_IT(
            s -> ((isAsked(s, Work.START) && s.world().truth.isDown()) || isCallAt(s, Call.Stage.DOWN))
                    && s.world().truth.isDown()
                    && s.world().budget.faults() > 0,
            turn -> {
                turn.world.budget = turn.world.budget.lessFault();
                turn.become(turn.world.truth.failed("port taken"));
                turn.answer(new CallAnswer.Refused("port taken", true));
            }),
    CALL_COMES_TOO_LATE(
            s -> isCallAt(s, Call.Stage.ASKED)
                    && s.world().call.isUnchecked()
                    && s.world().budget.delays() > 0,
            turn -> {
                turn.world.budget = turn.world.budget.lessDelay();
                turn.answer(new CallAnswer.TooLate());
            }),
    CALL_IS_NOT_ANSWERED(
            s -> isUnanswered(s) && s.world().budget.faults() > 0 && s.world().engine == World.Engine.UP, turn -> {
                turn.world.budget = turn.world.budget.lessFault();
                turn.fail(new CallAnswer.Unanswered("time-out", true));
            }),
    ENGINE_STARTS_IT_WITHOUT_ANSWER(
            s -> ((isAsked(s, Work.START) && s.world().truth.isDown()) || isCallAt(s, Call.Stage.DOWN))
                    && s.world().budget.faults() > 0,
            turn -> {
                turn.world.budget = turn.world.budget.lessFault();
                turn.run();
                turn.answer(new CallAnswer.Unanswered("time-out", true));
            }),
    CALL_FINDS_NO_ENGINE(
            s -> s.world().engine != World.Engine.UP && isCallAt(s, Call.Stage.ASKED),
            turn -> turn.answer(new CallAnswer.Unanswered("no engine", false))),
    RESTART_SENDS_ITS_SIGNAL(s -> isAsked(s, Work.RESTART) && s.world().truth.isUp(), Turn::terminate),
    RESTART_OF_WHAT_IS_DOWN(s -> isAsked(s, Work.RESTART) && s.world().truth.isDown(), Turn::engineStarts),
    RESTART_TAKES_IT_DOWN(
            s -> isCallAt(s, Call.Stage.TERMINATING) && s.world().truth.isUp() && hasRoom(s), Turn::takeDown),
    RESTART_FINDS_IT_DOWN(
            s -> isCallAt(s, Call.Stage.TERMINATING) && s.world().truth.isDown() && hasRoom(s), turn -> {
                Call call = turn.world.call;
                turn.world.call = call == null ? null : call.at(Call.Stage.DOWN);
                turn.tell(Event.Kind.STOP);
            }),
    RESTART_SEES_NO_END(
            s -> isCallAt(s, Call.Stage.TERMINATING)
                    && s.world().truth.isUp()
                    && s.world().budget.faults() > 0,
            turn -> {
                turn.world.budget = turn.world.budget.lessFault();
                turn.fail(new CallAnswer.Refused("did not receive an exit event", true));
            }),
    RESTART_BRINGS_IT_UP(s -> isCallAt(s, Call.Stage.DOWN) && s.world().truth.isDown(), Turn::engineStarts),
    RESTART_FINDS_IT_UP(
            s -> isCallAt(s, Call.Stage.DOWN) && s.world().truth.isUp(),
            turn -> turn.answer(new CallAnswer.Accepted())),
    RESTART_FINDS_IT_GONE(
            s -> s.world().call != null
                    && s.world().call.isUnderWay()
                    && s.world().truth.isGone(),
            turn -> turn.answer(new CallAnswer.Refused("gone", false))),

    // ---- what is delivered ----

    EVENT_COMES(s -> !s.world().events.isEmpty(), Turn::deliverEvent),
    CALL_IS_ANSWERED(s -> isCallAt(s, Call.Stage.ANSWERED), Turn::deliverAnswer),
    INSPECTION_COMES(
            s -> s.world().inspection != null
                    && s.world().inspection.seen() != null
                    && !s.world().isAfterEnd(s.world().inspection),
            turn -> turn.deliverInspection(turn.world.inspection.seen())),
    INSPECTION_COMES_AS_OF_NOW(
            s -> s.world().inspection != null
                    && s.world().inspection.seen() != null
                    && s.world().engine == World.Engine.UP
                    && !s.world().truth.equals(s.world().inspection.seen())
                    && !s.world().isAfterEnd(s.world().inspection),
            turn -> turn.deliverInspection(turn.world.truth)),
    INSPECTION_IS_NOT_ANSWERED(
            s -> s.world().inspection != null
                    && (s.world().engine != World.Engine.UP || s.world().budget.faults() > 0),
            turn -> {
                if (turn.world.engine == World.Engine.UP) {
                    turn.world.budget = turn.world.budget.lessFault();
                }
                turn.failInspection(false);
            }),
    INSPECTION_IS_REFUSED(
            s -> s.world().inspection != null
                    && s.world().inspection.seen() != null
                    && !s.world().isAfterEnd(s.world().inspection)
                    && s.world().engine == World.Engine.UP
                    && s.world().budget.faults() > 0,
            turn -> {
                turn.world.budget = turn.world.budget.lessFault();
                turn.failInspection(true);
            }),
    LISTING_IS_ASKED(s -> s.world().listing == null && isWorthAsking(s), turn -> turn.list(false, turn.world.truth)),
    LISTING_THAT_LAGS_IS_ASKED(
            s -> s.world().listing == null
                    && s.world().engine == World.Engine.UP
                    && s.world().mayLag(s.now()),
            turn -> turn.list(false, turn.world.before)),
    LISTING_OF_DOWN_IS_ASKED(
            s -> s.world().listing == null && s.world().toldEvents && s.world().engine == World.Engine.UP,
            turn -> turn.list(true, turn.world.truth)),
    LISTING_COMES(
            s -> s.world().listing != null
                    && s.world().listing.seen() != null
                    && !s.world().isAfterEnd(s.world().listing),
            Turn::deliverListing),
    LISTING_FINDS_NO_ENGINE(
            s -> s.world().listing != null && s.world().engine != World.Engine.UP, turn -> turn.failListing(true)),
    LISTING_IS_NOT_ANSWERED(
            s -> s.world().listing != null
                    && s.world().engine == World.Engine.UP
                    && s.world().budget.faults() > 0,
            turn -> {
                turn.world.budget = turn.world.budget.lessFault();
                turn.failListing(false);
            }),

    // ---- others, watchdog itself, and time ----

    OTHERS_TAKE_THE_PLACES(s -> s.world().hasPlace && s.world().budget.delays() > 0 && s.life() != null, turn -> {
        turn.world.budget = turn.world.budget.lessDelay();
        turn.world.hasPlace = false;
    }),
    OPERATOR_HOLDS_IT(s -> !s.world().isHeld && s.world().budget.holds() > 0, turn -> {
        turn.world.budget = turn.world.budget.lessHold();
        turn.hold(true);
    }),
    OPERATOR_RELEASES_IT(s -> s.world().isHeld, turn -> turn.hold(false)),
    A_PLACE_BECOMES_FREE(s -> !s.world().hasPlace, Turn::freePlace),
    WATCHDOG_ENDS_AND_BEGINS(s -> s.world().budget.ends() > 0 && s.world().call == null, turn -> {
        turn.world.budget = turn.world.budget.lessEnd();
        turn.endAndBegin();
    }),
    TIME_PASSES_TO_THE_DEADLINE(s -> wakeAt(s) != null && mayPass(s), turn -> {
        delay(turn);
        turn.passUntil(wakeAt(turn.situation()));
        turn.tick();
    }),
    TIME_PASSES_TO_JUST_BEFORE_IT(
            s -> wakeAt(s) != null && s.now().isBefore(wakeAt(s).minusMillis(500)) && mayPass(s), turn -> {
                delay(turn);
                turn.passUntil(wakeAt(turn.situation()).minusMillis(500));
            }),
    A_SECOND_PASSES(s -> mayPass(s, Duration.ofSeconds(1)), turn -> pass(turn, Duration.ofSeconds(1))),
    FOUR_SECONDS_PASS(s -> mayPass(s, Duration.ofSeconds(4)), turn -> pass(turn, Duration.ofSeconds(4))),
    TWENTY_SECONDS_PASS(s -> mayPass(s, Duration.ofSeconds(20)), turn -> pass(turn, Duration.ofSeconds(20))),
    SIXTEEN_MINUTES_PASS(
            s -> mayPass(s, Duration.ofMinutes(16))
                    && !s.world().isUndelivered()
                    && s.world().call == null
                    && s.world().operator == World.Operator.IDLE
                    && s.life() != null
                    && s.life().phase() instanceof Up up
                    && up.kill() != null
                    && up.kill().toStop()
                    && up.kill().explains(s.now()),
            turn -> pass(turn, Duration.ofMinutes(16)));

    private static final int ROOM = 4;

    @SuppressWarnings("ImmutableEnumChecker") // functions without a state, though their type does not say so
    private final Predicate<Situation> isPossible;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<Turn> make;

    Move(Predicate<Situation> isPossible, Consumer<Turn> make) {
        this.isPossible = isPossible;
        this.make = make;
    }

    boolean isPossible(Situation from) {
        return isPossible.test(from);
    }

    void make(Turn turn) {
        make.accept(turn);
    }

    private static boolean isRunning(Situation s) {
        return s.world().truth.isRunning() && hasRoom(s);
    }

    /** Whether what comes next is not too much to be told. */
    private static boolean hasRoom(Situation s) {
        return s.world().events.size() <= ROOM;
    }

    private static boolean mayAct(Situation s) {
        World world = s.world();
        return world.budget.acts() > 0
                && world.operator == World.Operator.IDLE
                && world.engine == World.Engine.UP
                && (world.call == null || !world.call.isUnderWay())
                && hasRoom(s);
    }

    private static void act(Turn turn) {
        turn.world.budget = turn.world.budget.lessAct();
    }

    private static boolean isAsked(Situation s, @Nullable Work work) {
        Call call = s.world().call;
        return call != null
                && call.isAt(Call.Stage.ASKED)
                && (work == null || call.work() == work)
                && s.world().engine == World.Engine.UP
                && hasRoom(s);
    }

    private static boolean isCallAt(Situation s, Call.Stage stage) {
        Call call = s.world().call;
        return call != null && call.isAt(stage);
    }

    private static boolean isUnanswered(Situation s) {
        return s.world().call != null && !isCallAt(s, Call.Stage.ANSWERED);
    }

    /** Nobody asks for it again while nothing can be new. */
    private static boolean isWorthAsking(Situation s) {
        return !s.world().truth.isGone() || s.life() != null;
    }

    private static @Nullable Instant wakeAt(Situation s) {
        Life life = s.life();
        return life == null ? null : life.wakeAt();
    }

    private static boolean mayPass(Situation s) {
        return !s.world().isUndelivered() || s.world().budget.delays() > 0;
    }

    private static boolean mayPass(Situation s, Duration time) {
        Instant wakeAt = wakeAt(s);
        return mayPass(s) && (wakeAt == null || s.now().plus(time).isBefore(wakeAt));
    }

    private static void delay(Turn turn) {
        if (turn.world.isUndelivered()) {
            turn.world.budget = turn.world.budget.lessDelay();
        }
    }

    private static void pass(Turn turn, Duration time) {
        delay(turn);
        turn.pass(time);
        turn.tick();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
