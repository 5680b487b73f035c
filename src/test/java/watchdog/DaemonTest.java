package watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;

/** A process that makes one pass, or only tells what it would do. */
class DaemonTest {

    private static final Duration LONG_AGO = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private FakeEngine engine;

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
    }

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    /** How a process has ended, and what it said, without the times. */
    private record End(int status, List<String> said) {}

    private ProcessBuilder watchdog(String... args) {
        String[] all = Stream.concat(Stream.of("--host=" + engine.host()), Stream.of(args))
                .toArray(String[]::new);
        ProcessBuilder java = ForkedJvm.of(Main.class, List.of(), all).redirectErrorStream(true);
        java.environment().keySet().removeIf(name -> name.startsWith("DOCKER_") || name.equals("STATE_DIRECTORY"));
        return java.redirectOutput(folder.resolve("said").toFile());
    }

    private End ended(String... args) throws IOException, InterruptedException {
        int status = watchdog(args).start().waitFor();
        return new End(status, said());
    }

    private List<String> said() {
        try {
            return Files.readAllLines(folder.resolve("said")).stream()
                    .map(line -> line.replaceFirst("^[-0-9]+ [-+:.0-9]+ ", "").replaceAll(" \\([0-9a-f]{12}\\)", ""))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onceIsOverWhenWhatWasBegunHasItsOutcome() throws IOException, InterruptedException {
        FakeContainer web = engine.add("web").exited(1, LONG_AGO);
        engine.add("api");

        End end = ended("--once", "--list=web,api");

        assertThat(end.said())
                .anyMatch(line -> line.startsWith("INFO web: running again"))
                .last()
                .isEqualTo("INFO ending: all are up, or left as they are");
        assertThat(end.status()).isZero();
        assertThat(web.startCount()).isEqualTo(1);
    }

    @Test
    void onceStartsNothingASecondTimeAndSaysWhatIsNotUp() throws IOException, InterruptedException {
        FakeContainer web = engine.add("web").exited(1, LONG_AGO).diesAfterStart(4, Duration.ZERO);
        FakeContainer slow = engine.add("slow").exited(1, LONG_AGO).startDelay(Duration.ofSeconds(3));

        End end = ended("--once", "--list=web,slow,wbe", "--backoff=100ms..100ms");

        assertThat(end.said())
                .anyMatch(line -> line.startsWith("INFO slow: running again"))
                .contains("WARN web: went down again at once, it crashed with code 4")
                .last()
                .isEqualTo("WARN ending: not up: wbe, web");
        assertThat(end.status()).isEqualTo(3);
        assertThat(web.startCount()).isEqualTo(1);
        assertThat(slow.startCount()).isEqualTo(1);
    }

    @Test
    void onceWaitsForNoSettling() throws IOException, InterruptedException {
        FakeContainer web = engine.add("web").exited(1, Duration.ofSeconds(2));

        assertThat(ended("--once", "--list=web", "--settle=1h").status()).isEqualTo(3);
        assertThat(web.startCount()).isZero();
    }

    @Test
    void whatTheRulesLeaveIsWellForOnce() throws IOException, InterruptedException {
        engine.add("web").exited(0, LONG_AGO);

        assertThat(ended("--once", "--list=web", "--policy=on-failure").status())
                .isZero();
    }

    @Test
    void onceDoesNotWaitForAContainerThatCannotBeInspected() throws IOException, InterruptedException {
        FakeContainer web = engine.add("web");
        engine.fault("/containers/" + web.id() + "/json", Fault.hang());

        assertThat(ended("--once", "--list=web", "--timeout=500ms"))
                .returns(3, End::status)
                .extracting(end -> end.said().get(end.said().size() - 1))
                .isEqualTo("WARN ending: not up: web");
    }

    @Test
    void onceWithoutAnEngineIsAFailure() throws IOException, InterruptedException {
        engine.stop();

        assertThat(ended("--once", "--list=web"))
                .returns(1, End::status)
                .extracting(end -> end.said().get(end.said().size() - 1))
                .isEqualTo("ERROR ending: the engine does not list its containers");
    }

    @Test
    void onceAndDryTellsAllAndDoesNothing() throws IOException, InterruptedException {
        engine.add("web").exited(1, LONG_AGO);
        engine.add("api");
        engine.add("ill").withHealth("unhealthy");

        End end = ended("--once", "--dry-run", "--list=web,api,ill", "--restart-on=exited,unhealthy");

        assertThat(end.said())
                .contains(
                        "INFO web: would start it, because it exited with code 1, and nobody saw why",
                        "INFO api: would leave it, because it is running",
                        "INFO ill: would restart it, because it is unhealthy",
                        "WARN ending: not up: ill, web");
        assertThat(end.status()).isEqualTo(3);
        assertThat(engine.requests("POST", "*")).isEmpty();
    }

    @Test
    void aDryRunDecidesOnAndOnAndNothingIsPosted() throws IOException {
        FakeContainer web = engine.add("web").exited(1, LONG_AGO);
        Path state = folder.resolve("state.json");
        Process process = watchdog("--dry-run", "--list=web", "--time=200ms", "--state=" + state)
                .start();
        try {
            awaitSaid("web: would start it, because it exited with code 1, and nobody saw why");
            web.operatorStarts();
            awaitSaid("web: would leave it, because it is running");
            web.crash(3);
            awaitSaid("web: would start it, because it crashed with code 3");
            web.operatorStarts();
            web.operatorStops();
            awaitSaid("because an operator stopped it");
        } finally {
            process.destroy();
        }
        Eventually.within(LIMIT, "the end", () -> !process.isAlive());

        assertThat(engine.requests("POST", "*")).isEmpty();
        assertThat(state).doesNotExist();
    }

    private void awaitSaid(String part) {
        Eventually.within(LIMIT, part, this::said, lines -> lines.stream().anyMatch(line -> line.contains(part)));
    }
}
