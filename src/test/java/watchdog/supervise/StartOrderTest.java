package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.Health;

/** In which order containers of a compose project are started that are found down together. */
class StartOrderTest extends SupervisorBench {

    private static final Duration LONG_AGO = Duration.ofHours(1);
    private static final Duration KEPT_FOR = Duration.ofMinutes(2);

    private Box down(String name, String project, String service, String dependsOn) {
        return bench.exited(name, 1, LONG_AGO)
                .label("com.docker.compose.project", project)
                .label("com.docker.compose.service", service)
                .label("com.docker.compose.depends_on", dependsOn);
    }

    @Test
    void whatIsDependedOnIsStartedFirst() {
        down("web", "shop", "front", "api:service_started:false");
        down("api", "shop", "api", "db:service_started:false,cache:service_started:true");
        down("db-1", "shop", "db", "");
        down("db-2", "shop", "cache", "");

        bench.withEvents().pass();
        assertThat(bench.starts).containsExactly("db-1", "db-2");
        bench.wait(SECOND);
        assertThat(bench.starts).containsExactly("db-1", "db-2", "api");
        assertThat(bench.told.facts())
                .contains("wait web: it exited with code 1, and nobody saw why, but compose starts api before it,"
                        + " which is waited for until then");
        bench.wait(SECOND);

        assertThat(bench.starts).containsExactly("db-1", "db-2", "api", "web");
    }

    @Test
    void healthIsWaitedForWhereComposeSaysSo() {
        down("api", "shop", "api", "db:service_healthy:false");
        Box db = down("db-1", "shop", "db", "").health(Health.STARTING);
        bench.withEvents().pass();
        bench.wait(Duration.ofSeconds(30));
        assertThat(bench.starts).containsExactly("db-1");

        db.becomes(Health.HEALTHY);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("db-1", "api");
    }

    @Test
    void healthIsNotWaitedForWhereComposeOnlyStarts() {
        down("api", "shop", "api", "db:service_started:false");
        down("db-1", "shop", "db", "").health(Health.STARTING);
        bench.withEvents().pass();
        bench.wait(SECOND);

        assertThat(bench.starts).containsExactly("db-1", "api");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "other:service_started:false",
                "front:service_started:false",
                "db:service_completed_successfully:false",
                "::",
                ",",
                "db-1"
            })
    void othersAreStartedAtOnce(String dependsOn) {
        down("web", "shop", "front", dependsOn);
        down("db-1", "shop", "db", "");
        bench.withEvents().pass();

        assertThat(bench.starts).containsExactlyInAnyOrder("db-1", "web");
    }

    @Test
    void aServiceOfAnotherProjectIsAnother() {
        down("web", "shop", "front", "db:service_started:false");
        down("db-1", "blog", "db", "");
        bench.withEvents().pass();

        assertThat(bench.starts).containsExactlyInAnyOrder("db-1", "web");
    }

    @Test
    void whatDoesNotComeUpIsWaitedForWithinABound() {
        down("web", "shop", "front", "db:service_started:false");
        down("db-1", "shop", "db", "").startFails(500, "no space left");
        bench.withEvents().pass();
        bench.wait(KEPT_FOR.minus(SECOND));
        assertThat(bench.starts).doesNotContain("web");

        bench.wait(SECOND);

        assertThat(bench.starts).contains("web");
    }

    @Test
    void eventsThatEndAgainAndAgainDoNotProlongTheWait() {
        down("web", "shop", "front", "db:service_started:false");
        down("db-1", "shop", "db", "").startFails(500, "no space left");
        bench.withEvents().pass();

        for (int minutes = 0; minutes < 3; minutes++) {
            bench.wait(Duration.ofMinutes(1));
            bench.eventsEnd();
            bench.withEvents().pass();
        }

        assertThat(bench.starts).contains("web");
    }

    @Test
    void twoThatWaitForEachOtherAreStartedInTheEnd() {
        down("web", "shop", "front", "db:service_started:false");
        down("db-1", "shop", "db", "front:service_started:false");
        bench.withEvents().pass();
        assertThat(bench.starts).isEmpty();

        bench.wait(KEPT_FOR);

        assertThat(bench.starts).containsExactlyInAnyOrder("web", "db-1");
    }

    @Test
    void whatIsLeftDownIsNotWaitedFor() {
        down("web", "shop", "front", "db:service_started:false");
        down("db-1", "shop", "db", "").label("watchdog.policy", "no");
        bench.withEvents().pass();

        assertThat(bench.starts).containsExactly("web");
    }

    @Test
    void whatCrashesLaterWaitsForNobody() {
        Box web = down("web", "shop", "front", "db:service_started:false");
        Box db = down("db-1", "shop", "db", "");
        bench.withEvents().pass();
        bench.wait(Duration.ofSeconds(10));
        bench.starts.clear();
        db.startFails(500, "no space left").crash(1);

        web.crash(1);
        bench.finishWork();

        assertThat(bench.starts).contains("web");
    }

    @Test
    void theOrderIsKeptAgainWhenTheEngineIsBack() {
        down("web", "shop", "front", "db:service_started:false");
        Box db = down("db-1", "shop", "db", "");
        bench.withEvents().pass();
        bench.watch(Duration.ofHours(1));
        bench.starts.clear();
        bench.eventsEnd();
        bench.engineGoes();
        db.endedUnseen(137);
        bench.find(bench.listing().watched().stream()
                        .filter(seen -> seen.name().equals("web"))
                        .findFirst()
                        .orElseThrow()
                        .id())
                .endedUnseen(137);

        bench.engineComes();
        assertThat(bench.starts).containsExactly("db-1");
        bench.wait(SECOND);

        assertThat(bench.starts).containsExactly("db-1", "web");
    }
}
