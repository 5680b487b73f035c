package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What outcomes say about themselves. */
class OutcomeTest {

    private static final Container WEB = new Container("1f", "web", Status.exited(1), Setup.of(Map.of()));

    private static final Outcome UP = new Outcome.Up(Duration.ofSeconds(3), Health.NONE);
    private static final Outcome WENT_DOWN = new Outcome.WentDown(OptionalInt.of(1));
    private static final Outcome NOT_NEEDED = new Outcome.NotNeeded(WEB, "it is running");
    private static final Outcome GONE = new Outcome.Gone();
    private static final Outcome FAILED = new Outcome.Failed("port is already allocated", WEB);
    private static final Outcome ASKED = new Outcome.Unknown("no answer for 130000 ms", true);
    private static final Outcome NOT_ASKED = new Outcome.Unknown("no answer for 10000 ms", false);

    @Test
    void countsForTheBackoffOnceTheEngineWasAskedToDoIt() {
        assertThat(new Outcome[] {UP, WENT_DOWN, FAILED, ASKED}).allMatch(Outcome::isTry);
        assertThat(new Outcome[] {NOT_NEEDED, GONE, NOT_ASKED}).noneMatch(Outcome::isTry);
    }

    @Test
    void isUnknownOnlyWhereTheEngineDidNotAnswer() {
        assertThat(new Outcome[] {ASKED, NOT_ASKED}).allMatch(Outcome::isUnknown);
        assertThat(new Outcome[] {UP, WENT_DOWN, NOT_NEEDED, GONE, FAILED}).noneMatch(Outcome::isUnknown);
    }

    @Test
    void isUpOnlyWhereItWasSeenUp() {
        assertThat(UP.isUp()).isTrue();
        assertThat(new Outcome[] {WENT_DOWN, NOT_NEEDED, GONE, FAILED, ASKED, NOT_ASKED})
                .noneMatch(Outcome::isUp);
    }

    @Test
    void hasAProblemWhereTheEngineDidNotDoIt() {
        assertThat(FAILED.problem()).isEqualTo("port is already allocated");
        assertThat(ASKED.problem()).isEqualTo("no answer for 130000 ms");
        assertThat(new Outcome[] {UP, WENT_DOWN, NOT_NEEDED, GONE})
                .extracting(Outcome::problem)
                .containsOnly("");
    }
}
