package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static watchdog.real.PrometheusServer.promtool;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import watchdog.Eventually;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.real.Http;
import watchdog.real.PrometheusServer;
import watchdog.real.WatchdogProcess;

/** The jar, its example of rules and its dashboard beside Prometheus itself. */
class PrometheusIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path EXAMPLES = Path.of("src/examples/prometheus");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern METRIC = Pattern.compile("\\bwatchdog_[a-z_]+");

    @TempDir
    private Path folder;

    @BeforeAll
    static void isThere() {
        assumeTrue(PrometheusServer.isThere(), "no prometheus: src/scripts/test brings one");
    }

    @Test
    void itScrapesWhatIsServedAndAnswersWhatTheDashboardAsks() throws IOException, InterruptedException {
        Http http = Http.free();
        String config = "scrape_configs: [{job_name: watchdog, scrape_interval: 1s, static_configs:"
                + " [{targets: ['127.0.0.1:" + http.port() + "']}]}]";
        try (FakeEngine engine = FakeEngine.onUnixSocket(folder.resolve("docker.sock"));
                PrometheusServer prometheus = PrometheusServer.start(folder, config);
                WatchdogProcess watchdog = WatchdogProcess.start(
                        "--list=web", "--time=200ms", "--host=" + engine.host(), "--http=" + http.port())) {
            FakeContainer web = engine.add("web");
            watchdog.awaitLine("INFO connected to ", LIMIT);
            web.crash(3);

            awaitValue(prometheus, "up{job=\"watchdog\"}");
            awaitValue(prometheus, "watchdog_restarts_total{container=\"web\",cause=\"crash\",outcome=\"up\"}");
            String metrics = http.get("/metrics").body();
            assertThat(promtool(metrics, "check", "metrics")).isEmpty();
            for (String expression : expressions()) {
                assertThat(asked(prometheus, expression).at("/status").asString(""))
                        .as(expression)
                        .isEqualTo("success");
                assertThat(names(expression)).allMatch(name -> metrics.contains("# TYPE " + name + " "));
            }
        }
    }

    private static void awaitValue(PrometheusServer prometheus, String query) {
        JsonNode unused = Eventually.within(
                LIMIT,
                query + " is 1",
                () -> asked(prometheus, query),
                answer -> answer.at("/data/result/0/value/1").asString("").equals("1"));
    }

    private static JsonNode asked(PrometheusServer prometheus, String query) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        return JSON.readTree(
                prometheus.http().get("/api/v1/query?query=" + encoded).body());
    }

    /** All expressions of the dashboard, for all hosts and a minute. */
    private static List<String> expressions() throws IOException {
        List<String> expressions = JSON.readTree(Files.readString(EXAMPLES.resolve("grafana.json")))
                .findValuesAsString("expr");
        assertThat(expressions).hasSizeGreaterThan(10).allMatch(expression -> expression.contains("$instance"));
        return expressions.stream()
                .map(expression -> expression.replace("$instance", ".*").replaceAll("\\$__(rate_interval|range)", "1m"))
                .toList();
    }

    /** Names of the metrics in an expression, as in their types. */
    private static Set<String> names(String expression) {
        return METRIC.matcher(expression)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("_bucket$", ""))
                // There are none here.
                .filter(name -> !name.equals("watchdog_notifications_total"))
                .collect(Collectors.toSet());
    }

    @Test
    void theRulesAreRight() throws IOException, InterruptedException {
        String rules = EXAMPLES.resolve("watchdog.rules.yml").toString();

        assertThat(promtool("", "check", "rules", rules)).contains("SUCCESS: 3 rules found");
        assertThat(promtool(
                        "",
                        "test",
                        "rules",
                        EXAMPLES.resolve("watchdog.test.yml").toString()))
                .contains("SUCCESS");
        for (String config : List.of("prometheus.yml", "swarm.yml")) {
            assertThat(promtool("", "check", "config", EXAMPLES.resolve(config).toString()))
                    .contains("SUCCESS");
        }
    }
}
