package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are told after a listing or an inspection has shown what came of them. */
class LateEventsTest {

    private static LifeBench stopping() {
        return LifeBench.running(new RulesBuilder().mode(RestartMode.ALWAYS).build())
                .take(new Input.Paused(true))
                .at(1)
                .signalled(15)
                .at(2);
    }

    /** The engine has what is paused go on before it stops it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPausedContainerThatAnOperatorStoppedIsNotTakenForCrashed(boolean isProven) {
        LifeBench web = stopping().withoutEvents().inListing(exited(143));
        if (isProven) {
            web.inspected(exited(143, 2));
        }
        web.take(new Input.Paused(false)).died(143);

        assertThat(web.calls()).doesNotContain("start");
        assertThat(web.decision()).contains("stopped");
    }

    /** After the events have begun anew, it may have been started and paused without anybody telling. */
    @Test
    void aCrashAfterAnUnpauseIsOneIfAnEarlierStopIsInDoubt() {
        LifeBench web = stopping().died(143).inspected(exited(143, 2)).take(new Input.EventsBegun());
        web.take(new Input.Paused(false)).died(1);

        assertThat(web.life().phase()).isInstanceOf(Down.class);
        assertThat(((Down) web.life().phase()).cause()).isEqualTo(Cause.Accident.CRASH);
    }

    @Test
    void aPauseThatIsToldOfWhatIsThoughtToBeDownShowsThatItRuns() {
        LifeBench web = stopping().died(143).inspected(exited(143, 2)).take(new Input.Paused(true));

        assertThat(web.life().phase()).isInstanceOf(Up.class);
    }
}
