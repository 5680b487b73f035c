package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import watchdog.policy.ContainerState;

/** What does not stay up. */
class CrashLoopTest extends SupervisorBench {

    @Test
    void theAlarmAndTheAllClearAreToldOnce() {
        Box web = watched("web").diesAfterStart();
        web.crash(1);
        bench.finishWork();
        bench.watch(Duration.ofMinutes(8));
        assertThat(bench.told.count("crash loop web")).isEqualTo(1);
        assertThat(bench.told.count("crash loop over")).isZero();

        web.startSucceeds();
        bench.watch(Duration.ofMinutes(8));

        assertThat(bench.told.count("crash loop web")).isEqualTo(1);
        assertThat(bench.told.count("crash loop over web")).isEqualTo(1);
        assertThat(web.state()).isEqualTo(ContainerState.RUNNING);
    }

    @Test
    void theAllClearIsToldAtAPassOverWhatIsDown() {
        Box web = watched("web").diesAfterStart();
        web.crash(1);
        bench.finishWork();
        bench.watch(Duration.ofMinutes(8));
        web.startSucceeds();
        bench.wait(Duration.ofMinutes(8));
        assertThat(bench.told.count("crash loop over")).isZero();

        bench.passOverDown();

        assertThat(bench.told.count("crash loop over web")).isEqualTo(1);
    }

    @Test
    void fourStartsAreNoCrashLoop() {
        Box web = watched("web").diesAfterStart();
        web.crash(1);
        bench.finishWork();
        bench.wait(Duration.ofSeconds(6));
        assertThat(bench.starts).hasSize(3);

        web.startSucceeds();
        bench.watch(Duration.ofMinutes(30));
        assertThat(bench.starts).hasSize(4);

        assertThat(bench.told.count("crash loop")).isZero();
    }

    @Test
    void theIntervalsGrowUpToTheLargestAndTheTryingGoesOn() {
        watched("web").diesAfterStart().crash(1);
        bench.finishWork();

        bench.watch(Duration.ofHours(1));
        int inTheFirstHour = bench.starts.size();
        bench.watch(Duration.ofHours(1));

        assertThat(inTheFirstHour).isBetween(16, 22);
        assertThat(bench.starts.size() - inTheFirstHour).isBetween(11, 13);
    }

    @Test
    void whatIsGivenUpIsToldOnceAndTakenUpAgainOnceSomebodyStartsIt() {
        beginWith(giveUpAfter(3));
        Box web = watched("web").diesAfterStart();
        web.crash(1);
        bench.finishWork();
        bench.watch(Duration.ofHours(1));
        assertThat(bench.starts).hasSize(3);
        assertThat(bench.told.facts()).endsWith("giveup web: it crashed with code 1 after 3 tries in a row");

        web.startSucceeds().start();
        web.crash(1);
        bench.finishWork();

        assertThat(bench.starts).hasSize(4);
    }

    @Test
    void aStartThatFailsIsTriedForEverAndToldOnlyWhenItsReasonChanges() {
        Box web = watched("web").startFails(500, "port is already allocated");
        web.crash(1);
        bench.finishWork();
        bench.watch(Duration.ofHours(1));
        web.startFails(500, "no space left on device");
        bench.watch(Duration.ofHours(1));
        assertThat(bench.starts).hasSizeGreaterThan(20);

        assertThat(bench.told.facts())
                .containsExactly(
                        "missing api,db-*",
                        "start web: it crashed with code 1",
                        "web Failed[problem=engine: 500 port is already allocated]",
                        "web Failed[problem=engine: 500 no space left on device]");

        web.startSucceeds();
        bench.watch(Duration.ofMinutes(10));
        assertThat(bench.told.facts()).hasSize(5).last().asString().startsWith("web Up[down=PT2H");
    }

    @Test
    void aStartThatFailsIsNotGivenUpNorACrashLoop() {
        beginWith(giveUpAfter(3));
        watched("web").startFails(500, "port is already allocated").crash(1);
        bench.finishWork();

        bench.watch(Duration.ofHours(2));

        assertThat(bench.starts).hasSizeGreaterThan(20);
        assertThat(bench.told.count("giveup")).isZero();
        assertThat(bench.told.count("crash loop")).isZero();
    }

    @Test
    void aMissingNetworkIsNotTakenForAMissingContainer() {
        Box web = watched("web").startFails(404, "network backend not found");
        web.crash(1);
        bench.finishWork();
        assertThat(bench.told.facts()).endsWith("web Failed[problem=engine: 404 network backend not found]");

        web.startSucceeds();
        bench.wait(SECOND.multipliedBy(2));

        assertThat(web.state()).isEqualTo(ContainerState.RUNNING);
    }
}
