package watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.cli.ExitStatus;
import watchdog.engine.Json;
import watchdog.fake.FakeEngine;

/** What a process that makes one pass writes to its standard output. */
class LogOutputTest {

    private static final Duration LONG_AGO = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private Path output;

    @BeforeEach
    void startEngine() throws IOException {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
        engine.add("web").exited(1, LONG_AGO);
        engine.add("api").exited(1, LONG_AGO).diesAfterStart(4, Duration.ZERO);
        output = Files.createFile(folder.resolve("out"));
    }

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private String stream() throws IOException {
        return Files.getAttribute(output, "unix:dev") + ":" + Files.getAttribute(output, "unix:ino");
    }

    private List<String> written(Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        String[] args = Stream.concat(
                        Stream.of("--host=" + engine.host(), "--once", "--list=web,api,wbe"), Stream.of(options))
                .toArray(String[]::new);
        ProcessBuilder java = ForkedJvm.of(Main.class, List.of(), args).redirectOutput(output.toFile());
        java.environment().keySet().removeIf(name -> name.startsWith("DOCKER_") || name.equals("STATE_DIRECTORY"));
        java.environment().putAll(environment);
        assertThat(java.start().waitFor()).isEqualTo(ExitStatus.STILL_DOWN.code());
        return Files.readAllLines(output);
    }

    private static List<Map<String, Object>> read(List<String> lines) throws IOException {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (String line : lines) {
            objects.add(Json.read(line.getBytes(StandardCharsets.US_ASCII)));
        }
        return objects;
    }

    @Test
    void theJournalGetsPrioritiesAndNoTimes() throws IOException, InterruptedException {
        List<String> lines = written(Map.of("JOURNAL_STREAM", stream()));

        assertThat(lines)
                .allSatisfy(line -> assertThat(line).matches("<[346]>(?![0-9-]{10} |[A-Z]+ |<).+"))
                .anySatisfy(line -> assertThat(line).matches("<6>web \\([0-9a-f]{12}\\): running again.*"))
                .anySatisfy(line -> assertThat(line).startsWith("<4>no container is called wbe"))
                .last()
                .asString()
                .startsWith("<4>ending: not up: ");
    }

    @Test
    void aStreamThatLeadsElsewhereGetsTimes() throws IOException, InterruptedException {
        assertThat(written(Map.of("JOURNAL_STREAM", stream() + "0")))
                .allSatisfy(line -> assertThat(line).matches("[0-9-]{10} [0-9:.]{12}[-+][0-9:]{5} [A-Z]+ .*"));
    }

    @Test
    void eachLineIsAnObject() throws IOException, InterruptedException {
        List<Map<String, Object>> objects = read(written(Map.of(), "--log-format=json"));

        assertThat(objects).allSatisfy(object -> assertThat(object).containsKeys("time", "level", "message"));
        assertThat(objects)
                .last()
                .satisfies(
                        last -> assertThat(last).containsEntry("level", "warn").doesNotContainKey("what"));
        assertThat(objects)
                .extracting(object -> object.get("level") + " " + object.get("what") + " " + object.get("container"))
                .contains("warn missing null", "info start web", "info up web", "warn went-down api");
        assertThat(objects)
                .filteredOn(object -> "went-down".equals(object.get("what")))
                .singleElement()
                .satisfies(object -> assertThat(object)
                        .containsEntry("why", "it crashed with code 4")
                        .containsEntry("exitCode", 4)
                        .doesNotContainKey("next"));
    }

    @Test
    void theJournalGetsObjectsWithPriorities() throws IOException, InterruptedException {
        List<String> lines = written(Map.of("JOURNAL_STREAM", stream()), "--log-format=json");

        assertThat(lines)
                .allMatch(line -> line.matches("<4>\\{.*\"level\":\"warn\".*|<6>\\{.*\"level\":\"info\".*"))
                .anyMatch(line -> line.startsWith("<4>"))
                .anyMatch(line -> line.startsWith("<6>"));
        assertThat(read(lines.stream().map(line -> line.substring(3)).toList())).hasSameSizeAs(lines);
    }
}
