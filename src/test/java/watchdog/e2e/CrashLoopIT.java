package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern WAIT = Pattern.compile("went down again at once.*trying again in ([0-9.]+) (m?s)");

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
                "--settle=100ms")) {
            watchdog.awaitLine("WARN " + web + ".*crash loop, 4 starts within 20 s", LIMIT);
            // From the last start on; how long that ran is part of it.
            List<String> waits = watchdog.awaitLines(3, WAIT.pattern(), LIMIT);
            assertThat(waits.stream().limit(3).map(CrashLoopIT::wait))
                    .isSorted()
                    .satisfies(first -> {
                        assertThat(first.get(0)).isLessThanOrEqualTo(Duration.ofMillis(900));
                        assertThat(first.get(2)).isBetween(Duration.ofMillis(500), Duration.ofMillis(2200));
                    });
            watchdog.awaitLine("WARN " + web + ".*went down again at once, it crashed with code 5", LIMIT);

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
            watchdog.awaitLine(
                    "ERROR " + web + ".*giving up, because it .* with code 5 after 2 starts in a row", LIMIT);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(watchdog.linesWith("ERROR.*giving up")).hasSize(1);
            assertThat(watchdog.linesWith("starting, because")).hasSize(2);
        }
    }

    private static Duration wait(String line) {
        Matcher wait = WAIT.matcher(line);
        assertThat(wait.find()).isTrue();
        double millis = Double.parseDouble(wait.group(1)) * (wait.group(2).equals("s") ? 1000 : 1);
        return Duration.ofMillis(Math.round(millis));
    }
}
