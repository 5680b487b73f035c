package watchdog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.Eventually;
import watchdog.engine.Json;
import watchdog.host.RunFolder;
import watchdog.host.StatusFile;

/** What {@code watchdog status} makes of the file that a watchdog has written. */
class StatusCommandTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String WEB_ID = "1f".repeat(32);

    @TempDir
    private Path folder;

    private final Map<String, @Nullable Object> status = new LinkedHashMap<>();
    private StatusFile file;

    private record Outcome(int status, List<String> out, String err) {}

    @BeforeEach
    void allIsWell() {
        status.put("watchdog", "watchdog 1.0.0");
        status.put("since", "2026-11-27T10:00:00Z");
        status.put("writtenAt", Instant.now().toString());
        status.put("loopTurnedAt", Instant.now().toString());
        status.put("engine", "Docker 28");
        status.put("engineProblem", null);
        status.put("lastListing", Instant.now().minusSeconds(7).toString());
        status.put("missing", List.of());
        status.put("containers", List.of(container("web", true, Map.of()), container("db", true, Map.of())));
        file = new StatusFile(new RunFolder(folder));
    }

    @AfterEach
    void end() {
        file.close();
    }

    private static Map<String, @Nullable Object> container(String name, boolean isWell, Map<String, Object> more) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("id", WEB_ID);
        fields.put("state", "running");
        fields.put("since", Instant.now().minusSeconds(300).toString());
        fields.put("well", isWell);
        fields.put("doing", null);
        fields.put("action", "leave");
        fields.put("why", "it is running");
        fields.put("nextTry", null);
        fields.put("starts", 0);
        fields.put("crashLoop", false);
        fields.put("givenUp", false);
        fields.putAll(more);
        fields.put("facts", List.of(Map.of("at", "2026-11-27T10:30:00Z", "level", "INFO", "text", name + ": a fact")));
        return fields;
    }

    private void write() {
        file.begin(out -> Json.write(status, out));
        Eventually.within(LIMIT, "it is written", () -> Files.exists(folder.resolve("status.json")));
    }

    private Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Cli cli = new Cli(Map.of(), "", config -> 77);
        int exit = cli.run(
                cli.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)),
                Stream.concat(Stream.of("status", "--run=" + folder), Stream.of(args))
                        .toArray(String[]::new));
        return new Outcome(exit, out.toString().lines().toList(), err.toString());
    }

    @Test
    void showsATableOfWhatIsWatched() {
        write();

        Outcome outcome = run();

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).hasSize(5);
        assertThat(outcome.out().get(0)).isEqualTo("watchdog 1.0.0, since 2026-11-27T10:00:00Z, Docker 28");
        assertThat(outcome.out().get(2)).matches("CONTAINER ID +STATE +FOR +WATCHDOG +NEXT TRY +STARTS +NAME");
        assertThat(outcome.out().get(3)).matches("1f1f1f1f1f1f +running +5 min +leave: it is running +0 +web");
    }

    @Test
    void whatIsDownIsStatus3AndSaysWhatComesNext() {
        status.put(
                "containers",
                List.of(container(
                        "web",
                        false,
                        Map.of(
                                "state",
                                "exited",
                                "action",
                                "wait",
                                "why",
                                "it crashed with code 1",
                                "nextTry",
                                Instant.now().plusSeconds(30).toString(),
                                "crashLoop",
                                true,
                                "starts",
                                7))));
        write();

        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.out().get(3))
                .matches("1f1f1f1f1f1f +exited +5 min +wait: it crashed with code 1 \\(crash loop\\) +in [0-9.]+ s"
                        + " +7 +web");
    }

    @Test
    void whatHasNoContainerIsStatus3() {
        status.put("missing", List.of("wbe"));
        write();

        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.out()).last().asString().matches(" +wait: there is no such container +wbe");
    }

    @Test
    void whatHasNoContainerIsStatus3WhenItIsAskedFor() {
        status.put("missing", List.of("db"));
        write();

        assertThat(run("web").status()).isZero();
        Outcome outcome = run("web", "db");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.out()).last().isEqualTo("db: there is no such container");
    }

    @Test
    void nobodyKnowsThatAllAreUpWithoutAnEngine() {
        status.put("engineProblem", "connection refused");
        write();

        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.out().get(0))
                .matches(".*; the engine has not listed its containers for [0-9.]+ s: connection refused");
    }

    @Test
    void noneIsListedYetAtTheBeginning() {
        status.put("lastListing", null);
        write();

        assertThat(run().status()).isEqualTo(3);
        assertThat(run().out().get(0)).contains("no containers listed yet");
    }

    @Test
    void oneIsShownInFullWithItsFacts() {
        write();

        Outcome outcome = run("web");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out())
                .contains("name: web", "id: " + WEB_ID, "why: it is running", "facts:")
                .endsWith("  2026-11-27T10:30:00Z INFO web: a fact")
                .noneMatch(line -> line.contains("db"));
    }

    @Test
    void theStatusIsThatOfThoseThatAreAskedFor() {
        status.put("containers", List.of(container("web", true, Map.of()), container("db", false, Map.of())));
        write();

        assertThat(run("web").status()).isZero();
        assertThat(run("d*").status()).isEqualTo(3);
        assertThat(run("nobody").status()).isEqualTo(1);
        assertThat(run("nobody").err()).isEqualTo("watchdog: nothing that is watched is called nobody\n");
    }

    @Test
    void jsonIsForScripts() throws Exception {
        write();

        Outcome outcome = run("--format=json", "web");

        Map<String, Object> read = Json.read(String.join("\n", outcome.out()).getBytes(UTF_8));
        assertThat(read).containsEntry("watchdog", "watchdog 1.0.0").containsKey("engineProblem");
        assertThat((List<?>) read.get("containers")).hasSize(1);
    }

    @Test
    void whatAWatchdogHasLeftIsStatus4() {
        write();
        file.close();

        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(4);
        assertThat(outcome.err()).startsWith("watchdog: no watchdog runs any more; this is how all stood ");
        assertThat(outcome.out()).hasSize(5);
    }

    @Test
    void whatIsTooOldIsStatus4() {
        status.put("writtenAt", Instant.now().minusSeconds(300).toString());
        write();

        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(4);
        assertThat(outcome.err())
                .startsWith("watchdog: a watchdog runs, but this is 5 min old, and should be no older than 60 s");
    }

    @Test
    void whatALoopThatIsStuckHasToldIsTooOld() {
        status.put("loopTurnedAt", Instant.now().minusSeconds(300).toString());
        write();

        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(4);
        assertThat(outcome.err()).startsWith("watchdog: a watchdog runs, but this is 5 min old");
    }

    @Test
    void noFileIsStatus4() {
        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(4);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("watchdog: no watchdog runs with --run=" + folder + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"writtenAt\": \"soon\"}"})
    void whatIsNoStatusIsToldSo(String text) throws Exception {
        Files.writeString(folder.resolve("status.json"), text);

        Outcome outcome = run();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../web", "--format=xml", "--run="})
    void wrongArgumentsAreStatus2(String argument) {
        assertThat(run(argument).status()).isEqualTo(2);
    }
}
