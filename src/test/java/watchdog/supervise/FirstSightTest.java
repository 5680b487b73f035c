package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import watchdog.policy.ContainerState;
import watchdog.policy.LabelSelector;
import watchdog.policy.Rules;

/** What watchdog sees for the first time. */
class FirstSightTest extends SupervisorBench {

    @Test
    void whatHasExitedIsLookedAtThenStartedAndTheRestIsLeft() {
        bench.exited("web", 137);
        bench.running("api");
        bench.running("db-1").inState(ContainerState.PAUSED);
        bench.exited("unlisted", 137);

        bench.handle(bench.listing());
        assertThat(bench.starts).isEmpty();
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.told.facts()).startsWith("start web: it exited with code 137, and nobody saw why");
        assertThat(bench.told.left()).contains("api: it is running", "db-1: somebody paused it");
    }

    @Test
    void eachContainerIsLookedAtOnceHoweverOftenItIsListed() {
        bench.running("web");
        bench.running("api");

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.looks).containsExactly("web", "api");
    }

    @Test
    void nothingIsDoneUntilItCouldBeLookedAt() {
        Box web = bench.exited("web", 1).cannotBeLookedAt();
        bench.withEvents().watch(Duration.ofMinutes(1));
        assertThat(bench.starts).isEmpty();

        web.canBeLookedAt();
        bench.pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void aPassOverWhatIsDownLooksAtWhatCouldNotBeLookedAtAndAtNothingElse() {
        bench.running("api");
        Box web = bench.exited("web", 1).cannotBeLookedAt();
        bench.withEvents().pass();
        bench.passOverDown();
        assertThat(bench.starts).isEmpty();
        int looks = bench.looks.size();

        web.canBeLookedAt();
        bench.passOverDown();

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.looks.subList(looks, bench.looks.size())).containsOnly("web");
        assertThat(bench.size()).isEqualTo(2);
    }

    @Test
    void aPassOverWhatIsDownFindsWhatWentDownWithoutAnEventAndLooksUntilThatSucceeds() {
        Box web = bench.running("web");
        bench.withEvents().pass();
        bench.stall(Duration.ofHours(1));
        web.inState(ContainerState.EXITED).cannotBeLookedAt();
        bench.passOverDown();
        bench.passOverDown();
        assertThat(bench.starts).isEmpty();

        web.canBeLookedAt();
        bench.passOverDown();
        bench.wait(SETTLE);

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void aPassOverWhatIsDownFindsWhatCameUpWithoutAnEvent() {
        Box web = bench.exited("web", 0);
        bench.withEvents().pass();
        bench.starts.clear();
        web.stop();
        bench.passOverDown();
        bench.wait(SECOND);
        web.inState(ContainerState.RUNNING).cannotBeLookedAt();
        bench.passOverDown();
        web.canBeLookedAt();
        bench.passOverDown();

        assertThat(bench.told.left()).contains("web: it is running");
        bench.watch(SETTLE.multipliedBy(2));
        assertThat(bench.starts).isEmpty();
    }

    @Test
    void aPassOverWhatIsDownFindsWhatIsNew() {
        bench.running("api");
        bench.withEvents().pass();
        bench.exited("web", 1);

        bench.passOverDown();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void thatWhatItIsToldOfAContainerCannotBeReadIsToldOnce() {
        Box web = bench.exited("web", 1).cannotBeRead();
        bench.exited("api", 1);

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.told.count("not inspected web: engine: not JSON")).isEqualTo(1);
        assertThat(bench.starts).containsExactly("api");
        web.canBeLookedAt();
        bench.watch(Duration.ofMinutes(1));
        assertThat(bench.starts).containsExactly("api", "web");
    }

    @Test
    void thatItMayNotBeLookedAtIsToldOnceAndOnceMoreWhenTheReasonChanges() {
        Box web = bench.exited("web", 1).mayNotBeLookedAt(403, "Forbidden");
        bench.withEvents().watch(Duration.ofMinutes(1));
        web.mayNotBeLookedAt(500, "layer does not exist");
        bench.watch(Duration.ofMinutes(1));
        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.facts())
                .containsExactly(
                        "missing api,db-*",
                        "not inspected web: engine: 403 Forbidden",
                        "not inspected web: engine: 500 layer does not exist");

        web.canBeLookedAt();
        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).containsExactly("web");
        assertThat(bench.told.facts()).contains("start web: it exited with code 1, and nobody saw why");
    }

    @Test
    void whatIsGoneWhenLookedAtIsForgotten() {
        Box web = bench.exited("web", 1);
        bench.handle(bench.listing());

        web.remove();
        bench.finishWork();

        assertThat(bench.size()).isZero();
        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.facts()).containsExactly("missing api,db-*");
    }

    @Test
    void anExitNobodySawIsLeftForTheSettleTime() {
        bench.exited("web", 143, Duration.ofSeconds(3));

        bench.pass();
        assertThat(bench.starts).isEmpty();
        assertThat(bench.told.facts()).contains("wait web: it exited with code 143, and nobody saw why");

        bench.wait(SETTLE);
        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void anExitNobodySawIsTakenAtOnceIfTheListingSaysItWasLongAgo() {
        bench.exited("web", 143, SETTLE.plus(SECOND));

        bench.pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void labelsWithWrongValuesAreToldOnceAndTheDefaultsHold() {
        bench.exited("web", 0).label("watchdog.policy", "sometimes").label("watchdog.enable", "maybe");

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.told.count("label problem web: watchdog.policy=sometimes"))
                .isEqualTo(1);
        assertThat(bench.told.count("label problem web: watchdog.enable=maybe")).isEqualTo(1);
        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void dockersOwnRestartPolicyIsToldOnce() {
        bench.running("web").dockerPolicy = "always";
        bench.running("api");

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.told.facts()).containsExactly("missing db-*", "docker policy web");
    }

    @Test
    void whatTheEngineRemovesByItselfIsLeft() {
        bench.exited("web", 1).autoRemove = true;

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void whatIsDisabledByItsLabelIsLeft() {
        bench.exited("web", 1).label("watchdog.enable", "false");

        bench.watch(Duration.ofMinutes(1));

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void aLabelIsAsGoodAsAName() {
        bench = new Bench("api", List.of(LabelSelector.parse("team=a")), Rules.DEFAULT);
        bench.exited("web", 1).label("team", "a");
        bench.exited("www", 1).label("team", "b");

        bench.pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void whatIsCreatedAndStartedWhileWatchedIsLookedAtByItsEvents() {
        bench.withEvents().pass();
        Box web = bench.running("web");
        web.tell("create");
        web.tell("start");
        bench.finishWork();

        assertThat(bench.looks).containsExactly("web");
        web.crash(1);
        bench.finishWork();
        assertThat(bench.starts).containsExactly("web");
    }
}
