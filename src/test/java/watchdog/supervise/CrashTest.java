package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import watchdog.policy.ContainerState;
import watchdog.policy.RestartMode;

/** What ends by itself. */
class CrashTest extends SupervisorBench {

    @Test
    void aCrashIsAnsweredAtOnceWithoutAPass() {
        Box web = watched("web");

        web.crash(3);

        assertThat(bench.work).hasSize(1);
        bench.finishWork();
        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.told.facts()).contains("start web: it crashed with code 3");
        bench.wait(SECOND);
        assertThat(bench.told.facts()).last().asString().startsWith("web Up[down=PT0.");
    }

    @Test
    void whatHasRunLongerThanItsBackOffIsStartedAtOnce() {
        Box web = watched("web");
        for (int crash = 1; crash <= 3; crash++) {
            web.crash(3);
            bench.finishWork();
            assertThat(bench.starts).hasSize(crash);
            bench.wait(SECOND.multipliedBy(12));
        }
    }

    @Test
    void theNextStartWaitsForTheBackOffAfterTheLastOneAndNotForAPass() {
        Box web = watched("web");
        web.crash(3);
        bench.finishWork();
        bench.wait(MOMENT.multipliedBy(1500));
        web.crash(3);
        bench.finishWork();
        assertThat(bench.starts).hasSize(2);

        bench.wait(MOMENT.multipliedBy(1500));
        web.crash(3);
        bench.wait(MOMENT.multipliedBy(490));
        assertThat(bench.starts).hasSize(2);
        bench.wait(MOMENT.multipliedBy(20));

        assertThat(bench.starts).hasSize(3);
        assertThat(bench.told.facts()).contains("wait web: it crashed with code 3");
    }

    @Test
    void whatHasStayedUpForLongIsStartedAtOnceAgain() {
        Box web = watched("web");
        for (int crashes = 1; crashes <= 3; crashes++) {
            web.crash(3);
            bench.finishWork();
            assertThat(bench.starts).hasSize(crashes);
            bench.wait(Duration.ofMinutes(2));
        }
    }

    @Test
    void aCrashLongAfterAHangUpIsACrash() {
        Box web = watched("web");
        web.tell("kill", "signal", "1");
        bench.watch(Duration.ofHours(1));

        web.crash(3);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.told.facts()).contains("start web: it crashed with code 3");
    }

    @Test
    void theWantOfMemoryIsToldAsTheReason() {
        Box web = watched("web");

        web.tell("oom");
        web.crash(137);
        bench.finishWork();

        assertThat(bench.told.facts()).contains("start web: it ran out of memory");
    }

    @Test
    void anOutOfMemoryOfAChildAloneStartsNothing() {
        Box web = watched("web");

        web.tell("oom");
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void whatDiesRightAfterItsStartIsStartedAgainOnlyAfterItsBackOff() {
        Box web = watched("web").diesAfterStart();
        web.crash(3);
        bench.finishWork();

        assertThat(bench.told.facts()).contains("web WentDown[exitCode=1]");
        bench.wait(SECOND.minus(MOMENT));
        assertThat(bench.starts).hasSize(1);

        bench.wait(MOMENT.multipliedBy(2));
        assertThat(bench.starts).hasSize(2);
    }

    @Test
    void whatTheEngineHasStartedMeanwhileIsLeft() {
        Box web = watched("web");
        web.crash(3);

        web.start();
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.facts()).contains("web NotNeeded[state=running]");
    }

    @Test
    void whoseTurnComesOnlyLaterIsLookedAtFirst() {
        Box web = watched("web");
        web.crash(3);
        web.rename("web-old");

        bench.stall(MOMENT.plus(SECOND));
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void whatDiedUnderAnotherNameIsLookedAtFirst() {
        Box web = watched("web");
        web.rename("0123456789ab_web");
        web.crash(3);
        bench.finishWork();
        bench.wait(SECOND);
        bench.looks.clear();

        web.rename("web");
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.looks).startsWith("web");
    }

    @Test
    void whatIsBeingRemovedIsNoFailedStart() {
        Box web = watched("web").startFails(409, "container is marked for removal and cannot be started");
        web.crash(3);
        web.inState(ContainerState.REMOVING);
        bench.finishWork();

        assertThat(bench.told.facts()).contains("web Gone[]").noneMatch(fact -> fact.contains("Failed"));
    }

    @Test
    void whatTheEngineMayStartItselfIsLookedAtFirst() {
        Box web = bench.running("web");
        web.dockerPolicy = "always";
        bench.withEvents().pass();
        web.crash(3);

        web.inState(ContainerState.RESTARTING);
        bench.finishWork();

        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.facts()).contains("web NotNeeded[state=restarting]");
    }

    @Test
    void whatHasJustDiedIsStartedWithoutALook() {
        Box web = watched("web");
        bench.looks.clear();
        web.crash(3);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.looks).isEmpty();
    }

    @Test
    void whatHasWaitedForItsStartIsLookedAtFirst() {
        Box web = watched("web").diesAfterStart();
        web.crash(3);
        bench.finishWork();
        bench.looks.clear();

        web.autoRemove = true;
        bench.wait(SECOND.plus(MOMENT));

        assertThat(bench.starts).hasSize(1);
        assertThat(bench.looks).containsExactly("web");
    }

    @Test
    void underOnFailureSuccessIsLeftAndFailureIsNot() {
        beginWith(with(RestartMode.ON_FAILURE));
        Box web = watched("web");
        web.crash(0);
        bench.watch(Duration.ofMinutes(1));
        assertThat(bench.starts).isEmpty();

        web.start();
        web.crash(1);
        bench.finishWork();
        assertThat(bench.starts).containsExactly("web");
    }
}
