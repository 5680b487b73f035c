package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import watchdog.policy.Cause;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.CrashLoop;
import watchdog.policy.Decision;
import watchdog.policy.Down;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Outcome;
import watchdog.policy.RestartCause;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.Work;

/** What a fact becomes for who is told. */
class FactsTest {

    private static final Instant AT = Instant.parse("2026-11-27T14:00:00Z");
    private static final Facts FACTS = Facts.ofVersion("watchdog 1");
    private static final CrashLoop LIMIT = new CrashLoop(5, Duration.ofMinutes(10));

    private static Container web(Status status) {
        Setup setup = new Setup(Map.of(), List.of(), "no", false, "", null, "shop/web:7");
        return new Container("1f".repeat(32), "web", status, setup);
    }

    private static Down death(Cause cause, int exitCode) {
        return new Down(cause, AT, OptionalInt.of(exitCode), false);
    }

    private static Notice notice(Fact fact, @Nullable Down death) {
        return FACTS.notice(fact, death, AT);
    }

    private static Fact decided(Decision decision, Status status) {
        return new Fact.Decided(web(status), decision, true, AT);
    }

    private static Fact finished(Work work, Outcome outcome) {
        return new Fact.Finished(
                web(Status.of(ContainerState.RUNNING)), work, RestartCause.CRASH, outcome, true, null, 1);
    }

    @Test
    void aCrashLoopTellsImageExitCodeAndSignalOfTheLastDeath() {
        Fact fact = new Fact.InCrashLoop(
                web(Status.of(ContainerState.RUNNING)), LIMIT, "it was killed (SIGKILL, 137)", Duration.ofSeconds(8));

        Notice notice = notice(fact, death(Cause.Accident.CRASH, 137));

        assertThat(notice.status()).isEqualTo(Notice.Status.PROBLEM);
        assertThat(notice.fields())
                .containsEntry("what", "crash-loop")
                .containsEntry("container", "web")
                .containsEntry("id", "1f".repeat(32))
                .containsEntry("image", "shop/web:7")
                .containsEntry("exitCode", 137)
                .containsEntry("signal", "SIGKILL")
                .containsEntry("why", "it was killed (SIGKILL, 137)")
                .containsEntry("next", 8.0)
                .containsEntry("at", "2026-11-27T14:00:00Z")
                .doesNotContainKey("outOfMemory");
        assertThat(notice.text())
                .isEqualTo(notice.fields().get("message"))
                .asString()
                .startsWith("web (1f1f1f1f1f1f): ");
    }

    @Test
    void wantOfMemoryIsTold() {
        Fact fact = decided(new Decision.Start("it ran out of memory"), Status.exited(137));

        assertThat(notice(fact, death(Cause.Accident.OUT_OF_MEMORY, 137)).fields())
                .containsEntry("outOfMemory", true);
    }

    @Test
    void theExitCodeOfTheFactItselfCountsMore() {
        Fact fact = finished(Work.START, new Outcome.WentDown(OptionalInt.of(3)));

        assertThat(notice(fact, death(Cause.Accident.CRASH, 4)).fields()).containsEntry("exitCode", 3);
    }

    @Test
    void anOldDeathIsNotToldOfWhatHasNothingToDoWithIt() {
        Down death = death(Cause.Accident.CRASH, 4);
        Status ill = Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY);

        assertThat(notice(decided(new Decision.Restart("it is unhealthy"), ill), death)
                        .fields())
                .doesNotContainKey("exitCode");
        assertThat(notice(decided(new Decision.GiveUp("it is unhealthy"), ill), death)
                        .fields())
                .doesNotContainKey("exitCode");
        assertThat(notice(finished(Work.RESTART, new Outcome.Failed("no", web(ill))), death)
                        .fields())
                .doesNotContainKey("exitCode");
        assertThat(notice(finished(Work.START, new Outcome.Up(null, Health.NONE)), death)
                        .fields())
                .doesNotContainKey("exitCode");
    }

    @Test
    void itsOwnRestartIsNoDeath() {
        Fact fact = new Fact.InCrashLoop(web(Status.of(ContainerState.RUNNING)), LIMIT, "it is unhealthy", null);

        assertThat(notice(fact, death(Cause.Accident.OWN_RESTART, 143)).fields())
                .doesNotContainKey("exitCode");
    }

    @Test
    void aRestartIsAProblemForIllHealthOnly() {
        Status ill = Status.of(ContainerState.RUNNING).withHealth(Health.UNHEALTHY);
        Status well = Status.of(ContainerState.RUNNING);

        assertThat(notice(decided(new Decision.Restart("it is unhealthy"), ill), null)
                        .status())
                .isEqualTo(Notice.Status.PROBLEM);
        assertThat(notice(decided(new Decision.Restart("what it joins was started anew"), well), null)
                        .status())
                .isEqualTo(Notice.Status.NOTE);
    }

    @Test
    void whatChangesNothingIsOfNoInterest() {
        Container web = web(Status.exited(1));

        assertThat(Facts.isOfInterest(new Fact.Listed(1, List.of(web), false, Duration.ZERO)))
                .isFalse();
        assertThat(Facts.isOfInterest(new Fact.Decided(web, new Decision.GiveUp("no"), false, AT)))
                .isFalse();
        assertThat(Facts.isOfInterest(new Fact.Decided(web, new Decision.GiveUp("no"), true, AT)))
                .isTrue();
    }

    @Test
    void aLabelTakesAContainerOut() {
        Setup setup = Setup.of(Map.of("watchdog.notify", "no"));
        Container quiet = new Container("2f".repeat(32), "quiet", Status.exited(1), setup);

        assertThat(Facts.isOfInterest(new Fact.Decided(quiet, new Decision.GiveUp("no"), true, AT)))
                .isFalse();
        assertThat(Facts.isOfInterest(new Fact.FoundDown(List.of(quiet), Duration.ZERO)))
                .isFalse();
        Fact both = new Fact.FoundDown(List.of(web(Status.exited(1)), quiet), Duration.ZERO);
        assertThat(Facts.isOfInterest(both)).isTrue();
        assertThat(notice(both, null).fields()).containsEntry("containers", List.of("web"));
        assertThat(notice(both, null).text()).doesNotContain("quiet");
    }
}
