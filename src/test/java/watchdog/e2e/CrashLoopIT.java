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
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** A container that dies as soon as it is started, until it is mended. */
@ExtendWith(RealEngine.class)
class CrashLoopIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void isStartedAtEverLongerIntervalsAndRaisesOneAlarm(RealEngine engine, @TempDir Path shared) throws IOException {
        Container web = engine.run(
                "web", "--volume=" + shared + ":/shared", "sh", "-c", "test -e /shared/mended || exit 5; sleep 1000");
        engine.awaitExited(web, LIMIT);
        try (WatchdogProcess watchdog = engine.watch(
                "--list=" + web,
                "--time=200ms",
                "--backoff=200ms..2s",
                "--reset-after=2s",
                "--crash-loop=4/20s",
                "--settle=100ms",
                "--log-level=debug")) {
            watchdog.awaitLine("WARN " + web + ".*crash loop, 4 starts within 20 s", LIMIT);
            List<Instant> begun = times(watchdog.awaitLines(4, "INFO " + web + ".*starting, because", LIMIT));
            List<Instant> answered = times(watchdog.awaitLines(3, "DEBUG POST .*/start -> 204", LIMIT));
            // A tenth less at the least than 200 ms, 400 ms and 800 ms; the log has whole milliseconds.
            assertThat(begun.get(1)).isAfter(answered.get(0).plusMillis(178));
            assertThat(begun.get(2)).isAfter(answered.get(1).plusMillis(358));
            assertThat(begun.get(3)).isAfter(answered.get(2).plusMillis(718));
            watchdog.awaitLine(
                    "WARN " + web + ".*went down again at once, it crashed with code 5.*trying again in", LIMIT);

            Instant mended = Files.getLastModifiedTime(Files.createFile(shared.resolve("mended")))
                    .toInstant();

            engine.awaitStartedAfter(web, mended, LIMIT);
            watchdog.awaitLine("INFO " + web + ".*running again", LIMIT);
            watchdog.awaitLine("INFO " + web + ".*crash loop over, it has stayed up", LIMIT);
            assertThat(watchdog.linesWith("crash loop, ")).hasSize(1);
            assertThat(watchdog.linesWith("crash loop over")).hasSize(1);
        }
    }

    @Test
    void isGivenUpWhereThatIsWanted(RealEngine engine) {
        Container web = engine.run("web", "sh", "-c", "exit 5");
        try (WatchdogProcess watchdog = engine.watch(
                "--list=" + web,
                "--time=200ms",
                "--backoff=100ms..200ms",
                "--give-up-after=2",
                "--settle=100ms",
                "--log-level=debug")) {
            watchdog.awaitLine("ERROR " + web + ".*giving up, because it .* with code 5 after 2 tries in a row", LIMIT);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(watchdog.linesWith("ERROR.*giving up")).hasSize(1);
            assertThat(watchdog.linesWith("starting, because")).hasSize(2);
        }
    }

    private static List<Instant> times(List<String> lines) {
        return lines.stream().map(WatchdogProcess::time).toList();
    }
}
