package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import watchdog.real.RealEngine.Container;
import watchdog.real.TlsEngine;
import watchdog.real.WatchdogProcess;

/** The packaged jar beside {@code dockerd --tlsverify}; one test, for the engine takes seconds. */
@ExtendWith(TlsEngine.class)
class TlsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void bringsBackWhatCrashesBehindTls(TlsEngine engine) {
        Container web = engine.run("web");
        Path config = engine.makeContext("far");
        try (WatchdogProcess watchdog = WatchdogProcess.start(
                Map.of("DOCKER_CONFIG", config.toString(), "DOCKER_CONTEXT", "far"), "--list=" + web)) {
            watchdog.awaitLine("connected to ", LIMIT);
            assertThat(watchdog.stdout().get(0))
                    .endsWith("the engine is the one of docker's context far: " + engine.host());
            Instant killed = engine.kill9(web);
            engine.awaitStartedAfter(web, killed, LIMIT);
            watchdog.awaitLine("INFO " + web + ".*running again", LIMIT);
        }
        asOptionsSay(engine, web);
        asAStranger(engine, web);
    }

    private static void asOptionsSay(TlsEngine engine, Container web) {
        try (WatchdogProcess ps = WatchdogProcess.start(
                "ps",
                "--list=" + web,
                "--host=" + engine.host(),
                "--tlsverify",
                "--tlscacert=" + engine.certificates().authority(),
                "--tlscert=" + engine.certificates().certificate("engine"),
                "--tlskey=" + engine.certificates().key("engine"))) {
            assertThat(ps.awaitExit(LIMIT)).isZero();
        }
    }

    /** Without a certificate of its own. */
    private static void asAStranger(TlsEngine engine, Container web) {
        try (WatchdogProcess watchdog = WatchdogProcess.start(
                "--list=" + web,
                "--host=" + engine.host(),
                "--tlsverify",
                "--tlscacert=" + engine.certificates().authority())) {
            watchdog.awaitLine("WARN .*" + engine.host() + ": .*the engine refuses TLS .*--tlscert", LIMIT);
        }
    }
}
