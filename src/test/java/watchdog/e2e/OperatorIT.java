package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/**
 * An operator at work is never hindered: no command fails, and each container is started by the operator alone, once.
 * {@code -Dwatchdog.test.rounds=1000} makes it a long day.
 */
@ExtendWith(RealEngine.class)
class OperatorIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROUNDS = Integer.getInteger("watchdog.test.rounds", 10);
    private static final String STARTS = "(re)?starting, because";

    /** What an operator does, by commands each of which must succeed. */
    private interface Act {
        void on(String name);
    }

    /** With frequent looks, which could get in the way, and the settle time that there is unless set. */
    private static WatchdogProcess watch(RealEngine engine) {
        return engine.watch("--list=" + engine.name("web"), "--time=100ms");
    }

    /** Does it, and proves that there were these starts, all of them the operator's. */
    private static void act(RealEngine engine, WatchdogProcess watchdog, int starts, String what, Act act) {
        String name = engine.name("web");
        Instant before = Instant.now();

        act.on(name);

        Container web = engine.container(name);
        assertThat(engine.isRunning(web)).as("running after " + what).isTrue();
        assertThat(engine.eventsSince(before, web))
                .as("events of " + what)
                .filteredOn("start"::equals)
                .hasSize(starts);
        assertThat(watchdog.linesWith(STARTS)).as("by watchdog during " + what).isEmpty();
    }

    @Test
    @Timeout(7200)
    void isNotDisturbedWhenReplacingAndRestarting(RealEngine engine) {
        engine.run("web");
        try (WatchdogProcess watchdog = watch(engine)) {
            for (int round = 1; round <= ROUNDS; round++) {
                act(engine, watchdog, 1, "stop, rm and run in round " + round, name -> {
                    engine.docker("stop", "--time=1", name);
                    engine.docker("rm", name);
                    engine.run("web");
                });
                act(
                        engine,
                        watchdog,
                        1,
                        "restart in round " + round,
                        name -> engine.docker("restart", "--time=1", name));
            }
            assertThat(watchdog.stderr()).isEmpty();
        }
    }

    @Test
    void isNotDisturbedByAnyOtherCommand(RealEngine engine) {
        engine.run("web");
        try (WatchdogProcess watchdog = watch(engine)) {
            act(engine, watchdog, 1, "rm -f and run", name -> {
                engine.docker("rm", "--force", name);
                engine.run("web");
            });
            act(engine, watchdog, 1, "rm -f of what is stopped, and run", name -> {
                engine.docker("stop", "--time=1", name);
                engine.docker("rm", "--force", name);
                engine.run("web");
            });
            act(engine, watchdog, 1, "kill and start", name -> {
                engine.docker("kill", name);
                engine.docker("start", name);
            });
            act(engine, watchdog, 1, "kill by SIGUSR1 and start", name -> {
                engine.docker("kill", "--signal=USR1", name);
                engine.awaitExited(engine.container(name), LIMIT);
                engine.docker("start", name);
            });
            act(engine, watchdog, 0, "pause and unpause", name -> {
                engine.docker("pause", name);
                engine.docker("unpause", name);
            });
            act(engine, watchdog, 1, "restart of what is paused", name -> {
                engine.docker("pause", name);
                engine.docker("restart", "--time=1", name);
            });
            act(engine, watchdog, 0, "rename and back", name -> {
                engine.docker("rename", name, name + "-old");
                engine.docker("rename", name + "-old", name);
            });
            act(engine, watchdog, 1, "rename, replacement, and removal of the old one", name -> {
                engine.docker("rename", name, name + "-old");
                engine.run("web");
                engine.docker("stop", "--time=1", name + "-old");
                engine.docker("rm", name + "-old");
            });
            act(engine, watchdog, 1, "creation and a start later", name -> {
                engine.docker("rm", "--force", name);
                engine.create("web");
                engine.docker("start", name);
            });
        }
    }

    @Test
    void isAnsweredOnceTheStopHasSettled(RealEngine engine) {
        Container web = engine.run("web");
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + web, "--time=100ms", "--settle=2s", "--log-level=debug")) {
            // That it is connected does not mean that events are told yet.
            watchdog.awaitLine("GET /events.* 200", LIMIT);
            engine.docker("stop", "--time=1", web.name());
            Instant stopped = engine.finishedAt(web);

            Instant started = engine.awaitStartedAfter(web, stopped, LIMIT);

            assertThat(Duration.between(stopped, started)).isGreaterThan(Duration.ofSeconds(2));
            watchdog.awaitLine(web + ".*waiting .*, because an operator stopped it, but its policy is always", LIMIT);
            watchdog.awaitLine(web + ".*starting, because an operator stopped it, but its policy is always", LIMIT);
            assertThat(engine.eventsSince(stopped, web)).containsOnlyOnce("start");
        }
    }

    /** By default the stop would be left alone for ten seconds. */
    @Test
    void doesNotMakeACrashAStopByASignalThatTheProcessOutlives(RealEngine engine) {
        Container web = engine.run("web", "sh", "-c", "trap 'sleep 3; exit 7' HUP; while :; do sleep 0.1; done");
        try (WatchdogProcess watchdog = watch(engine)) {
            Instant before = Instant.now();
            engine.docker("kill", "--signal=HUP", web.name());

            Instant started = engine.awaitStartedAfter(web, before, LIMIT);

            assertThat(Duration.between(engine.finishedAt(web), started)).isLessThan(Duration.ofSeconds(5));
            watchdog.awaitLine(web + ".*starting, because it crashed with code 7", LIMIT);
        }
    }
}
