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

/** Containers of a compose project that are found down together are started in the order that compose keeps to. */
@ExtendWith(RealEngine.class)
class StartOrderIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Its first run ends; in each other one it is healthy after two seconds. */
    private static final List<String> DOWN_AT_FIRST = List.of(
            "--health-cmd=test -e /ok",
            "--health-interval=1s",
            "sh",
            "-c",
            "test -e /ran || { touch /ran; exit 1; }; sleep 2; touch /ok; while :; do sleep 1; done");

    private static Container down(RealEngine engine, String service, String dependsOn) {
        Stream<String> labels = Stream.of(
                "--label=com.docker.compose.project=shop",
                "--label=com.docker.compose.service=" + service,
                "--label=com.docker.compose.depends_on=" + dependsOn);
        Container container = engine.run(
                service, Stream.concat(labels, DOWN_AT_FIRST.stream()).toArray(String[]::new));
        engine.awaitExited(container, LIMIT);
        return container;
    }

    @Test
    void eachIsStartedOnceWhatItDependsOnIsUpOrHealthy(RealEngine engine) {
        Container web = down(engine, "web", "api:service_started:false");
        Container api = down(engine, "api", "db:service_healthy:false");
        Container db = down(engine, "db", "");

        try (WatchdogProcess watchdog =
                engine.watch("--list=" + String.join(",", web.name(), api.name(), db.name()), "--settle=1s")) {
            watchdog.awaitLine("INFO " + web + ".*running again", LIMIT);

            Instant healthy = engine.startedAt(db).plusSeconds(2);
            assertThat(engine.startedAt(api)).isAfter(healthy);
            assertThat(engine.startedAt(web)).isAfter(engine.startedAt(api));
            assertThat(watchdog.linesWith("INFO " + api + ".*but compose starts " + db.name() + " before it"))
                    .hasSize(1);
        }
    }
}
