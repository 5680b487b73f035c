package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** What labels say: which containers are watched, which never, and how. */
@ExtendWith(RealEngine.class)
class LabelsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void keepSomeFromEverBeingStarted(RealEngine engine) {
        List<Container> left = List.of(
                engine.run("disabled", "--label=watchdog.enable=false"),
                engine.run("one-off", "--label=com.docker.compose.oneoff=True"),
                engine.run("task", "--label=com.docker.swarm.task.id=abc"));
        Container removed = engine.run("removed", "--rm");
        Container web = engine.run("web", "--label=watchdog.enable=true");
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + engine.name("*"), "--time=200ms", "--log-level=debug")) {
            left.forEach(engine::kill9);
            Instant unused = engine.kill9(removed);
            Instant killed = engine.kill9(web);

            engine.awaitStartedAfter(web, killed, LIMIT);

            watchdog.awaitPasses(5, LIMIT);
            assertThat(left).noneMatch(engine::isRunning);
            assertThat(engine.docker("ps", "--all", "--quiet", "--filter=id=" + removed.id()))
                    .isEmpty();
            assertThat(watchdog.linesWith("starting, because")).hasSize(1).allMatch(line -> line.contains(web.name()));
            assertThat(watchdog.linesWith("DEBUG POST")).hasSize(1);
        }
    }

    @Test
    void choosePolicyByContainer(RealEngine engine) {
        Container failed = engine.run("failed", "--label=watchdog.policy=on-failure", "sh", "-c", "exit 3");
        Container done = engine.run("done", "--label=watchdog.policy=on-failure", "sh", "-c", "exit 0");
        Container stopped = engine.run("stopped", "--label=watchdog.policy=unless-stopped");
        Stream.of(failed, done).forEach(container -> engine.awaitExited(container, LIMIT));
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + engine.name("*"), "--time=200ms", "--settle=500ms", "--log-level=debug")) {
            engine.docker("stop", "--time=1", stopped.name());

            watchdog.awaitLine("INFO " + failed + ".*starting, because it exited with code 3", LIMIT);
            watchdog.awaitLine("INFO " + done + ".*leaving it, because it exited with code 0", LIMIT);
            watchdog.awaitLine("INFO " + stopped + ".*leaving it, because an operator stopped it", LIMIT);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(watchdog.linesWith("(" + done + "|" + stopped + ").*starting, because"))
                    .isEmpty();
        }
    }

    /** Docker 20.10 copies labels over the attributes of its events: signal 1 is HUP, which is not meant to stop anything. */
    @Test
    void doNotPassForWhatTheEngineTells(RealEngine engine) {
        Container killed = engine.run("killed", "--label=signal=1", "--label=watchdog.policy=unless-stopped");
        Container crashed = engine.run("crashed", "--label=exitCode=0", "--label=watchdog.policy=on-failure");
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + engine.name("*"), "--time=200ms", "--settle=500ms", "--log-level=debug")) {
            watchdog.awaitPasses(2, LIMIT);
            engine.docker("kill", killed.name());
            Instant crash = engine.kill9(crashed);

            engine.awaitStartedAfter(crashed, crash, LIMIT);

            watchdog.awaitLine("INFO " + killed + ".*leaving it, because an operator stopped it", LIMIT);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(engine.isRunning(killed)).isFalse();
        }
    }

    @Test
    void areNamedOnceWhenTheirValuesAreWrong(RealEngine engine) {
        Container web = engine.run(
                "web",
                "--label=watchdog.enable=yes",
                "--label=watchdog.policy=sometimes",
                "--label=watchdog.stop-timeout=soon");
        try (WatchdogProcess watchdog = engine.watch("--list=" + web, "--time=200ms", "--log-level=debug")) {
            watchdog.awaitLine("WARN " + web + ".*label watchdog.enable=yes, which is neither true nor false", LIMIT);
            watchdog.awaitLine("WARN " + web + ".*label watchdog.policy=sometimes, which is none of always", LIMIT);
            watchdog.awaitLine("WARN " + web + ".*label watchdog.stop-timeout=soon, which is not a number", LIMIT);
            Instant killed = engine.kill9(web);

            engine.awaitStartedAfter(web, killed, LIMIT);

            watchdog.awaitPasses(3, LIMIT);
            assertThat(watchdog.linesWith("WARN")).hasSize(3);
        }
    }

    @Test
    void chooseWhatIsWatchedWithoutAnyName(RealEngine engine) {
        String value = engine.name("keep");
        Container web = engine.run("web", "--label=test.watch=" + value);
        Container other = engine.run("other", "--label=test.watch=" + value + "-not");
        try (WatchdogProcess watchdog =
                engine.watch("--label=test.watch=" + value, "--time=200ms", "--log-level=debug")) {
            Instant unused = engine.kill9(other);
            Instant killed = engine.kill9(web);
            engine.awaitStartedAfter(web, killed, LIMIT);

            Container late = engine.run("late", "--label=test.watch=" + value);
            Instant lateKilled = engine.kill9(late);
            engine.awaitStartedAfter(late, lateKilled, LIMIT);

            watchdog.awaitPasses(3, LIMIT);
            assertThat(engine.isRunning(other)).isFalse();
            assertThat(watchdog.stdout()).noneMatch(line -> line.contains(other.name()));
        }
    }

    @Test
    void doNotKeepDockersOwnPolicyFromBeingNamedOnce(RealEngine engine) {
        Container web = engine.run("web", "--restart=unless-stopped");
        try (WatchdogProcess watchdog = engine.watch("--list=" + web, "--time=200ms", "--log-level=debug")) {
            watchdog.awaitLine("INFO " + web + ".*has Docker's restart policy 'unless-stopped' too", LIMIT);
            Instant killed = engine.kill9(web);
            Instant started = engine.awaitStartedAfter(web, killed, LIMIT);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(watchdog.linesWith("restart policy")).hasSize(1);
            assertThat(engine.startedAt(web)).isEqualTo(started);
        }
    }
}
