package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Effect;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Hold;
import watchdog.policy.Holds;
import watchdog.policy.Input;
import watchdog.policy.Life;
import watchdog.policy.Lifecycle;
import watchdog.policy.NamePattern;
import watchdog.policy.RestartMode;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Standing;
import watchdog.policy.Status;
import watchdog.policy.Step;
import watchdog.policy.Surroundings;
import watchdog.policy.WatchList;

/** What the board says after what it was told. */
class BoardTest {

    private static final String ID = "1f".repeat(32);

    /** By the loop's clock, which is an hour behind that on the wall. */
    private final Instant start = Instant.now().minus(Duration.ofHours(1));

    private final List<String> changes = new ArrayList<>();
    private final Board board = new Board("watchdog 1.0.0", () -> changes.add("changed"));
    private final Lifecycle lifecycle =
            new Lifecycle(Rules.DEFAULT, new WatchList(List.of(NamePattern.parse("*")), List.of(), List.of()));

    private Instant now = start;
    private Holds holds = Holds.NONE;
    private Life life = Life.of(ID, "web", Setup.of(Map.of()), start);

    @BeforeEach
    void findItRunning() {
        take(new Input.Inspected(now.plusMillis(1), container(Status.of(ContainerState.RUNNING)), false));
    }

    private static Container container(Status status) {
        return new Container(ID, "web", status, Setup.of(Map.of()));
    }

    private void take(Input input) {
        now = now.plusMillis(2);
        Step step = lifecycle.step(life, input, new Surroundings(true, true, true, true, false, null, holds, 0.5), now);
        life = Optional.ofNullable(step.life()).orElseThrow();
        board.changed(new RestartPolicy(Rules.DEFAULT).standing(life, Surroundings.NONE.with(holds), now));
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Tell tell) {
                board.tell(tell.fact());
            }
        }
    }

    private void crash() {
        take(new Input.Died(null, OptionalInt.of(3), true, false));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, @Nullable Object>> containers() {
        List<Map<String, @Nullable Object>> containers = new ArrayList<>();
        ((Iterable<Map<String, @Nullable Object>>) board.fields().get("containers")).forEach(containers::add);
        return containers;
    }

    private Map<String, @Nullable Object> web() {
        assertThat(containers()).hasSize(1);
        return containers().get(0);
    }

    private List<String> facts() {
        return ((List<?>) web().get("facts"))
                .stream()
                        .map(fact -> String.valueOf(((Map<?, ?>) fact).get("text")))
                        .toList();
    }

    private static Instant time(@Nullable Object text) {
        return Instant.parse(String.valueOf(text));
    }

    @Test
    void tellsWhenTheLoopHasTurnedLast() {
        Instant before = Instant.now();

        board.turned();

        assertThat(time(board.fields().get("loopTurnedAt"))).isBetween(before, Instant.now());
    }

    @Test
    void tellsHowLongAgoThatWasByAClockThatNobodySets() {
        AtomicLong nanos = new AtomicLong(-5);
        Board other = new Board("watchdog 1.0.0", () -> {}, nanos::get);
        nanos.addAndGet(Duration.ofSeconds(40).toNanos());
        assertThat(other.sinceTurned()).isEqualTo(Duration.ofSeconds(40));

        other.turned();
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(other.sinceTurned()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void saysHowWhatIsUpStands() {
        assertThat(web())
                .containsEntry("name", "web")
                .containsEntry("id", ID)
                .containsEntry("state", "running")
                .containsEntry("phase", "up")
                .containsEntry("well", true)
                .containsEntry("action", "leave")
                .containsEntry("why", "it is running")
                .containsEntry("starts", 0)
                .containsEntry("crashLoop", false)
                .containsEntry("givenUp", false)
                .containsEntry("held", false)
                .containsEntry("nextTry", null)
                .containsEntry("doing", null);
    }

    @Test
    void saysWhatIsBeingDoneWithWhatIsDown() {
        crash();

        assertThat(web())
                .containsEntry("state", "exited")
                .containsEntry("phase", "down")
                .containsEntry("well", false)
                .containsEntry("doing", "start: check")
                .containsEntry("why", "it crashed with code 3");
        assertThat(facts()).containsExactly("web (1f1f1f1f1f1f): starting, because it crashed with code 3");
    }

    @Test
    void timesAreThoseOnTheWall() {
        take(new Input.Signalled(15));
        take(new Input.Died(null, OptionalInt.of(143), true, false));
        take(new Input.Stopped());
        take(new Input.Inspected(now.plusMillis(1), container(Status.exited(143)), false));

        assertThat(web()).containsEntry("action", "wait");
        assertThat(Duration.between(Instant.now(), time(web().get("nextTry"))))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(Duration.between(time(web().get("since")), Instant.now()))
                .isBetween(Duration.ZERO, Duration.ofSeconds(5));
        assertThat(Duration.between(time(board.fields().get("writtenAt")), Instant.now()))
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatIsUpIsSoSinceItsStartAndNotSinceItWasSeen() {
        assertThat(Duration.between(time(web().get("since")), Instant.now())).isLessThan(Duration.ofMinutes(1));

        Instant weeksAgo = Instant.parse("2026-11-01T12:00:00.5Z");
        take(new Input.Inspected(
                now.plusMillis(1),
                container(new Status(
                        ContainerState.RUNNING, Health.NONE, OptionalInt.empty(), "", weeksAgo, null, Duration.ZERO)),
                false));

        assertThat(web()).containsEntry("since", weeksAgo.toString());
    }

    @Test
    void saysWhatIsHeldAndThatItIsDownThen() {
        Instant until = Instant.parse("2100-01-01T00:00:00Z");
        holds = new Holds(List.of(new Hold(NamePattern.parse("w*"), until, null)));
        take(new Input.Due());
        assertThat(web())
                .containsEntry("held", true)
                .containsEntry("heldUntil", until.toString())
                .containsEntry("well", true);

        crash();
        assertThat(web()).containsEntry("well", false).containsEntry("action", "leave");
    }

    @Test
    void keepsTheLastTwentyFactsThatTheLogTells() {
        IntStream.range(0, 30).forEach(i -> board.tell(new Fact.Renamed(life.container(), "n" + i)));
        board.tell(new Fact.Decided(life.container(), new Decision.Leave("it is running"), false, now));

        assertThat(facts())
                .hasSize(20)
                .startsWith("web (1f1f1f1f1f1f): is called n10 now")
                .endsWith("web (1f1f1f1f1f1f): is called n29 now");
    }

    @Test
    void whatIsForgottenIsNotThereAndNothingIsKeptOfIt() {
        board.forgotten(ID);
        board.tell(new Fact.CrashLoopOver(life.container()));
        assertThat(containers()).isEmpty();

        board.changed(new RestartPolicy(Rules.DEFAULT).standing(life, Surroundings.NONE.with(holds), now));
        assertThat(facts()).isEmpty();
    }

    @Test
    void saysHowTheEngineIs() {
        assertThat(board.fields()).containsEntry("engine", null).containsEntry("lastListing", null);

        board.tell(new Fact.EngineFound("Docker 28", null));
        board.tell(new Fact.Listed(3, List.of(), false, Duration.ZERO));
        assertThat(board.fields())
                .containsEntry("watchdog", "watchdog 1.0.0")
                .containsEntry("engine", "Docker 28")
                .containsEntry("engineProblem", null);
        Instant listed = time(board.fields().get("lastListing"));

        board.tell(new Fact.EngineLost("connection refused", true, Duration.ZERO));
        assertThat(board.fields())
                .containsEntry("engine", "Docker 28")
                .containsEntry("engineProblem", "connection refused")
                .containsEntry("lastListing", listed.toString());
    }

    @Test
    void saysWhatIsMissing() {
        board.tell(new Fact.Missing(Set.of("db", "api")));
        assertThat(board.fields()).containsEntry("missing", List.of("api", "db"));

        board.tell(new Fact.Appeared("db", life.container()));
        assertThat(board.fields()).containsEntry("missing", List.of("api"));
    }

    @Test
    void whatWasMissingOfTheListBeforeAReloadIsNotMissingAnyMore() {
        board.tell(new Fact.Missing(Set.of("wbe")));

        WatchList other = new WatchList(List.of(NamePattern.parse("web")), List.of(), List.of());
        board.tell(new Fact.Reloaded(other, Duration.ofSeconds(10), RestartMode.ALWAYS));

        assertThat(board.fields()).containsEntry("missing", List.of());
    }

    @Test
    void whatIsDecidedOnceMoreIsNoChange() {
        changes.clear();

        board.tell(new Fact.Decided(life.container(), new Decision.Leave("it is running"), false, now));

        assertThat(changes).isEmpty();
    }

    @Test
    void oneMoreListingIsNoChange() {
        Fact listed = new Fact.Listed(3, List.of(), false, Duration.ZERO);
        board.tell(listed);
        changes.clear();

        board.tell(listed);
        assertThat(changes).isEmpty();

        board.tell(new Fact.EngineLost("connection refused", true, Duration.ZERO));
        board.tell(listed);
        assertThat(changes).hasSize(2);
    }

    @Test
    void saysWhenSomethingHasChanged() {
        changes.clear();

        board.changed(new Standing(life, new Decision.Leave("x"), null, Duration.ZERO, now));
        board.tell(new Fact.CrashLoopOver(life.container()));
        board.tell(new Fact.Missing(Set.of("db")));
        board.tell(new Fact.EngineLost("connection refused", true, Duration.ZERO));
        board.forgotten(ID);

        assertThat(changes).hasSize(5);
    }
}
