package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Outcome;
import watchdog.policy.RestartMode;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.WatchList;
import watchdog.policy.Work;

/** The one line of how all is. */
class SummaryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Decision WAIT = new Decision.Wait("it crashed", NOW.plusSeconds(4));

    private final Summary summary = new Summary();

    private static Container container(String name, ContainerState state) {
        Status status = state == ContainerState.EXITED ? Status.exited(1) : Status.of(state);
        return new Container(name, name, status, Setup.of(Map.of()));
    }

    private static Container up(String name) {
        return container(name, ContainerState.RUNNING);
    }

    private static Container down(String name) {
        return container(name, ContainerState.EXITED);
    }

    private void listed(Container... watched) {
        summary.tell(new Fact.Listed(watched.length + 3, List.of(watched), false));
    }

    private void decided(Container container, Decision decision) {
        summary.tell(new Fact.Decided(container, decision, true, NOW));
    }

    private void finished(Container container, Outcome outcome) {
        summary.tell(new Fact.Finished(container, Work.START, outcome, true, null, 1));
    }

    @Test
    void thereIsNoneBeforeTheEngineHasListedItsContainers() {
        summary.tell(new Fact.EngineFound("Docker", null));

        assertThat(summary.line()).isEmpty();
    }

    @Test
    void itCountsWhatIsListed() {
        listed(up("web"), down("api"), container("db", ContainerState.CREATED));

        assertThat(summary.line()).contains("3 watched, 2 down");
    }

    @Test
    void itCountsWhatWaitsAndWhatIsGivenUp() {
        listed(up("web"), down("api"), down("db"));

        decided(up("web"), new Decision.Leave("it is running"));
        decided(down("api"), WAIT);
        decided(down("db"), new Decision.GiveUp("it crashed"));

        assertThat(summary.line()).contains("3 watched, 2 down, 1 waiting, 1 given up");
    }

    @Test
    void whatWaitsStillIsCountedOnceMore() {
        listed(up("web"), down("api"));
        decided(down("api"), WAIT);

        listed(up("web"), down("api"));

        assertThat(summary.line()).contains("2 watched, 1 down, 1 waiting");
    }

    @Test
    void whatIsGoneIsNotCounted() {
        listed(up("web"), down("api"));

        listed(up("web"));

        assertThat(summary.line()).contains("1 watched");
    }

    @Test
    void aListingOfThoseThatAreDownSaysNothingOfTheOthers() {
        listed(up("web"), down("api"));

        summary.tell(new Fact.Listed(1, List.of(down("api")), true));

        assertThat(summary.line()).contains("2 watched, 1 down");
    }

    @Test
    void itTellsTheLastRestartThatSucceeded() {
        listed(down("web"), down("api"));

        finished(up("web"), new Outcome.Up(Duration.ofSeconds(1), Health.NONE));
        finished(down("api"), new Outcome.WentDown(OptionalInt.of(1)));

        assertThat(summary.line().orElseThrow())
                .matches("2 watched, 2 down; last restart: web, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    }

    @Test
    void itTellsThatArgumentsWereNotTakenUntilSomeAre() {
        listed(up("web"));

        summary.tell(new Fact.NotReloaded("--host: what is changed there needs a restart"));
        assertThat(summary.line()).contains("1 watched; not reloaded: --host: what is changed there needs a restart");

        summary.tell(new Fact.Reloaded(
                new WatchList(List.of(), List.of(), List.of()), Duration.ofSeconds(1), RestartMode.ALWAYS));
        assertThat(summary.line()).contains("1 watched");
    }

    @Test
    void itTellsThatTheEngineDoesNotAnswerUntilItDoes() {
        summary.tell(new Fact.EngineLost("no such\nsocket", true, Duration.ZERO));
        assertThat(summary.line()).contains("the engine does not list its containers: no such socket; 0 watched");

        listed(up("web"));
        assertThat(summary.line()).contains("1 watched");
    }
}
