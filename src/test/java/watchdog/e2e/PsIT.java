package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import watchdog.Eventually;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** {@code watchdog ps} against a real engine. */
@ExtendWith(RealEngine.class)
class PsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void showsWhatIsWatchedAsATable(RealEngine engine) {
        Container web = engine.run("web", "--restart=unless-stopped");
        Container api = engine.run("api", "sh", "-c", "exit 3");
        Eventually.within(
                LIMIT,
                api + " has been down for a second",
                () -> engine.docker("ps", "--all", "--filter=id=" + api.id(), "--format={{.Status}}"),
                status -> status.matches("Exited \\(3\\) \\d+ seconds? ago"));
        String missing = engine.name("missing");
        try (WatchdogProcess ps = WatchdogProcess.start(
                "ps", "--list=" + web + "," + api + "," + missing, "--settle=1s", "--host=" + engine.host())) {

            assertThat(ps.awaitExit(LIMIT)).isZero();

            assertThat(ps.stderr()).isEmpty();
            assertThat(ps.stdout()).hasSize(4);
            assertThat(ps.stdout().get(0))
                    .matches("CONTAINER ID +IMAGE +SIZE +STATE +STATUS +DOCKER POLICY +WATCHDOG WOULD +NAME");
            assertThat(ps.stdout().get(1))
                    .matches(shortId(api) + " +busybox:local +[0-9.]+MB +exited +Exited \\(3\\) .* ago +no +"
                            + "start: it exited with code 3, and nobody saw why +" + api);
            assertThat(ps.stdout().get(2))
                    .matches(shortId(web) + " +busybox:local +[0-9.]+MB +running +Up .* +unless-stopped +"
                            + "leave: it is running +" + web);
            assertThat(ps.stdout().get(3)).matches(" +wait: there is no such container +" + missing);
        }
    }

    @Test
    void writesJsonForScripts(RealEngine engine) {
        Container web = engine.run("web", "--restart=always");
        try (WatchdogProcess ps = WatchdogProcess.start(
                "ps", "--format=json", "--log-level=debug", "--list=" + web, "--host=" + engine.host())) {

            assertThat(ps.awaitExit(LIMIT)).isZero();

            JsonNode row =
                    new JsonMapper().readTree(String.join("\n", ps.stdout())).get(0);
            assertThat(row.get("id").asString()).isEqualTo(web.id());
            assertThat(row.get("name").asString()).isEqualTo(web.name());
            assertThat(row.get("found").asBoolean()).isTrue();
            assertThat(row.get("imageSize").asLong())
                    .isEqualTo(Long.parseLong(engine.docker("image", "inspect", "-f", "{{.Size}}", "busybox:local")));
            assertThat(row.get("dockerRestartPolicy").asString()).isEqualTo("always");
            assertThat(row.get("action").asString()).isEqualTo("leave");
            assertThat(ps.stderr()).anyMatch(line -> line.contains("DEBUG GET /images/json -> 200"));
        }
    }

    private static String shortId(Container container) {
        return container.id().substring(0, 12);
    }
}
