package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** Containers that join a namespace of another one: its network, unless said otherwise. */
@ExtendWith(RealEngine.class)
class DependentsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static WatchdogProcess watch(RealEngine engine, Container... containers) {
        StringBuilder list = new StringBuilder("--list=");
        for (Container container : containers) {
            list.append(container).append(',');
        }
        list.setLength(list.length() - 1);
        return engine.watch(
                list.toString(),
                "--dependents",
                "--time=200ms",
                "--settle=500ms",
                "--backoff=100ms..1s",
                "--log-level=debug");
    }

    private static Path namespace(RealEngine engine, Container container, String kind) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(engine.pid(container)), "ns", kind));
    }

    private static void assertBack(
            RealEngine engine, WatchdogProcess watchdog, Instant before, Container provider, Container dependent)
            throws IOException {
        assertBack(engine, watchdog, before, provider, dependent, "net");
        assertThat(watchdog.linesWith(dependent + ".*starting, because")).hasSize(1);
    }

    /** They share one namespace of that kind again, for which each was started once, the provider first, and then it is quiet. */
    private static void assertBack(
            RealEngine engine,
            WatchdogProcess watchdog,
            Instant before,
            Container provider,
            Container dependent,
            String kind)
            throws IOException {
        Instant providerStarted = engine.awaitStartedAfter(provider, before, LIMIT);
        Instant dependentStarted = engine.awaitStartedAfter(dependent, before, LIMIT);
        assertThat(dependentStarted).isAfter(providerStarted);

        watchdog.awaitPasses(6, LIMIT);

        assertThat(namespace(engine, dependent, kind)).isEqualTo(namespace(engine, provider, kind));
        assertThat(engine.startedAt(provider)).isEqualTo(providerStarted);
        assertThat(engine.startedAt(dependent)).isEqualTo(dependentStarted);
        assertThat(watchdog.linesWith(provider + ".*starting, because")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void areRestartedAfterTheProviderCrashed(RealEngine engine) throws IOException {
        Container vpn = engine.run("vpn");
        Container app = engine.run("app", "--network=container:" + vpn);
        try (WatchdogProcess watchdog = watch(engine, app, vpn)) {
            Instant killed = engine.kill9(vpn);

            assertBack(engine, watchdog, killed, vpn, app);

            watchdog.awaitLine(
                    "INFO " + app + ".*restarting, because the container whose namespace it joins was started anew",
                    LIMIT);
        }
    }

    @Test
    void areRestartedAfterAnOperatorRestartedTheProvider(RealEngine engine) throws IOException {
        Container vpn = engine.run("vpn");
        Container app = engine.run("app", "--network=container:" + vpn);
        try (WatchdogProcess watchdog = watch(engine, app, vpn)) {
            Instant before = Instant.now();
            engine.docker("restart", "--time=1", vpn.name());

            assertBack(engine, watchdog, before, vpn, app);
        }
    }

    /** Docker's own policy keeps the provider up, but knows nothing of what lives in its network. */
    @Test
    void areRestartedAlsoWhereTheProviderIsNotWatched(RealEngine engine) throws IOException {
        Container vpn = engine.run("vpn", "--restart=always");
        Container app = engine.run("app", "--network=container:" + vpn);
        try (WatchdogProcess watchdog = watch(engine, app)) {
            Instant killed = engine.kill9(vpn);

            assertBack(engine, watchdog, killed, vpn, app);
        }
    }

    @Test
    void areStartedAfterTheProviderWhenBothAreDown(RealEngine engine) throws IOException {
        Container vpn = engine.run("vpn");
        Container app = engine.run("app", "--network=container:" + vpn);
        Instant before = engine.kill9(app);
        Instant unused = engine.kill9(vpn);
        engine.awaitExited(app, LIMIT);
        engine.awaitExited(vpn, LIMIT);
        try (WatchdogProcess watchdog = watch(engine, app, vpn)) {
            assertBack(engine, watchdog, before, vpn, app);
        }
    }

    /** It runs on in the namespace of the provider's last run. */
    @Test
    void areRestartedAfterTheProviderOfTheirIpcNamespaceCrashed(RealEngine engine) throws IOException {
        Container db = engine.run("db", "--ipc=shareable");
        Container app = engine.run("app", "--ipc=container:" + db);
        try (WatchdogProcess watchdog = watch(engine, app, db)) {
            Instant killed = engine.kill9(db);

            assertBack(engine, watchdog, killed, db, app, "ipc");

            assertThat(watchdog.linesWith(app + ".*restarting, because .* was started anew"))
                    .hasSize(1);
        }
    }

    /** It dies with the provider, and cannot be started before it. */
    @Test
    void areStartedAfterTheProviderOfTheirPidNamespaceCrashed(RealEngine engine) throws IOException {
        Container db = engine.run("db");
        Container app = engine.run("app", "--pid=container:" + db);
        try (WatchdogProcess watchdog = watch(engine, app, db)) {
            Instant killed = engine.kill9(db);

            assertBack(engine, watchdog, killed, db, app, "pid");
        }
    }

    @Test
    void areNotRestartedUnlessToldSo(RealEngine engine) {
        Container vpn = engine.run("vpn");
        Container app = engine.run("app", "--network=container:" + vpn);
        Instant started = engine.startedAt(app);
        try (WatchdogProcess watchdog =
                engine.watch("--list=" + vpn + "," + app, "--time=200ms", "--log-level=debug")) {
            Instant killed = engine.kill9(vpn);
            engine.awaitStartedAfter(vpn, killed, LIMIT);
            watchdog.awaitPasses(5, LIMIT);
            assertThat(engine.startedAt(app)).isEqualTo(started);
        }
    }

    @Test
    void needToBeCreatedAnewWhenTheProviderIsGone(RealEngine engine) {
        Container vpn = engine.run("vpn");
        Container app = engine.run("app", "--network=container:" + vpn);
        try (WatchdogProcess watchdog = watch(engine, app, vpn)) {
            // Of a signal that is not told, nobody knows that it was an operator's.
            watchdog.awaitLine("GET /events.* 200", LIMIT);
            engine.docker("rm", "--force", vpn.name());
            engine.run("vpn");
            watchdog.awaitLine("ERROR " + app + ".*giving up, because .* it needs to be created anew", LIMIT);
            Instant unused = engine.kill9(app);

            watchdog.awaitPasses(5, LIMIT);

            assertThat(watchdog.linesWith("ERROR.*needs to be created anew")).hasSize(1);
            assertThat(watchdog.linesWith("starting, because")).isEmpty();

            engine.docker("rm", "--force", app.name());
            Container anew = engine.run("app", "--network=container:" + vpn);
            Instant killed = engine.kill9(anew);
            engine.awaitStartedAfter(anew, killed, LIMIT);
        }
    }
}
