package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.Eventually;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.real.WatchdogProcess;

/** Holds, by files and by commands, of a jar that runs as a process of its own. */
class HoldIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private FakeContainer web;
    private Path run;

    @BeforeEach
    void beginTheEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
        web = engine.add("web", FakeContainer::running);
        run = folder.resolve("run");
    }

    @AfterEach
    void endTheEngine() {
        engine.close();
    }

    private WatchdogProcess watch(List<String> by) {
        return WatchdogProcess.start(
                by,
                List.of(),
                Map.of(),
                "--list=web",
                "--time=200ms",
                "--settle=200ms",
                "--log-level=debug",
                "--host=" + engine.host(),
                "--run=" + run);
    }

    private WatchdogProcess watch() {
        WatchdogProcess watchdog = watch(List.of());
        try {
            watchdog.awaitLine("INFO connected", LIMIT);
            return watchdog;
        } catch (AssertionError e) {
            watchdog.close();
            throw e;
        }
    }

    /** A command that ends, with its exit status as its first line. */
    private List<String> command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--run=" + run);
        try (WatchdogProcess command = WatchdogProcess.start(all.toArray(new String[0]))) {
            List<String> said = new ArrayList<>();
            said.add(Integer.toString(command.awaitExit(LIMIT)));
            said.addAll(command.stdout());
            said.addAll(command.stderr());
            return said;
        }
    }

    private void crashesAndIsLeft(WatchdogProcess watchdog) {
        web.crash(1);
        watchdog.awaitLine("INFO web .*leaving it, because it crashed with code 1, and it is held", LIMIT);
        watchdog.awaitPasses(3, LIMIT);
        assertThat(web.startCount()).isZero();
    }

    @Test
    void whatIsHeldIsNotStartedBeforeItIsReleased() {
        try (WatchdogProcess watchdog = watch()) {
            assertThat(command("hold", "web")).containsExactly("0", "web: held");
            watchdog.awaitLine(
                    "INFO web .*: held, nothing is done with it \\(docker-watchdog release web ends that\\)", LIMIT);
            crashesAndIsLeft(watchdog);

            assertThat(command("release", "web")).containsExactly("0", "web: released");

            watchdog.awaitLine("INFO web .*: released, nothing holds it any more", LIMIT);
            watchdog.awaitLine("INFO web .*: running again", LIMIT);
            assertThat(watchdog.stderr()).isEmpty();
        }
    }

    @Test
    void aHoldForAWhileEndsByItself() {
        try (WatchdogProcess watchdog = watch()) {
            assertThat(command("hold", "web", "--for=4s").get(1)).startsWith("web: held until 20");
            watchdog.awaitLine("INFO web .*: held until 20[^ ]*Z, nothing is done with it", LIMIT);
            crashesAndIsLeft(watchdog);

            watchdog.awaitLine("INFO web .*: running again", LIMIT);
            assertThat(run.resolve("hold")).isEmptyDirectory();
        }
    }

    @Test
    void touchAndRmDoTheSameAndSoDoesAGlob() throws IOException {
        try (WatchdogProcess watchdog = watch()) {
            Path hold = Files.createFile(run.resolve("hold").resolve("w*"));
            watchdog.awaitLine("INFO web .*: held, .*release 'w\\*' ends that", LIMIT);
            crashesAndIsLeft(watchdog);
            assertThat(command("release", "web"))
                    .containsExactly("1", "watchdog: web: is still held, by w*; release that");

            Files.delete(hold);

            watchdog.awaitLine("INFO web .*: running again", LIMIT);
        }
    }

    @Test
    void aHoldIsTakenInWithinASecondWhateverTheInterval() throws IOException {
        try (WatchdogProcess watchdog =
                WatchdogProcess.start("--list=web", "--time=1h", "--host=" + engine.host(), "--run=" + run)) {
            watchdog.awaitLine("INFO connected", LIMIT);
            Files.createFile(run.resolve("hold/web"));

            watchdog.awaitLine("INFO web .*: held", LIMIT);
        }
    }

    @Test
    void aHoldSurvivesARestartOfWatchdogAndAnEngineThatIsAway() {
        try (WatchdogProcess first = watch()) {
            assertThat(command("hold", "web").get(0)).isEqualTo("0");
            first.awaitLine("INFO web .*: held", LIMIT);
            first.terminate();
        }
        engine.stop();
        web.crash(1);
        try (WatchdogProcess second = watch(List.of())) {
            second.awaitLine("WARN no engine", LIMIT);
            engine.start();

            second.awaitLine("DEBUG web .*leaving it, because it exited with code 1, .*, and it is held", LIMIT);
            second.awaitPasses(3, LIMIT);
            assertThat(web.startCount()).isZero();
        }
    }

    @Test
    void aTextThatCannotBeReadHoldsAndIsAWarning() throws IOException {
        try (WatchdogProcess watchdog = watch()) {
            Files.writeString(run.resolve("hold/web"), "till morning");

            watchdog.awaitLine("WARN web .*: held, .* cannot be read: 'till morning' is neither a time", LIMIT);
            crashesAndIsLeft(watchdog);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"077", "000", "022"})
    void onlyTheOwnerAndTheGroupMayEnterWhateverTheMask(String mask) {
        try (WatchdogProcess watchdog = watch(List.of("sh", "-c", "umask " + mask + "; exec \"$@\"", "sh"))) {
            watchdog.awaitLine("INFO connected", LIMIT);

            assertThat(mode(run)).isEqualTo(0750);
            assertThat(mode(run.resolve("hold"))).isEqualTo(02770);
        }
    }

    private static int mode(Path path) {
        return Eventually.within(
                LIMIT, path + " is there", () -> (int) Files.getAttribute(path, "unix:mode") & 07777, mode -> true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hold ../web", "hold a/b", "hold ..", "hold web --for=soon", "hold", "release -- -x", "release"})
    void wrongArgumentsAreRefused(String arguments) {
        List<String> said = command(arguments.split(" "));

        assertThat(said.get(0)).isEqualTo("2");
        assertThat(said.get(1)).startsWith("watchdog: ");
        assertThat(run).doesNotExist();
    }

    @Test
    void whereNoWatchdogRunsThatIsSaid() {
        assertThat(command("hold", "web"))
                .containsExactly(
                        "1",
                        "watchdog: " + run.resolve("hold") + " is not there; is a watchdog running, with --run=" + run
                                + "?");
    }

    @Test
    void psShowsWhatIsHeld() {
        try (WatchdogProcess watchdog = watch()) {
            assertThat(command("hold", "web").get(0)).isEqualTo("0");
            watchdog.awaitLine("INFO web .*: held", LIMIT);

            assertThat(command("ps", "--list=web", "--host=" + engine.host()))
                    .last()
                    .asString()
                    .contains("leave: it is running, and it is held");
        }
    }
}
