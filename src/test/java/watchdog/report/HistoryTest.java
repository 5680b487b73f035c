package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;
import watchdog.policy.Attempts;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Down;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Hold;
import watchdog.policy.Life;
import watchdog.policy.NamePattern;
import watchdog.policy.Outcome;
import watchdog.policy.Phase;
import watchdog.policy.RestartCause;
import watchdog.policy.Setup;
import watchdog.policy.Standing;
import watchdog.policy.Status;
import watchdog.policy.Telling;
import watchdog.policy.Work;

/** What is remembered of the last day, and what is not. */
class HistoryTest {

    private static final Instant START = Instant.parse("2026-11-27T03:00:00Z");
    private static final Decision LEAVE = new Decision.Leave("it is running");
    private static final Decision GIVE_START = new Decision.Start("it crashed");

    private Instant now = START;

    private final History history = new History("watchdog 1.0.0", false, () -> now);

    private void later(Duration duration) {
        now = now.plus(duration);
    }

    private static Container container(String id) {
        return new Container(id, "web", Status.of(ContainerState.RUNNING), Setup.of(Map.of()));
    }

    private void is(String id, Phase phase, Decision decision, @Nullable Hold hold) {
        Telling telling = new Telling(null, null, "", "", false, false);
        Life life = new Life(
                id, "web", now, Setup.of(Map.of()), true, false, now, phase, null, Attempts.NONE, false, telling, null);
        history.changed(new Standing(life, decision, hold, Duration.ZERO, now));
    }

    private Phase found(Status status) {
        return Life.of("web", "web", Setup.of(Map.of()), now).phase().found(status, now);
    }

    private void up(String id) {
        is(id, found(Status.of(ContainerState.RUNNING)), LEAVE, null);
    }

    private void crashed(String id) {
        is(id, new Down(Cause.Accident.CRASH, now, OptionalInt.of(1), false), GIVE_START, null);
    }

    private void renamed(String id, String name) {
        history.tell(new Fact.Renamed(container(id), name));
    }

    private List<Span.State> states(String id) {
        return history.of(id).spans().stream().map(Span::state).toList();
    }

    private List<String> texts(String id) {
        return history.of(id).moments().stream().map(Moment::text).toList();
    }

    @Test
    void oneTimeFollowsTheOtherAndTheLastOneLasts() {
        up("web");
        later(Duration.ofHours(1));
        crashed("web");
        later(Duration.ofSeconds(2));
        up("web");
        later(Duration.ofSeconds(2));
        up("web");

        Instant down = START.plus(Duration.ofHours(1));
        Instant up = down.plusSeconds(2);
        assertThat(history.of("web").spans())
                .containsExactly(
                        new Span(START, Optional.of(down), Span.State.UP, false),
                        new Span(down, Optional.of(up), Span.State.DOWN, false),
                        new Span(up, Optional.empty(), Span.State.UP, false));
    }

    @Test
    void tellsApartWhatIsDownFromWhatIsLeftSoOrIll() {
        is("web", found(Status.of(ContainerState.UNKNOWN)), LEAVE, null);
        is("web", found(Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY)), LEAVE, null);
        is("web", found(Status.exited(0)), new Decision.Leave("an operator stopped it"), null);
        is("web", found(Status.exited(1)), new Decision.GiveUp("it crashed"), null);
        is("web", found(Status.of(ContainerState.CREATED)), new Decision.Leave("it has not run yet"), null);
        is("web", new Down(Cause.Accident.CRASH, now, OptionalInt.of(1), true), new Decision.Leave("restarting"), null);

        assertThat(states("web"))
                .containsExactly(
                        Span.State.UNKNOWN,
                        Span.State.UNHEALTHY,
                        Span.State.LEFT,
                        Span.State.DOWN,
                        Span.State.LEFT,
                        Span.State.DOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, UNKNOWN",
        "RUNNING, UP",
        "PAUSED, UP",
        "EXITED, LEFT",
        "CREATED, LEFT",
        "REMOVING, LEFT",
        "RESTARTING, DOWN",
        "DEAD, DOWN"
    })
    void whatIsLeftAsItIsHasAState(ContainerState state, Span.State shown) {
        is("web", found(Status.of(state)), LEAVE, null);

        assertThat(states("web")).containsExactly(shown);
    }

    @Test
    void aHoldIsRemembered() {
        Hold hold = new Hold(NamePattern.parse("web"), null, null);
        up("web");
        is("web", found(Status.of(ContainerState.RUNNING)), LEAVE, hold);

        assertThat(history.of("web").spans()).extracting(Span::isHeld).containsExactly(false, true);
    }

    @Test
    void aFactIsRememberedWithItsKindAndWithoutTheName() {
        up("web");
        history.tell(new Fact.Decided(container("web"), GIVE_START, true, now));
        history.tell(new Fact.CrashLoopOver(container("web")));

        assertThat(history.of("web").moments())
                .containsExactly(
                        new Moment(now, Level.INFO, FactKind.START, Optional.empty(), "starting, because it crashed"),
                        new Moment(
                                now,
                                Level.INFO,
                                FactKind.CRASH_LOOP_OVER,
                                Optional.empty(),
                                "crash loop over, it has stayed up"));
    }

    @Test
    void whatChangesNothingIsNotRememberedButEachStartIs() {
        up("web");
        history.tell(new Fact.Decided(container("web"), LEAVE, false, now));
        Outcome failed = new Outcome.Failed("port is taken", container("web"));
        history.tell(new Fact.Finished(container("web"), Work.START, RestartCause.CRASH, failed, false, null, 2));

        assertThat(history.of("web").moments())
                .extracting(Moment::what, Moment::cause)
                .containsExactly(tuple(FactKind.FAILED, Optional.of(RestartCause.CRASH)));
    }

    @Test
    void aStartThatWasNotAskedForIsNone() {
        up("web");
        for (boolean asked : new boolean[] {false, true}) {
            Outcome unknown = new Outcome.Unknown("reset", asked);
            history.tell(new Fact.Finished(container("web"), Work.START, RestartCause.CRASH, unknown, true, null, 1));
        }

        assertThat(history.of("web").moments())
                .extracting(Moment::what, Moment::cause)
                .containsExactly(
                        tuple(FactKind.UNKNOWN, Optional.empty()),
                        tuple(FactKind.UNKNOWN, Optional.of(RestartCause.CRASH)));
    }

    @Test
    void whatIsOlderThanADayIsForgotten() {
        up("web");
        renamed("web", "one");
        later(Duration.ofHours(12));
        crashed("web");
        renamed("web", "two");

        later(Duration.ofHours(12));
        assertThat(texts("web")).containsExactly("is called two now");
        assertThat(states("web")).containsExactly(Span.State.UP, Span.State.DOWN);

        later(Duration.ofHours(12));
        assertThat(texts("web")).isEmpty();
        assertThat(states("web")).containsExactly(Span.State.DOWN);
    }

    @Test
    void fiveHundredFactsOfEachAreRememberedAndAsManySpans() {
        up("web");
        IntStream.range(0, 600).forEach(i -> renamed("web", "n" + i));
        IntStream.range(0, 300).forEach(i -> {
            crashed("web");
            up("web");
        });

        assertThat(texts("web")).hasSize(500).startsWith("is called n100 now").endsWith("is called n599 now");
        assertThat(states("web")).hasSize(500).endsWith(Span.State.UP);
    }

    @Test
    void inAllTheOldestGoes() {
        IntStream.range(0, 20).forEach(i -> {
            up("c" + i);
            later(Duration.ofSeconds(1));
        });
        IntStream.range(0, 20)
                .forEach(i -> IntStream.range(0, 400).forEach(j -> {
                    later(Duration.ofMillis(1));
                    renamed("c" + i, "n" + j);
                }));

        int facts = IntStream.range(0, 20).map(i -> texts("c" + i).size()).sum();
        assertThat(facts).isEqualTo(History.MOST);
        assertThat(texts("c0")).isEmpty();
        assertThat(texts("c7")).hasSize(200).startsWith("is called n200 now");
        assertThat(texts("c19")).hasSize(400);
        // How it is now is not forgotten.
        assertThat(states("c0")).containsExactly(Span.State.UP);
    }

    @Test
    void whatIsGoneIsForgottenAndNothingIsKeptOfIt() {
        up("web");
        history.forgotten("web");
        renamed("web", "other");

        assertThat(history.of("web")).isEqualTo(Day.NONE);
        up("web");
        assertThat(texts("web")).isEmpty();
    }

    @Test
    void theEngineHasADayToo() {
        history.tell(new Fact.EngineFound("Docker 28", null));
        history.tell(new Fact.Listed(3, List.of(), false, Duration.ZERO));
        history.tell(new Fact.EngineLost("no answer", false, Duration.ZERO));
        history.tell(new Fact.EngineLost("connection refused", true, Duration.ZERO));
        history.tell(new Fact.Listed(3, List.of(), false, Duration.ZERO));

        assertThat(history.ofEngine().spans())
                .extracting(Span::state)
                .containsExactly(Span.State.UP, Span.State.UNHEALTHY, Span.State.DOWN, Span.State.UP);
        assertThat(history.ofEngine().moments())
                .extracting(Moment::what)
                .containsExactly(FactKind.ENGINE_FOUND, FactKind.LISTING_FAILED, FactKind.ENGINE_LOST);
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        up("web");
        renamed("web", "\uD83D\uDC33".repeat(500));

        assertThat(texts("web").get(0))
                .startsWith("is called \uD83D\uDC33")
                .endsWith("\uD83D\uDC33...")
                .matches(text -> text.codePointCount(0, text.length()) == History.LONGEST + 3);
    }
}
