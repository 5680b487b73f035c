package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Life;
import watchdog.policy.Outcome;
import watchdog.policy.Phase;
import watchdog.policy.RestartCause;
import watchdog.policy.RestartMode;
import watchdog.policy.Setup;
import watchdog.policy.Standing;
import watchdog.policy.Status;
import watchdog.policy.WatchList;
import watchdog.policy.Work;

/** The one line of how all is. */
class SummaryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Decision LEAVE = new Decision.Leave("it is running");
    private static final Decision WAIT = new Decision.Wait("it crashed", NOW.plusSeconds(4));

    private final Summary summary = new Summary();

    private static Container container(String name, ContainerState state) {
        return new Container(name, name, Status.of(state), Setup.of(Map.of()));
    }

    private static Container up(String name) {
        return container(name, ContainerState.RUNNING);
    }

    private static Container down(String name) {
        return container(name, ContainerState.EXITED);
    }

    private void listed() {
        summary.tell(new Fact.Listed(7, List.of(), false, Duration.ZERO));
    }

    private void stands(String name, Phase phase, Decision decision) {
        Life unknown = Life.of(name, name, Setup.of(Map.of()), NOW);
        Life life = new Life(
                name,
                name,
                NOW,
                unknown.setup(),
                true,
                false,
                NOW,
                phase,
                null,
                unknown.attempts(),
                false,
                unknown.telling(),
                null);
        summary.changed(new Standing(life, decision, null, Duration.ZERO, NOW));
    }

    private void stands(String name, ContainerState state, Decision decision) {
        Phase unknown = Life.of(name, name, Setup.of(Map.of()), NOW).phase();
        stands(name, unknown.found(Status.of(state), NOW), decision);
    }

    private void finished(Container container, Outcome outcome) {
        summary.tell(new Fact.Finished(container, Work.START, RestartCause.CRASH, outcome, true, null, 1));
    }

    @Test
    void thereIsNoneBeforeTheEngineHasListedItsContainers() {
        summary.tell(new Fact.EngineFound("Docker", null));

        assertThat(summary.line()).isEmpty();
    }

    @Test
    void itCountsWhatIsDown() {
        listed();
        stands("web", ContainerState.RUNNING, LEAVE);
        stands("api", ContainerState.EXITED, LEAVE);
        stands("db", ContainerState.CREATED, LEAVE);

        assertThat(summary.line()).contains("3 watched, 2 down");
    }

    @Test
    void itCountsWhatWaitsAndWhatIsGivenUpAsItStandsNow() {
        listed();
        stands("web", ContainerState.EXITED, WAIT);
        stands("api", ContainerState.EXITED, WAIT);
        stands("db", ContainerState.EXITED, new Decision.GiveUp("it crashed"));
        stands("web", ContainerState.RUNNING, LEAVE);

        assertThat(summary.line()).contains("3 watched, 2 down, 1 waiting, 1 given up");
    }

    @Test
    void whatIsForgottenIsNotCounted() {
        listed();
        stands("web", ContainerState.RUNNING, LEAVE);
        stands("api", ContainerState.EXITED, WAIT);

        summary.forgotten("api");

        assertThat(summary.line()).contains("1 watched");
    }

    @Test
    void aTimeOfAFullMinuteHasSecondsToo() {
        assertThat(Summary.TO_THE_SECOND.format(LocalDateTime.of(2026, 11, 27, 10, 41, 0)))
                .isEqualTo("2026-11-27 10:41:00");
    }

    @Test
    void itTellsTheLastRestartThatSucceeded() {
        listed();

        finished(up("web"), new Outcome.Up(Duration.ofSeconds(1), Health.NONE));
        finished(down("api"), new Outcome.WentDown(OptionalInt.of(1)));

        assertThat(summary.line().orElseThrow())
                .matches("0 watched; last restart: web, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    }

    @Test
    void itTellsThatArgumentsWereNotTakenUntilSomeAre() {
        listed();

        summary.tell(new Fact.NotReloaded("--host: what is changed there needs a restart"));
        assertThat(summary.line()).contains("0 watched; not reloaded: --host: what is changed there needs a restart");

        summary.tell(new Fact.Reloaded(
                new WatchList(List.of(), List.of(), List.of()), Duration.ofSeconds(1), RestartMode.ALWAYS));
        assertThat(summary.line()).contains("0 watched");
    }

    @Test
    void itTellsThatTheEngineDoesNotAnswerUntilItDoes() {
        summary.tell(new Fact.EngineLost("no such\nsocket", true, Duration.ZERO));
        assertThat(summary.line()).contains("the engine does not list its containers: no such socket; 0 watched");

        listed();
        assertThat(summary.line()).contains("0 watched");
    }
}
