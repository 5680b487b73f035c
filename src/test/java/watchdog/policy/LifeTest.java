package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;
import static watchdog.policy.LifeBench.time;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a life says of itself to others. */
class LifeTest {

    private static LifeBench unlessStopped() {
        return LifeBench.running(
                new RulesBuilder().mode(RestartMode.UNLESS_STOPPED).build());
    }

    private static LifeBench known(Status status) {
        return LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP).inspected(status);
    }

    // ---- whether it is down ----

    @Test
    void whatIsDownAndNotListedAsSuchIsInspected() {
        for (Status status : List.of(LifeBench.created(""), exited(143))) {
            assertThat(known(status).notListedDown().calls()).containsExactly("inspect");
        }
        assertThat(LifeBench.running().notListedDown().calls()).isEmpty();
    }

    // ---- whether what joins its namespaces waits for it ----

    @Test
    void whatIsBeingStartedIsAwaited() {
        assertThat(LifeBench.running().died(1).life().isAwaited()).isTrue();
    }

    @Test
    void whatIsStartedLaterIsAwaited() {
        assertThat(LifeBench.running()
                        .crashesAndComesUp()
                        .crashesAndComesUp()
                        .died(1)
                        .life())
                .returns(null, Life::operation)
                .returns(true, Life::isAwaited);
    }

    @Test
    void whatIsDownAndNotKnownWellEnoughYetIsAwaited() {
        LifeBench web = LifeBench.unknown(Rules.DEFAULT, LifeBench.SETUP).inListing(exited(1));

        assertThat(web.life().isAwaited()).isTrue();
    }

    @Test
    void whatIsLeftIsNotAwaited() {
        assertThat(LifeBench.running().life().isAwaited()).isFalse();
        assertThat(unlessStopped()
                        .stoppedByOperator()
                        .inspected(exited(143, 0))
                        .life()
                        .isAwaited())
                .isFalse();
    }

    @Test
    void whatRunsIsNotAwaitedThoughItIsRestartedLater() {
        Rules rules = new RulesBuilder().restartOn(Trigger.UNHEALTHY).build();
        LifeBench web = LifeBench.running(rules).fallsIllAndIsRestarted(Health.UNHEALTHY);
        web.inspectedUp(Health.UNHEALTHY).restarts(Health.UNHEALTHY);

        assertThat(web.decision()).startsWith("wait");
        assertThat(web.life().isAwaited()).isFalse();
    }

    // ---- which stop is remembered over a restart of watchdog ----

    @Test
    void aStopIsStillRememberedAfterAGapInTheEvents() {
        LifeBench web = unlessStopped().stoppedByOperator().inspected(exited(143, 0));

        web.at(20).take(new Input.EventsEnded()).take(new Input.EventsBegun());

        assertThat(web.life().stoppedAt()).isEqualTo(time(0));
    }
}
