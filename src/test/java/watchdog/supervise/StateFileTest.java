package watchdog.supervise;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.ForkedJvm;
import watchdog.engine.Json;

class StateFileTest {

    private static final String WEB = "1f".repeat(32);
    private static final String API = "2e".repeat(32);
    private static final Instant THREE = Instant.parse("2026-11-22T03:00:00.123456789Z");
    private static final Instant FOUR = Instant.parse("2026-11-22T04:00:00Z");

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Path file;

    private final List<StopMemory> opened = new ArrayList<>();

    @BeforeEach
    void name() {
        file = folder.resolve("state.json");
    }

    @AfterEach
    void end() {
        opened.forEach(memory -> memory.close(LIMIT));
    }

    private StopMemory open(Path path) {
        StopMemory memory = StateFile.open(path);
        opened.add(memory);
        return memory;
    }

    /** The same after watchdog's end and its next start. */
    private StopMemory again(StopMemory memory, Path path) {
        assertThat(memory.close(LIMIT)).isTrue();
        return open(path);
    }

    private StopMemory again(StopMemory memory) {
        return again(memory, file);
    }

    @Test
    void remembersBeyondItsEndToTheNanosecond() {
        StopMemory memory = open(file);
        memory.remember(WEB, THREE);

        StopMemory again = again(memory);
        assertThat(again.recalls(WEB, THREE)).isTrue();
        assertThat(again.recalls(WEB, THREE.plusNanos(1))).isFalse();
        assertThat(again.recalls(API, THREE)).isFalse();
    }

    @Test
    void remembersTheLastStopOnly() {
        StopMemory memory = open(file);
        memory.remember(WEB, THREE);
        memory.remember(WEB, FOUR);

        for (StopMemory one : List.of(memory, again(memory))) {
            assertThat(one.recalls(WEB, THREE)).isFalse();
            assertThat(one.recalls(WEB, FOUR)).isTrue();
        }
    }

    @Test
    void forgetsWhatRunsAgain() {
        StopMemory memory = open(file);
        memory.remember(WEB, THREE);
        memory.remember(API, THREE);
        memory.forget(WEB);

        for (StopMemory one : List.of(memory, again(memory))) {
            assertThat(one.recalls(WEB, THREE)).isFalse();
            assertThat(one.recalls(API, THREE)).isTrue();
        }
    }

    @Test
    void forgetsWhatIsGone() {
        StopMemory memory = open(file);
        memory.remember(WEB, THREE);
        memory.remember(API, THREE);
        memory.forget(WEB);
        assertThat(memory.ids()).containsExactly(API);

        for (StopMemory one : List.of(memory, again(memory))) {
            assertThat(one.recalls(WEB, THREE)).isFalse();
            assertThat(one.recalls(API, THREE)).isTrue();
        }
    }

    @Test
    void isTheJsonThatItsFormatSays() throws IOException {
        StopMemory memory = open(file);
        memory.remember(WEB, FOUR);
        assertThat(memory.close(LIMIT)).isTrue();

        assertThat(Files.readString(file)).endsWith("}\n");
        assertThat(Json.read(Files.readAllBytes(file)))
                .isEqualTo(Map.of("watchdog", 1, "stopped", Map.of(WEB, "2026-11-22T04:00:00Z")));
    }

    @Test
    void readsAFileThatSaysMoreThanItNeedsTo() throws IOException {
        Files.writeString(
                file, "{\"note\": [1, 2], \"stopped\": {\"" + WEB + "\": \"2026-11-22T04:00:00Z\"}, \"watchdog\": 1}");

        assertThat(open(file).recalls(WEB, FOUR)).isTrue();
        assertThat(names()).containsExactly("state.json", "state.json.lock");
    }

    @Test
    void isNotWrittenWhereNothingChanges() throws IOException {
        StopMemory memory = open(file);
        memory.forget(WEB);
        memory = again(memory);
        assertThat(names()).containsExactly("state.json.lock");

        memory.remember(WEB, FOUR);
        memory = again(memory);
        Files.delete(file);
        memory.remember(WEB, FOUR);
        memory.forget(API);
        assertThat(memory.close(LIMIT)).isTrue();
        assertThat(names()).containsExactly("state.json.lock");
    }

    @Test
    void isReplacedAsAWhole() throws Exception {
        StopMemory memory = open(file);
        memory.remember(WEB, THREE);
        memory = again(memory);
        Path before = folder.resolve("before");
        Files.createLink(before, file);
        String content = Files.readString(file);

        memory.remember(API, FOUR);
        assertThat(memory.close(LIMIT)).isTrue();

        assertThat(before).hasContent(content);
        assertThat(file).content().contains(API);
        assertThat(names()).containsExactly("before", "state.json", "state.json.lock");
    }

    @Test
    void whatAnUnfinishedWriteLeftBehindIsNoMatter() throws IOException {
        StopMemory memory = open(file);
        memory.remember(WEB, THREE);
        Files.writeString(folder.resolve("state.json.new"), "{\"watchdog\": 1, \"stopp");

        memory = again(memory);
        assertThat(memory.recalls(WEB, THREE)).isTrue();
        Files.writeString(folder.resolve("state.json.new"), "{\"watchdog\": 1, \"stopp");
        memory.remember(API, FOUR);

        assertThat(again(memory).recalls(API, FOUR)).isTrue();
        assertThat(names()).containsExactly("state.json", "state.json.lock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\0\0\0\0",
                "{",
                "{\"watchdog\": 1, \"stopp",
                "null",
                "1",
                "\"watchdog\"",
                "[]",
                "[{\"watchdog\": 1, \"stopped\": {}}]",
                "{}",
                "{\"watchdog\": 1}",
                "{\"stopped\": {}}",
                "{\"watchdog\": 2, \"stopped\": {}}",
                "{\"watchdog\": \"1\", \"stopped\": {}}",
                "{\"watchdog\": null, \"stopped\": {}}",
                "{\"watchdog\": 1, \"stopped\": null}",
                "{\"watchdog\": 1, \"stopped\": []}",
                "root:x:0:0:root:/root:/bin/bash\n",
                "<html><body>404</body></html>",
            })
    void whatIsDamagedOrForeignIsSetAside(String content) throws IOException {
        Files.writeString(file, content);

        StopMemory memory = open(file);
        assertThat(folder.resolve("state.json.damaged")).hasContent(content);
        assertThat(file).doesNotExist();

        memory.remember(WEB, FOUR);
        assertThat(again(memory).recalls(WEB, FOUR)).isTrue();
        assertThat(names()).containsExactly("state.json", "state.json.damaged", "state.json.lock");
    }

    @Test
    void whatIsNotUtf8IsSetAside() throws IOException {
        String whole = "{\"watchdog\": 1, \"stopped\": {\"" + WEB + "\": \"" + FOUR + "\"}, \"by\": \"Zo\u00eb\"}";
        Files.write(file, whole.getBytes(ISO_8859_1));

        assertThat(open(file).recalls(WEB, FOUR)).isFalse();
        assertThat(names()).containsExactly("state.json.damaged", "state.json.lock");
    }

    @Test
    void whatIsNestedWithoutEndIsSetAside() throws IOException {
        Files.writeString(file, "{\"a\":".repeat(100_000));

        assertThat(open(file).recalls(WEB, FOUR)).isFalse();
        assertThat(names()).containsExactly("state.json.damaged", "state.json.lock");
    }

    @Test
    void whatIsFarTooLargeIsSetAside() throws IOException {
        Files.writeString(file, "{\"watchdog\": 1, \"stopped\": {}}" + " ".repeat(5 << 20));

        open(file);

        assertThat(names()).containsExactly("state.json.damaged", "state.json.lock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'': '2026-11-22T03:00:00Z'",
                "'web': '2026-11-22T03:00:00Z'",
                "'../../etc': '2026-11-22T03:00:00Z'",
                "'foo bar': '2026-11-22T03:00:00Z'",
                "'API0': '2026-11-22T03:00:00Z'",
                "'2E2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e': '2026-11-22T03:00:00Z'",
                "'API': null",
                "'API': 3",
                "'API': 'yesterday'",
                "'API': '2026-13-22T03:00:00Z'",
                "'API': ['2026-11-22T03:00:00Z']",
                "'API': {'at': '2026-11-22T03:00:00Z'}",
            })
    void anEntryWithoutAnIdOrATimeIsSkippedAndTheOthersHold(String entry) throws IOException {
        String entries = entry.replace("API", API) + ", '" + WEB + "': '2026-11-22T04:00:00Z'";
        Files.writeString(file, ("{'watchdog': 1, 'stopped': {" + entries + "}}").replace('\'', '"'));

        StopMemory memory = open(file);

        assertThat(memory.ids()).containsExactly(WEB);
        assertThat(memory.recalls(WEB, FOUR)).isTrue();
        assertThat(names()).containsExactly("state.json", "state.json.lock");
    }

    /** Opens a file, and remembers a stop. */
    static final class OneStop {

        private OneStop() {}

        public static void main(String[] args) {
            StopMemory memory = StateFile.open(Path.of(args[0]));
            memory.remember(WEB, THREE);
            memory.close(LIMIT);
        }
    }

    @Test
    void thatEntriesAreSkippedIsToldInOneLine() throws IOException {
        Files.writeString(
                file, "{\"watchdog\": 1, \"stopped\": {\"web\": \"\", \"api\": 3, \"" + API + "\": \"" + FOUR + "\"}}");

        ForkedJvm.Written written = ForkedJvm.run(folder, OneStop.class, List.of(), file.toString());

        assertThat(written.err())
                .singleElement()
                .asString()
                .contains(file + ": skips 2 of its 3 stops, which lack an id or a time");
        assertThat(StateFile.peek(file).ids()).containsOnly(API, WEB);
    }

    @Test
    void whatWasSetAsideLastIsKept() throws IOException {
        Files.writeString(folder.resolve("state.json.damaged"), "older");
        Files.writeString(file, "newer");

        open(file);

        assertThat(folder.resolve("state.json.damaged")).hasContent("newer");
    }

    @Test
    void whatCannotBeWrittenIsRememberedUntilTheEnd() throws IOException {
        Path nowhere = folder.resolve("not/there/state.json");

        StopMemory memory = open(nowhere);
        memory.remember(WEB, THREE);
        memory.remember(API, FOUR);
        memory.forget(API);

        assertThat(memory.recalls(WEB, THREE)).isTrue();
        assertThat(memory.recalls(API, FOUR)).isFalse();
        assertThat(names()).isEmpty();
    }

    @Test
    void thatItCannotBeWrittenIsToldOnce() {
        String nowhere = folder.resolve("not/there/state.json").toString();

        ForkedJvm.Written written = ForkedJvm.run(folder, OneStop.class, List.of(), nowhere);

        assertThat(written.err())
                .singleElement()
                .asString()
                .contains(nowhere + ": cannot be written (its folder is not there)");
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWithTheNextChange() throws IOException {
        Path later = folder.resolve("later/state.json");
        StopMemory memory = open(later);
        memory.remember(WEB, THREE);
        Files.createDirectory(folder.resolve("later"));

        memory.remember(API, FOUR);

        StopMemory again = again(memory, later);
        assertThat(again.recalls(WEB, THREE)).isTrue();
        assertThat(again.recalls(API, FOUR)).isTrue();
    }

    @Test
    void aPeekRecallsWhatTheFileSays() {
        StopMemory memory = open(file);
        memory.remember(WEB, THREE);
        assertThat(memory.close(LIMIT)).isTrue();

        assertThat(StateFile.peek(file).recalls(WEB, THREE)).isTrue();
        assertThat(StateFile.peek(file).recalls(WEB, FOUR)).isFalse();
    }

    @Test
    void aPeekLeavesADamagedFileWhereItIs() throws IOException {
        Files.writeString(file, "nonsense");

        assertThat(StateFile.peek(file).recalls(WEB, THREE)).isFalse();
        assertThat(file).hasContent("nonsense");
        assertThat(names()).containsExactly("state.json");
    }

    @Test
    void aPeekAtNoFileMakesNone() throws IOException {
        assertThat(StateFile.peek(file).recalls(WEB, THREE)).isFalse();
        assertThat(StateFile.peek(folder.resolve("not/there")).recalls(WEB, THREE))
                .isFalse();
        assertThat(names()).isEmpty();
    }

    @Test
    void aPeekAtAFolderRecallsNothing() {
        assertThat(StateFile.peek(folder).recalls(WEB, THREE)).isFalse();
    }

    @Test
    void noMemoryAtAllRecallsNothing() {
        StopMemory.NONE.remember(WEB, THREE);
        StopMemory.NONE.forget(WEB);
        assertThat(StopMemory.NONE.ids()).isEmpty();
        assertThat(StopMemory.NONE.close(Duration.ZERO)).isTrue();

        assertThat(StopMemory.NONE.recalls(WEB, THREE)).isFalse();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
