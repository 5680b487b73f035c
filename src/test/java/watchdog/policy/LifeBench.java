package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One container's life, to which things happen at times that a test sets, with all that comes of them. */
final class LifeBench {

    static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");
    static final String ID = "0123456789abcdef".repeat(4);
    static final String PROVIDER = "fedcba9876543210".repeat(4);
    static final Setup SETUP = new Setup(Map.of(), List.of(), "no", false, "", null);
    static final Setup JOINS = new Setup(Map.of(), List.of(PROVIDER), "no", false, "", null);

    /** All containers are watched but those that are called so. */
    static final String OTHER = "other";

    private static final WatchList ALL_BUT_OTHER =
            new WatchList(List.of(NamePattern.parse("*")), List.of(), List.of(NamePattern.parse(OTHER)));

    private static final double NO_JITTER = 0.5;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Rules rules;
    private final Lifecycle lifecycle;
    private final Setup setup;
    private final List<Fact> told = new ArrayList<>();

    private @Nullable Life life;

    /** As it was found last, by the engine's clock. */
    private @Nullable Instant providerStartedAt;

    private List<Effect> last = List.of();
    private Instant now = T0.minus(HOUR);
    private Instant asked = now;

    /** By the engine's clock. */
    private Instant startedAt = now;

    private boolean engineAnswers = true;
    private boolean eventsTold = true;
    private boolean areProvidersReady = true;
    private boolean hasPlace = true;
    private boolean isReplaced;
    private Holds holds = Holds.NONE;

    /** One of which nothing is known yet, an hour before {@link #T0}. */
    private LifeBench(Rules rules, String name, Setup setup) {
        this.rules = rules;
        this.lifecycle = new Lifecycle(rules, ALL_BUT_OTHER);
        this.setup = setup;
        this.life = Life.of(ID, name, setup, now);
    }

    static LifeBench unknown(Rules rules, Setup setup) {
        return unknown(rules, "web", setup);
    }

    static LifeBench unknown(Rules rules, String name, Setup setup) {
        return new LifeBench(rules, name, setup);
    }

    /** One that was found running an hour ago; it is {@link #T0}. */
    static LifeBench running(Rules rules, Setup setup) {
        return unknown(rules, setup).inspectedUp().at(0);
    }

    static LifeBench running(Rules rules) {
        return running(rules, SETUP);
    }

    static LifeBench running() {
        return running(Rules.DEFAULT);
    }

    // ---- time and surroundings ----

    /** Seconds after {@link #T0}. */
    LifeBench at(double seconds) {
        Instant next = time(seconds);
        if (next.isBefore(now)) {
            throw new IllegalArgumentException("time runs on: " + next + " after " + now);
        }
        now = next;
        return this;
    }

    static Instant time(double seconds) {
        return T0.plusMillis(Math.round(seconds * 1000));
    }

    LifeBench engineAnswers(boolean whether) {
        engineAnswers = whether;
        return this;
    }

    LifeBench withoutEvents() {
        eventsTold = false;
        return this;
    }

    LifeBench providersReady(boolean whether) {
        areProvidersReady = whether;
        return this;
    }

    LifeBench place(boolean isFree) {
        hasPlace = isFree;
        return this;
    }

    LifeBench replaced(boolean whether) {
        isReplaced = whether;
        return this;
    }

    /** There are these holds from now on, which is taken in. */
    LifeBench held(Hold... all) {
        holds = new Holds(List.of(all));
        return due();
    }

    // ---- events ----

    LifeBench take(Input input) {
        Life before = life();
        Surroundings around = new Surroundings(
                engineAnswers, eventsTold, areProvidersReady, hasPlace, isReplaced, null, holds, NO_JITTER);
        Step step = lifecycle.step(before, input, around, now);
        life = step.life();
        last = step.effects();
        for (Effect effect : last) {
            if (effect instanceof Effect.Tell tell) {
                told.add(tell.fact());
            }
        }
        return this;
    }

    LifeBench died(int exitCode) {
        return take(new Input.Died(null, OptionalInt.of(exitCode), true, true));
    }

    LifeBench diedAWhileAgo(int exitCode) {
        return take(new Input.Died(null, OptionalInt.of(exitCode), true, false));
    }

    LifeBench signalled(int signal) {
        return take(new Input.Signalled(signal));
    }

    LifeBench started() {
        startedAt = now;
        return take(new Input.Started());
    }

    LifeBench providerStarted() {
        return take(new Input.ProviderStarted());
    }

    LifeBench healthTold(Health health) {
        return take(new Input.HealthTold(health));
    }

    LifeBench renamed(String name) {
        return take(new Input.Renamed(Optional.of(name)));
    }

    /** What {@code docker stop} is told as. */
    LifeBench stoppedByOperator() {
        return signalled(15).died(143).take(new Input.Stopped());
    }

    // ---- answers ----

    /** The time now, as that of a question of which the answer comes later. */
    LifeBench asks() {
        asked = passing();
        return this;
    }

    /** The answer to an inspection that is asked for now. */
    LifeBench inspected(Status seen) {
        return asks().answers(seen);
    }

    /** The answer to an inspection that was asked for when {@link #asks} was called. */
    LifeBench answers(Status seen) {
        return answers(life().name(), seen);
    }

    LifeBench answers(String name, Status seen) {
        passing();
        return take(new Input.Inspected(asked, new Container(ID, name, seen, setup), false));
    }

    /** The answer to an inspection of what was stopped by an operator before watchdog was restarted. */
    LifeBench inspectedAndRecalled(Status seen) {
        asks().passing();
        return take(new Input.Inspected(asked, new Container(ID, life().name(), seen, setup), true));
    }

    LifeBench notInspected(String problem) {
        asks().passing();
        return take(new Input.NotInspected(asked, problem, true, true));
    }

    /** A listing that is asked for now. */
    LifeBench inListing(Status seen) {
        asks().passing();
        return take(new Input.Listed(asked, new Container(ID, life().name(), seen, setup)));
    }

    LifeBench notListedDown() {
        asks().passing();
        return take(new Input.NotListedDown(asked));
    }

    LifeBench providersInspected(Instant startedAt) {
        providerStartedAt = startedAt;
        asks().passing();
        return take(new Input.ProvidersInspected(asked, Map.of(PROVIDER, startedAt), false));
    }

    /** None of its providers runs, or the engine did not say. */
    LifeBench noProviderFound() {
        asks().passing();
        return take(new Input.ProvidersInspected(asked, Map.of(), false));
    }

    LifeBench providerFoundGone() {
        asks().passing();
        return take(new Input.ProvidersInspected(asked, Map.of(), true));
    }

    LifeBench accepted() {
        return take(new Input.Answered(new CallAnswer.Accepted()));
    }

    LifeBench unchanged() {
        return take(new Input.Answered(new CallAnswer.Unchanged()));
    }

    LifeBench refused(String problem) {
        return take(new Input.Answered(new CallAnswer.Refused(problem, false)));
    }

    /** Refused, after signals may have been sent. */
    LifeBench refusedHalfway(String problem) {
        return take(new Input.Answered(new CallAnswer.Refused(problem, true)));
    }

    LifeBench unanswered(boolean begun) {
        return take(new Input.Answered(new CallAnswer.Unanswered("no answer", begun)));
    }

    /** Time runs on until it is decided anew. */
    LifeBench whenDue() {
        now = wakeAt();
        return due();
    }

    LifeBench due() {
        return take(new Input.Due());
    }

    /** It is inspected now, and runs since its last start. */
    LifeBench inspectedUp(Health health) {
        return inspected(up(health));
    }

    LifeBench inspectedUp() {
        return inspectedUp(Health.NONE);
    }

    /** It is listed now, and runs since its last start. */
    LifeBench inListingUp(Health health) {
        return inListing(Status.of(ContainerState.RUNNING).withHealth(health));
    }

    LifeBench inListingUp() {
        return inListingUp(Health.NONE);
    }

    /** What it is like while it runs since its last start. */
    Status up(Health health) {
        return new Status(ContainerState.RUNNING, health, OptionalInt.of(0), "", startedAt, null, Duration.ZERO);
    }

    // ---- what happens often ----

    /** The start or restart that is under way succeeds, and after a second it is found like that. */
    LifeBench comesUp(Health health) {
        accepted().started();
        if (providerStartedAt != null) {
            providersInspected(providerStartedAt);
        }
        now = now.plusSeconds(1);
        return due().inspectedUp(health);
    }

    LifeBench comesUp() {
        return comesUp(Health.NONE);
    }

    /** It crashes and is started, at once or when its time has come, and comes up again. */
    LifeBench crashesAndComesUp() {
        died(1);
        if (calls().isEmpty()) {
            whenDue();
        }
        if (calls().contains("inspect")) {
            inspected(exited(1));
        }
        return comesUp();
    }

    /** It is told to be unhealthy, is restarted now or when its time has come, and comes up again in that state. */
    LifeBench fallsIllAndIsRestarted(Health then) {
        healthTold(Health.UNHEALTHY);
        if (calls().isEmpty()) {
            whenDue();
        }
        inspectedUp(Health.UNHEALTHY);
        if (!life.setup().providers().isEmpty()) {
            providersInspected(T0);
        }
        return restarts(then);
    }

    /** The engine does the restart that is asked for. */
    LifeBench restarts(Health then) {
        return signalled(15).died(143).comesUp(then);
    }

    static Status exited(int code) {
        return Status.exited(code);
    }

    static Status exited(int code, double finishedAt) {
        return new Status(
                ContainerState.EXITED, Health.NONE, OptionalInt.of(code), "", T0, time(finishedAt), Duration.ZERO);
    }

    static Status created(String error) {
        return new Status(ContainerState.CREATED, Health.NONE, OptionalInt.of(128), error, null, null, Duration.ZERO);
    }

    // ---- what comes of it ----

    Life life() {
        if (life == null) {
            throw new IllegalStateException("there is no such container any more");
        }
        return life;
    }

    boolean isGone() {
        return life == null;
    }

    /** What the last thing that happened asks to be done, in the words of {@link Effect}. */
    List<String> calls() {
        Calls calls = new Calls();
        last.forEach(effect -> effect.carryOut(calls));
        return calls.words;
    }

    /** Whether the start that it asks for is one of what was not inspected before. */
    boolean isUnchecked() {
        return last.contains(new Effect.Start(true));
    }

    /** All that was told of that kind. */
    <F extends Fact> List<F> told(Class<F> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What became of each start and restart. */
    List<Outcome> outcomes() {
        return told(Fact.Finished.class).stream().map(Fact.Finished::outcome).toList();
    }

    /** What became of the one start or restart that has ended. */
    Outcome outcome() {
        assertThat(outcomes()).hasSize(1);
        return outcomes().get(0);
    }

    /** Each decision that was told because it differs from the one before. */
    List<String> toldDecisions() {
        return told(Fact.Decided.class).stream()
                .filter(Fact.Decided::isChange)
                .map(decided -> words(decided.decision()))
                .toList();
    }

    LifeBench forgetWhatWasTold() {
        told.clear();
        return this;
    }

    /** What would be done with it now, and why. */
    String decision() {
        return words(new RestartPolicy(rules)
                .decide(life(), Surroundings.NONE.replaced(isReplaced).with(holds), now));
    }

    /** When it is decided anew, in seconds after {@link #T0}. */
    double wakesAt() {
        return Duration.between(T0, wakeAt()).toMillis() / 1000.0;
    }

    /** A decision in words, with times after {@link #T0}. */
    static String words(Decision decision) {
        String what = switch (decision.kind()) {
            case LEAVE -> "leave";
            case START -> "start";
            case RESTART -> "restart";
            case GIVE_UP -> "give up";
            case WAIT -> {
                Duration until = Duration.between(T0, ((Decision.Wait) decision).until());
                yield "wait until " + Duration.ofMillis(until.toMillis());
            }
        };
        return what + " because " + decision.reason();
    }

    private Instant wakeAt() {
        Instant wakeAt = life().wakeAt();
        if (wakeAt == null) {
            throw new IllegalStateException("it waits for nothing");
        }
        return wakeAt;
    }

    /** A moment passes: an answer is never asked for and given at the time of an event. */
    private Instant passing() {
        now = now.plusNanos(1);
        return now;
    }

    /** Puts into words what is asked to be done. */
    private static final class Calls implements Effect.Interpreter {

        private final List<String> words = new ArrayList<>();

        @Override
        public void inspect() {
            words.add("inspect");
        }

        @Override
        public void inspectProviders() {
            words.add("inspect providers");
        }

        @Override
        public void start(boolean unchecked) {
            words.add("start");
        }

        @Override
        public void restart(Duration stopTimeout) {
            words.add("restart within " + stopTimeout.toSeconds() + " s");
        }

        @Override
        public void tell(Fact fact) {
            // Facts are looked at by themselves.
        }
    }
}
