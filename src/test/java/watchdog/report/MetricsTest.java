package watchdog.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Fact;
import watchdog.policy.Health;
import watchdog.policy.Life;
import watchdog.policy.Outcome;
import watchdog.policy.RestartCause;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;
import watchdog.policy.Setup;
import watchdog.policy.Status;
import watchdog.policy.Surroundings;
import watchdog.policy.Work;

/** What is counted of what is told, and how it is written. */
class MetricsTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final Metrics metrics = new Metrics("1.2.3");

    private static String id(String digit) {
        return digit.repeat(64);
    }

    private void known(String digit, String name) {
        known(digit, name, ContainerState.UNKNOWN);
    }

    private void known(String digit, String name, ContainerState state) {
        Life known = Life.of(id(digit), name, Setup.of(Map.of()), NOW);
        Life life = new Life(
                known.id(),
                name,
                NOW,
                known.setup(),
                known.isInspected(),
                known.isOpen(),
                known.knownSince(),
                known.phase().found(Status.of(state), NOW),
                known.operation(),
                known.attempts(),
                known.isOrphan(),
                known.telling(),
                known.wakeAt());
        metrics.changed(new RestartPolicy(Rules.DEFAULT).standing(life, Surroundings.NONE, NOW));
    }

    private void finished(String digit, String name, RestartCause cause, Outcome outcome) {
        Container container = new Container(id(digit), name, Status.of(ContainerState.RUNNING), Setup.of(Map.of()));
        metrics.tell(new Fact.Finished(container, Work.START, cause, outcome, true, null, 1));
    }

    private static Outcome up(@Nullable Duration down) {
        return new Outcome.Up(down, Health.NONE);
    }

    private List<String> lines() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.write(out);
        return out.toString(UTF_8).lines().toList();
    }

    /** The samples whose names begin so. */
    private List<String> samples(String name) throws IOException {
        return lines().stream().filter(line -> line.startsWith(name)).toList();
    }

    @Test
    void restartsAreCountedByContainerCauseAndOutcome() throws IOException {
        known("a", "web");
        known("b", "db");
        finished("a", "web", RestartCause.CRASH, up(Duration.ofMillis(300)));
        finished("a", "web", RestartCause.CRASH, up(null));
        finished("a", "web", RestartCause.OUT_OF_MEMORY, new Outcome.WentDown(OptionalInt.of(137)));
        finished("b", "db", RestartCause.UNHEALTHY, new Outcome.Unknown("reset", true));

        assertThat(samples("watchdog_restarts_total{"))
                .containsExactlyInAnyOrder(
                        "watchdog_restarts_total{cause=\"crash\",container=\"web\",outcome=\"up\"} 2.0",
                        "watchdog_restarts_total{cause=\"out-of-memory\",container=\"web\",outcome=\"went-down\"} 1.0",
                        "watchdog_restarts_total{cause=\"crash\",container=\"db\",outcome=\"up\"} 0.0",
                        "watchdog_restarts_total{cause=\"unhealthy\",container=\"db\",outcome=\"unknown\"} 1.0");
    }

    @Test
    void whatTheEngineWasNotAskedForIsNoRestart() throws IOException {
        known("a", "web");
        finished("a", "web", RestartCause.CRASH, new Outcome.Gone());
        finished("a", "web", RestartCause.CRASH, new Outcome.Unknown("refused", false));

        assertThat(samples("watchdog_restarts_total{")).allMatch(line -> line.endsWith(" 0.0"));
    }

    @Test
    void downtimeIsAHistogramByCause() throws IOException {
        known("a", "web");
        finished("a", "web", RestartCause.CRASH, up(Duration.ofMillis(300)));
        finished("a", "web", RestartCause.CRASH, up(Duration.ofSeconds(20)));
        finished("a", "web", RestartCause.OUTAGE, up(null));

        assertThat(samples("watchdog_downtime_seconds"))
                .contains(
                        "watchdog_downtime_seconds_bucket{cause=\"crash\",le=\"0.25\"} 0",
                        "watchdog_downtime_seconds_bucket{cause=\"crash\",le=\"0.5\"} 1",
                        "watchdog_downtime_seconds_bucket{cause=\"crash\",le=\"+Inf\"} 2",
                        "watchdog_downtime_seconds_count{cause=\"crash\"} 2",
                        "watchdog_downtime_seconds_sum{cause=\"crash\"} 20.3")
                .noneMatch(line -> line.contains("outage"));
    }

    @Test
    void howEachStandsIsAGaugeOfEach() throws IOException {
        known("a", "web");

        assertThat(samples("watchdog_container"))
                .containsExactly(
                        "watchdog_containers_watched 1.0",
                        "watchdog_container_well{container=\"web\"} 0.0",
                        "watchdog_container_down{container=\"web\"} 0.0",
                        "watchdog_container_waiting{container=\"web\"} 0.0",
                        "watchdog_container_given_up{container=\"web\"} 0.0",
                        "watchdog_container_held{container=\"web\"} 0.0",
                        "watchdog_container_crash_loop{container=\"web\"} 0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, 0",
        "PAUSED, 0",
        "UNKNOWN, 0",
        "EXITED, 1",
        "CREATED, 1",
        "RESTARTING, 1",
        "REMOVING, 1",
        "DEAD, 1"
    })
    void whatNeitherRunsNorIsPausedIsDown(ContainerState state, int down) throws IOException {
        known("a", "web", state);

        assertThat(samples("watchdog_container_down"))
                .containsExactly("watchdog_container_down{container=\"web\"} " + down + ".0");
    }

    @Test
    void whatIsGoneHasNoSeries() throws IOException {
        known("a", "web");
        finished("a", "web", RestartCause.CRASH, up(null));
        metrics.forgotten(id("a"));
        finished("a", "web", RestartCause.CRASH, new Outcome.Failed("late", container("a")));

        assertThat(lines()).noneMatch(line -> line.contains("\"web\"")).contains("watchdog_containers_watched 0.0");
    }

    private static Container container(String digit) {
        return new Container(id(digit), "web", Status.of(ContainerState.RUNNING), Setup.of(Map.of()));
    }

    @Test
    void whatIsCreatedAnewByTheSameNameGoesOn() throws IOException {
        known("a", "web");
        finished("a", "web", RestartCause.CRASH, up(null));
        known("b", "web");
        metrics.forgotten(id("a"));

        assertThat(samples("watchdog_restarts_total{"))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
        assertThat(samples("watchdog_container_well")).hasSize(1);
    }

    @Test
    void whatIsRenamedHasSeriesByItsNewNameOnly() throws IOException {
        known("a", "web");
        finished("a", "web", RestartCause.CRASH, up(null));
        known("a", "api");

        assertThat(lines()).noneMatch(line -> line.contains("\"web\"")).anyMatch(line -> line.contains("\"api\""));
    }

    @Test
    void tenThousandAreForgottenAtOnce() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            known("%04d".formatted(i), "c" + i);
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            metrics.forgotten(id("%04d".formatted(i)));
        }

        // It is a hundredth of that; with a search through all of the others it would be half a minute.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(samples("watchdog_restarts_total{")).isEmpty();
    }

    @Test
    void theEngineIsUpWhileItListsAndItsEventsAreCounted() throws IOException {
        assertThat(samples("watchdog_engine_up")).containsExactly("watchdog_engine_up 0.0");
        metrics.tell(new Fact.Listed(3, List.of(), false, Duration.ofMillis(7)));
        metrics.tell(new Fact.EventsBegun());
        metrics.tell(new Fact.EventsEnded("reset"));
        metrics.tell(new Fact.EventsBegun());

        assertThat(samples("watchdog_engine_"))
                .contains(
                        "watchdog_engine_up 1.0",
                        "watchdog_engine_listing_seconds_bucket{le=\"0.005\"} 0",
                        "watchdog_engine_listing_seconds_bucket{le=\"0.01\"} 1",
                        "watchdog_engine_events_connected 1.0",
                        "watchdog_engine_events_reconnects_total 1.0");

        metrics.tell(new Fact.EngineLost("refused", true, Duration.ZERO));
        metrics.tell(new Fact.EventsEnded("refused"));

        assertThat(samples("watchdog_engine_"))
                .contains("watchdog_engine_up 0.0", "watchdog_engine_events_connected 0.0");
    }

    @Test
    void ofTheLoopAreItsLastTurnAndItsQueue() throws IOException {
        metrics.watch(() -> Duration.ofMillis(7250), () -> 42);

        assertThat(samples("watchdog_loop_since_turn_seconds"))
                .containsExactly("watchdog_loop_since_turn_seconds 7.25");
        assertThat(samples("watchdog_loop_queue_length")).containsExactly("watchdog_loop_queue_length 42.0");
    }

    @Test
    void notificationsAreCountedByTargetAndOutcome() throws IOException {
        metrics.count("webhook 1 (https://hooks.example)", NotificationCounter.Result.SENT);
        metrics.count("webhook 1 (https://hooks.example)", NotificationCounter.Result.DROPPED);

        assertThat(samples("watchdog_notifications_total{"))
                .containsExactlyInAnyOrder(
                        "watchdog_notifications_total{outcome=\"sent\",target=\"webhook 1 (https://hooks.example)\"} 1.0",
                        "watchdog_notifications_total{outcome=\"dropped\",target=\"webhook 1 (https://hooks.example)\"} 1.0");
    }

    @Test
    void theBuildIsToldWithItsJava() throws IOException {
        assertThat(samples("watchdog_build_info"))
                .containsExactly(
                        "watchdog_build_info{java=\"" + System.getProperty("java.version") + "\",version=\"1.2.3\"} 1");
    }

    @Test
    void eachNameIsOfWatchdogAndHasOneTypeAndHelp() throws IOException {
        known("a", "web");
        metrics.watch(() -> Duration.ZERO, () -> 0);
        List<String> types = samples("# TYPE ");

        assertThat(types).hasSizeGreaterThan(12).doesNotHaveDuplicates().allMatch(line -> line.contains(" watchdog_"));
        assertThat(samples("# HELP ")).hasSameSizeAs(types);
    }

    @Test
    void namesAreEscaped() throws IOException {
        known("a", "a\"b\\c\nd");

        assertThat(samples("watchdog_container_well"))
                .containsExactly("watchdog_container_well{container=\"a\\\"b\\\\c\\nd\"} 0.0");
    }
}
