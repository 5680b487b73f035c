package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** What must hold with whatever engine, and whatever stands before it. */
abstract class CoreTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROUNDS = 3;

    /** Within which time a crash is answered, and in what words. */
    abstract Duration longest(RealEngine engine);

    abstract String crashed(RealEngine engine);

    @Test
    void bringsBackWhatCrashedAndNothingElse(RealEngine engine) {
        Container web = engine.run("web");
        Container other = engine.run("other");
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + web, "--time=500ms", "--settle=5s", "--log-level=debug")) {
            Instant unused = engine.kill9(other);
            Instant killed = engine.kill9(web);

            Instant started = engine.awaitStartedAfter(web, killed, LIMIT);

            watchdog.awaitLine("INFO " + web + ".*starting, because " + crashed(engine), LIMIT);
            watchdog.awaitLine("INFO " + web + ".*running again, was down for ", LIMIT);
            watchdog.awaitPasses(2, LIMIT);
            assertThat(Duration.between(killed, started)).isLessThan(longest(engine));
            assertThat(engine.isRunning(other)).isFalse();
            assertThat(watchdog.linesWith("WARN|ERROR")).isEmpty();
        }
    }

    @Test
    void bringsBackWhatExitedBefore(RealEngine engine) {
        Container web = engine.run("web", "sh", "-c", "test -e /again && exec sleep 1000; touch /again; exit 3");
        engine.awaitExited(web, LIMIT);
        Instant before = engine.startedAt(web);
        try (WatchdogProcess watchdog = engine.watch("--list=" + web, "--time=500ms", "--settle=500ms")) {
            watchdog.awaitLine("INFO " + web + ".*starting, because it exited with code 3", LIMIT);
            engine.awaitStartedAfter(web, before, LIMIT);
        }
    }

    @Test
    void isNeverInAnOperatorsWay(RealEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog = engine.watch("--list=" + web, "--time=100ms")) {
            for (int round = 0; round < ROUNDS; round++) {
                engine.docker("stop", "--time=1", web.name());
                engine.docker("rm", web.name());
                engine.run("web");
                engine.docker("restart", "--time=1", web.name());
                engine.docker("rm", "--force", web.name());
                engine.run("web");
            }
            assertThat(engine.isRunning(web)).isTrue();
            assertThat(watchdog.linesWith("starting, because")).isEmpty();
        }
    }

    @Test
    void showsWhatItWouldDo(RealEngine engine) {
        Container web = engine.run("web");
        Container api = engine.run("api", "sh", "-c", "exit 3");
        engine.awaitExited(api, LIMIT);
        try (WatchdogProcess ps = WatchdogProcess.start("ps", "--list=" + web + "," + api, "--host=" + engine.host())) {
            assertThat(ps.awaitExit(LIMIT)).isZero();
            assertThat(ps.stderr()).isEmpty();
            assertThat(ps.linesWith(" exited +.* (start|wait): it exited with code 3.* " + api))
                    .hasSize(1);
            assertThat(ps.linesWith(" running +.* leave: it is running +" + web))
                    .hasSize(1);
        }
    }
}
