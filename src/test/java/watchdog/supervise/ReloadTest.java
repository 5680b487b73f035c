package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import watchdog.policy.ContainerState;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;

/** What goes on, and what does not, when other arguments are taken in. */
class ReloadTest extends SupervisorBench {

    private static final Rules RULES = Rules.DEFAULT;

    @Test
    void aBackOffGoesOnAsItWas() {
        Box web = watched("web").diesAfterStart();
        web.crash(1);
        bench.finishWork();
        bench.wait(Duration.ofSeconds(10));
        int before = bench.starts.size();
        Instant next = bench.nextDeadline().orElseThrow();

        bench.reload("web,api", RULES);

        assertThat(bench.starts).hasSize(before);
        assertThat(bench.nextDeadline()).contains(next);
        bench.wait(Duration.between(bench.now(), next).minus(SECOND));
        assertThat(bench.starts).hasSize(before);
        bench.wait(SECOND.multipliedBy(2));
        assertThat(bench.starts).hasSize(before + 1);
    }

    @Test
    void anOperatorsStopIsRemembered() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        bench.pass();

        bench.reload("web", with(RestartMode.UNLESS_STOPPED));
        bench.watch(Duration.ofMinutes(2));

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void whatIsDownIsDecidedByTheNewRulesAtOnce() {
        beginWith(with(RestartMode.UNLESS_STOPPED));
        Box web = watched("web");
        web.stop();
        bench.pass();
        bench.wait(SETTLE);

        bench.reload("web", with(RestartMode.ALWAYS));

        assertThat(bench.starts).containsExactly("web");
        assertThat(web.is.state()).isEqualTo(ContainerState.RUNNING);
    }

    @Test
    void whatIsTakenOffTheListIsLeftEvenBeforeTheNextListing() {
        Box web = watched("web");

        bench.reload("api", RULES);
        web.crash(1);
        bench.finishWork();
        bench.wait(Duration.ofMinutes(1));

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void whatIsTakenOffTheListIsForgottenWithTheNextListing() {
        watched("web");

        bench.reload("api", RULES);
        bench.pass();

        assertThat(bench.size()).isZero();
    }

    @Test
    void whatWaitsForItsTimeAndIsTakenOffTheListIsNotStarted() {
        Box web = watched("web");
        web.stop();
        bench.pass();

        bench.reload("api", RULES);
        bench.wait(SETTLE.multipliedBy(2));

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void whatIsCheckedBeforeItsStartAndIsTakenOffTheListIsNotStarted() {
        bench.exited("web", 1);
        bench.withEvents().handle(bench.listing());
        bench.work.remove().run();
        assertThat(bench.told.facts()).anyMatch(fact -> fact.startsWith("start web: "));

        bench.reload("api", RULES);

        assertThat(bench.looks).contains("web");
        assertThat(bench.starts).isEmpty();
    }

    @Test
    void whatIsNewOnTheListIsWatched() {
        Box other = bench.running("other");
        watched("web");

        bench.reload("web,other", RULES);
        bench.pass();
        other.crash(1);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("other");
    }

    @Test
    void aListingThatWasAskedForBeforeIsNotTakenIn() {
        watched("web");
        Signal.Listed byTheOldList = bench.listing();

        bench.reload("web,other", RULES);
        bench.handle(byTheOldList);

        assertThat(bench.told.facts()).noneMatch(fact -> fact.contains("missing other"));
    }

    @Test
    void whatIsMissingIsToldByTheNewList() {
        bench = new Bench("web,gone", RULES);
        bench.running("web");
        bench.withEvents().pass();

        bench.reload("web,other", RULES);
        bench.pass();

        assertThat(bench.told.facts())
                .containsSubsequence("missing gone", "reloaded web, other", "missing other")
                .noneMatch(fact -> fact.startsWith("appeared"));
    }

    @Test
    void whatIsMissingStillIsToldOnceMore() {
        bench = new Bench("web,gone", RULES);
        bench.running("web");
        bench.withEvents().pass();

        bench.reload("web,gone", RULES);
        bench.pass();

        assertThat(bench.told.facts()).containsSubsequence("missing gone", "reloaded web, gone", "missing gone");
    }

    @Test
    void whatIsRefusedIsToldAndChangesNothing() {
        Box web = watched("web");

        bench.handle(new Signal.NotReloaded("--time=never: no duration"));
        web.crash(1);
        bench.finishWork();

        assertThat(bench.told.facts()).contains("not reloaded: --time=never: no duration");
        assertThat(bench.starts).containsExactly("web");
    }
}
