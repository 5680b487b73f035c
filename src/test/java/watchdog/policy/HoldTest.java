package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator holds is not touched, and is what it was when it is released. */
class HoldTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00.5Z");
    private static final Hold WEB = hold("web", null);

    private static Hold hold(String pattern, @Nullable Instant until) {
        return new Hold(NamePattern.parse(pattern), until, null);
    }

    private static Holds holds(Hold... all) {
        return new Holds(List.of(all));
    }

    // ---- which one it is ----

    @Test
    void aHoldIsOfANameOrOfAGlob() {
        Holds holds = holds(hold("db", null), hold("web-*", NOON));

        assertThat(holds.of("db")).contains(hold("db", null));
        assertThat(holds.of("web-1")).contains(hold("web-*", NOON));
        assertThat(holds.of("web")).isEmpty();
        assertThat(Holds.NONE.of("web")).isEmpty();
    }

    @Test
    void ofSeveralItIsTheOneThatEndsLast() {
        Hold soon = hold("w*", NOON);
        Hold later = hold("we*", NOON.plusSeconds(1));

        assertThat(holds(soon, later).of("web")).contains(later);
        assertThat(holds(later, soon).of("web")).contains(later);
        assertThat(holds(soon, WEB, later).of("web")).contains(WEB);
    }

    @Test
    void itIsOverWhenItsTimeHasCome() {
        assertThat(hold("web", NOON).isOver(NOON.minusMillis(1))).isFalse();
        assertThat(hold("web", NOON).isOver(NOON)).isTrue();
        assertThat(WEB.isOver(Instant.MAX)).isFalse();
    }

    // ---- the rule ----

    @Test
    void whatCrashesIsLeftAndStartedWhenReleased() {
        LifeBench life = LifeBench.running().held(WEB);

        life.died(1);
        assertThat(life.calls()).doesNotContain("start");
        assertThat(life.decision()).isEqualTo("leave because it crashed with code 1, and it is held");
        life.at(100).due();
        assertThat(life.calls()).isEmpty();

        life.held();
        assertThat(life.calls()).containsExactly("inspect");
        assertThat(life.inspected(exited(1)).calls()).contains("start");
    }

    @Test
    void theReasonSaysUntilWhen() {
        LifeBench life = LifeBench.running().held(hold("w*", NOON));

        assertThat(life.decision()).isEqualTo("leave because it is running, and it is held until 2026-11-27T12:00:00Z");
    }

    @ParameterizedTest
    @EnumSource(
            value = RestartMode.class,
            names = {"ALWAYS", "UNLESS_STOPPED", "ON_FAILURE"})
    void whatIsIllIsNotRestarted(RestartMode mode) {
        Rules rules = new RulesBuilder().mode(mode).restartOn(Trigger.UNHEALTHY).build();
        LifeBench life = LifeBench.running(rules).held(WEB).healthTold(Health.UNHEALTHY);

        assertThat(life.calls()).isEmpty();
        assertThat(life.held().calls()).containsExactly("inspect");
    }

    @Test
    void aWaitForTheBackOffEndsWithTheHoldAndNothingIsTriedAnew() {
        LifeBench life = LifeBench.running();
        life.crashesAndComesUp().crashesAndComesUp().died(1);
        assertThat(life.decision()).startsWith("wait until");

        life.held(WEB);

        assertThat(life.life().wakeAt()).isNull();
        assertThat(life.decision()).isEqualTo("leave because it crashed with code 1, and it is held");
        assertThat(life.held().decision()).startsWith("wait until");
        assertThat(life.life().wakeAt()).isNotNull();
    }

    // ---- what is under way ----

    @Test
    void aStartThatIsBeingCheckedIsNotMade() {
        LifeBench life = LifeBench.running().diedAWhileAgo(1);
        assertThat(life.calls()).containsExactly("inspect");

        life.held(WEB).inspected(exited(1));

        assertThat(life.calls()).doesNotContain("start");
        assertThat(life.life().operation()).isNull();
        assertThat(life.outcomes()).singleElement().isInstanceOf(Outcome.NotNeeded.class);
    }

    @Test
    void aStartThatWaitsForAPlaceIsNotMade() {
        LifeBench life = LifeBench.running().place(false).died(1);
        assertThat(life.calls()).isEmpty();

        life.held(WEB).place(true).take(new Input.PlaceFree()).inspected(exited(1));

        assertThat(life.calls()).doesNotContain("start");
        assertThat(life.life().operation()).isNull();
    }

    @Test
    void aStartThatTheEngineHasAcceptedComesToItsEnd() {
        LifeBench life = LifeBench.running().died(1).held(WEB).comesUp();

        assertThat(life.outcomes()).singleElement().isInstanceOf(Outcome.Up.class);
    }

    // ---- by name ----

    @Test
    void theNewNameCountsAfterARename() {
        LifeBench life = LifeBench.running().held(WEB);

        life.renamed("web-2").died(1);
        assertThat(life.calls()).contains("start");

        LifeBench other = LifeBench.running().held(hold("web-2", null));
        other.renamed("web-2").died(1);
        assertThat(other.calls()).doesNotContain("start");
    }

    // ---- what is told ----

    @Test
    void itsBeginningAndItsEndAreToldOnce() {
        LifeBench life = LifeBench.running().held(WEB).due().due();

        assertThat(life.told(Fact.Held.class)).extracting(Fact.Held::hold).containsExactly(WEB);
        assertThat(life.told(Fact.Released.class)).isEmpty();

        life.held().due();
        assertThat(life.told(Fact.Held.class)).hasSize(1);
        assertThat(life.told(Fact.Released.class)).hasSize(1);
    }

    @Test
    void anotherEndIsToldAsAnotherHold() {
        Hold later = hold("web", NOON.plusSeconds(60));
        LifeBench life = LifeBench.running().held(hold("web", NOON)).held(later);

        assertThat(life.told(Fact.Held.class)).extracting(Fact.Held::hold).containsExactly(hold("web", NOON), later);
        assertThat(life.told(Fact.Released.class)).isEmpty();
    }

    @Test
    void thatItIsLeftBecauseOfItIsNotToldBesideAndACrashIs() {
        LifeBench life = LifeBench.running();
        life.stoppedByOperator().inspected(exited(143, 0)).forgetWhatWasTold();

        life.held(WEB);
        assertThat(life.toldDecisions()).isEmpty();

        LifeBench other = LifeBench.running().held(WEB).forgetWhatWasTold().died(3);
        assertThat(other.toldDecisions()).containsExactly("leave because it crashed with code 3, and it is held");
    }

    @Test
    void nothingIsToldOfWhatIsNotOnTheList() {
        LifeBench life = LifeBench.running().renamed(LifeBench.OTHER).held(hold(LifeBench.OTHER, null));

        assertThat(life.told(Fact.Held.class)).isEmpty();
    }

    @Test
    void atTheBeginningItIsHeldFromTheFirstMoment() {
        LifeBench life = LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP).held(WEB);

        life.inspected(exited(1)).at(0).due();

        assertThat(life.calls()).isEmpty();
        assertThat(life.decision()).contains("and it is held");
    }
}
