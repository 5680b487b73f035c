package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** The packaged jar, run as a user runs it, against a real engine. */
@ExtendWith(RealEngine.class)
class WatchdogIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static WatchdogProcess watch(RealEngine engine, Container... containers) {
        List<String> names = Stream.of(containers).map(Container::name).toList();
        return WatchdogProcess.start(
                "--list=" + String.join(",", names), "--time=500ms", "--settle=500ms", "--host=" + engine.host());
    }

    @Test
    void bringsBackWhatIsKilled(RealEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = watch(engine, web)) {
            watchdog.awaitLine("connected to Docker [0-9.]+.* \\(API 1\\.\\d+\\)", LIMIT);
            Instant before = engine.startedAt(web);

            engine.kill9(web);

            engine.awaitStartedAfter(web, before, LIMIT);
            String shortId = web.id().substring(0, 12);
            watchdog.awaitLine(
                    "INFO " + web + " \\(" + shortId + "\\): starting, because it was killed \\(SIGKILL, 137\\)",
                    LIMIT);
            watchdog.awaitLine(
                    "INFO " + web + " \\(" + shortId + "\\): running again, was down for [0-9.]+ m?s", LIMIT);
        }
    }

    @Test
    void bringsBackWhatExitedBefore(RealEngine engine) {
        Container web = engine.run("web", "sh", "-c", "test -e /again && exec sleep 1000; touch /again; exit 3");
        engine.awaitExited(web, LIMIT);
        Instant before = engine.startedAt(web);
        try (WatchdogProcess watchdog = watch(engine, web)) {
            watchdog.awaitLine(web + ".*starting, because it exited with code 3", LIMIT);
            engine.awaitStartedAfter(web, before, LIMIT);
        }
    }

    @Test
    void bringsBackSeveralAtOnceAndNothingElse(RealEngine engine) {
        List<Container> listed =
                Stream.of("a", "b", "c", "d", "e").map(engine::run).toList();
        Container other = engine.run("other");
        Container longer = engine.run("a-2");
        try (WatchdogProcess watchdog = watch(engine, listed.toArray(Container[]::new))) {
            watchdog.awaitLine("connected to", LIMIT);
            Instant before = Instant.now();
            engine.kill9(other);
            engine.kill9(longer);
            listed.forEach(engine::kill9);

            listed.forEach(container -> engine.awaitStartedAfter(container, before, LIMIT));
            watchdog.awaitLines(listed.size(), "running again", LIMIT);

            assertThat(engine.isRunning(other)).isFalse();
            assertThat(engine.isRunning(longer)).isFalse();
            assertThat(watchdog.stdout()).noneMatch(line -> line.contains(other.name()));
            assertThat(watchdog.stderr()).isEmpty();
        }
    }

    @Test
    void saysThatAContainerWentDownAgain(RealEngine engine) {
        Container web = engine.run("web", "sh", "-c", "exit 78");
        try (WatchdogProcess watchdog = watch(engine, web)) {
            watchdog.awaitLine("WARN " + web + ".*went down again at once, it crashed with code 78", LIMIT);
        }
    }

    @Test
    void saysThatWhatHasLostItsNetworkForGoodNeedsToBeCreatedAnew(RealEngine engine) {
        Container donor = engine.run("donor");
        Container web = engine.run("web", "--network=container:" + donor, "sh", "-c", "exit 1");
        engine.awaitExited(web, LIMIT);
        engine.docker("rm", "--force", donor.name());
        try (WatchdogProcess watchdog = watch(engine, web)) {
            watchdog.awaitLine(
                    "ERROR " + web + ".*giving up, because the container whose namespace it joins is gone", LIMIT);
        }
    }

    @Test
    void namesOnceWhatIsNotThereAndOnceThatItAppears(RealEngine engine) {
        String late = engine.name("late");
        try (WatchdogProcess watchdog =
                WatchdogProcess.start("-list=" + late, "-time=500ms", "--host=" + engine.host())) {
            watchdog.awaitLine("WARN no container is called " + late, LIMIT);
            engine.run("late");
            watchdog.awaitLine("INFO " + late + " .*: has appeared", LIMIT);
            assertThat(watchdog.stdout())
                    .filteredOn(line -> line.contains(late))
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void saysThatItEndsAndEndsWithTheStatusOfTheSignal(String signal, int status, RealEngine engine) {
        try (WatchdogProcess watchdog = watch(engine, engine.run("web"))) {
            watchdog.awaitLine("connected to", LIMIT);

            watchdog.signal(signal);

            assertThat(watchdog.awaitExit(LIMIT)).isEqualTo(status);
            assertThat(watchdog.stdout()).last().asString().endsWith("INFO stopped: asked to end");
        }
    }

    @Test
    void showsEachListingAndRequestAtLevelDebug(RealEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = WatchdogProcess.start(
                "--list=" + web, "--time=500ms", "--log-level=debug", "--host=" + engine.host())) {
            watchdog.awaitLine("DEBUG GET /containers/json\\S* -> 200 after [0-9.]+ ms", LIMIT);
            watchdog.awaitLine("DEBUG listed \\d+ containers, 1 watched: " + web + " running", LIMIT);
            watchdog.awaitLine("DEBUG " + web + ".*leaving it, because it is running", LIMIT);
        }
    }
}
