package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import watchdog.Eventually;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** A container that runs, and whose health check fails. */
@ExtendWith(RealEngine.class)
class UnhealthyIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Healthy while it has the file; SIGTERM does not end it, so it takes its whole stop timeout. */
    private static final String[] HEALTHY_AT_FIRST = {
        "--health-cmd=test -e /tmp/ok",
        "--health-interval=1s",
        "--health-retries=1",
        "--stop-timeout=20",
        "--label=watchdog.stop-timeout=1",
        "sh",
        "-c",
        "touch /tmp/ok; while :; do sleep 1; done"
    };

    private static void spoil(RealEngine engine, Container container) {
        engine.docker("exec", container.name(), "rm", "/tmp/ok");
    }

    private static void awaitHealth(RealEngine engine, Container container, String health) {
        Eventually.within(
                LIMIT,
                container + " is " + health,
                () -> engine.inspect(container, "{{.State.Health.Status}}"),
                health::equals);
    }

    @Test
    void isRestartedOnceWithItsStopTimeout(RealEngine engine) {
        Container web = engine.run("web", HEALTHY_AT_FIRST);
        awaitHealth(engine, web, "healthy");
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + web, "--time=200ms", "--restart-on=exited,unhealthy", "--log-level=debug")) {
            Instant before = Instant.now();
            spoil(engine, web);
            Instant decided = WatchdogProcess.time(
                    watchdog.awaitLine("INFO " + web + ".*restarting, because it is unhealthy", LIMIT));

            Instant started = engine.awaitStartedAfter(web, before, LIMIT);

            assertThat(Duration.between(decided, engine.finishedAt(web)))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
            watchdog.awaitLine("INFO " + web + ".*running again", LIMIT);
            awaitHealth(engine, web, "healthy");
            watchdog.awaitPasses(3, LIMIT);
            assertThat(engine.startedAt(web)).isEqualTo(started);
            assertThat(watchdog.linesWith("starting, because")).hasSize(1);
        }
    }

    @Test
    void isRestartedAtLongerIntervalsWhileThatDoesNotHelp(RealEngine engine) {
        Container web = engine.run(
                "web", "--health-cmd=false", "--health-interval=1s", "--health-retries=1", "--stop-timeout=1");
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + web, "--time=200ms", "--restart-on=unhealthy", "--backoff=500ms..2s")) {
            List<Instant> restarts =
                    watchdog.awaitLines(3, "INFO " + web + ".*restarting, because it is unhealthy", LIMIT).stream()
                            .map(WatchdogProcess::time)
                            .toList();

            Duration first = Duration.between(restarts.get(0), restarts.get(1));
            Duration second = Duration.between(restarts.get(1), restarts.get(2));

            assertThat(first).isGreaterThan(Duration.ofMillis(450));
            assertThat(second).isGreaterThan(Duration.ofMillis(900));
        }
    }

    /** It ends with 0 on SIGTERM, and the engine gives it another exit code when the second half of the restart fails. */
    @Test
    void isBroughtUpAfterARestartThatTookItDownAndCouldNotStartIt(RealEngine engine, @TempDir Path folder)
            throws IOException {
        Path source = Files.createDirectory(folder.resolve("data"));
        Container web = engine.run(
                "web",
                "--mount=type=bind,source=" + source + ",target=/data",
                "--health-cmd=test -e /tmp/ok",
                "--health-interval=1s",
                "--health-retries=1",
                "sh",
                "-c",
                "trap 'exit 0' TERM; touch /tmp/ok; while :; do sleep 0.1; done");
        awaitHealth(engine, web, "healthy");
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + web, "--time=200ms", "--restart-on=unhealthy", "--backoff=500ms..1s")) {
            Files.delete(source);
            spoil(engine, web);
            watchdog.awaitLine("WARN " + web + ".*failed: .*does not exist", LIMIT);
            assertThat(engine.inspect(web, "{{.State.ExitCode}}")).isNotEqualTo("0");

            Instant back = Instant.now();
            Files.createDirectory(source);

            engine.awaitStartedAfter(web, back, LIMIT);
        }
    }

    @Test
    void isLeftAloneUnlessToldOtherwise(RealEngine engine) {
        Container web = engine.run("web", HEALTHY_AT_FIRST);
        awaitHealth(engine, web, "healthy");
        try (WatchdogProcess watchdog = engine.watch("--list=" + web, "--time=200ms", "--log-level=debug")) {
            Instant started = engine.startedAt(web);
            spoil(engine, web);
            awaitHealth(engine, web, "unhealthy");

            watchdog.awaitPasses(5, LIMIT);

            assertThat(engine.startedAt(web)).isEqualTo(started);
            assertThat(watchdog.linesWith("starting, because")).isEmpty();
        }
    }
}
