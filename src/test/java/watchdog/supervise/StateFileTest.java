package watchdog.supervise;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.ForkedJvm;
import watchdog.engine.ApiJson;

class StateFileTest {

    private static final String WEB = "1f".repeat(32);
    private static final String API = "2e".repeat(32);
    private static final Instant THREE = Instant.parse("2026-11-22T03:00:00.123456789Z");
    private static final Instant FOUR = Instant.parse("2026-11-22T04:00:00Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state.json");
    }

    @Test
    void remembersBeyondItsEndToTheNanosecond() {
        StateFile.open(file).remember(WEB, THREE);

        StopMemory again = StateFile.open(file);
        assertThat(again.recalls(WEB, THREE)).isTrue();
        assertThat(again.recalls(WEB, THREE.plusNanos(1))).isFalse();
        assertThat(again.recalls(API, THREE)).isFalse();
    }

    @Test
    void remembersTheLastStopOnly() {
        StopMemory memory = StateFile.open(file);
        memory.remember(WEB, THREE);
        memory.remember(WEB, FOUR);

        for (StopMemory one : List.of(memory, StateFile.open(file))) {
            assertThat(one.recalls(WEB, THREE)).isFalse();
            assertThat(one.recalls(WEB, FOUR)).isTrue();
        }
    }

    @Test
    void forgetsWhatRunsAgain() {
        StopMemory memory = StateFile.open(file);
        memory.remember(WEB, THREE);
        memory.remember(API, THREE);
        memory.forget(WEB);

        for (StopMemory one : List.of(memory, StateFile.open(file))) {
            assertThat(one.recalls(WEB, THREE)).isFalse();
            assertThat(one.recalls(API, THREE)).isTrue();
        }
    }

    @Test
    void forgetsWhatIsGone() {
        StopMemory memory = StateFile.open(file);
        memory.remember(WEB, THREE);
        memory.remember(API, THREE);
        memory.forget(WEB);
        assertThat(memory.ids()).containsExactly(API);

        for (StopMemory one : List.of(memory, StateFile.open(file))) {
            assertThat(one.recalls(WEB, THREE)).isFalse();
            assertThat(one.recalls(API, THREE)).isTrue();
        }
    }

    @Test
    void isTheJsonThatItsFormatSays() throws IOException {
        StopMemory memory = StateFile.open(file);
        memory.remember(WEB, FOUR);

        assertThat(Files.readString(file)).endsWith("}\n");
        assertThat(ApiJson.read(Files.readAllBytes(file)))
                .isEqualTo(Map.of("watchdog", 1, "stopped", Map.of(WEB, "2026-11-22T04:00:00Z")));
    }

    @Test
    void readsAFileThatSaysMoreThanItNeedsTo() throws IOException {
        Files.writeString(
                file, "{\"note\": [1, 2], \"stopped\": {\"" + WEB + "\": \"2026-11-22T04:00:00Z\"}, \"watchdog\": 1}");

        assertThat(StateFile.open(file).recalls(WEB, FOUR)).isTrue();
        assertThat(names()).containsExactly("state.json");
    }

    @Test
    void isNotWrittenWhereNothingChanges() throws IOException {
        StopMemory memory = StateFile.open(file);
        memory.forget(WEB);
        assertThat(names()).isEmpty();

        memory.remember(WEB, FOUR);
        Files.delete(file);
        memory.remember(WEB, FOUR);
        memory.forget(API);
        assertThat(names()).isEmpty();
    }

    @Test
    void isReplacedAsAWhole() throws Exception {
        StopMemory memory = StateFile.open(file);
        memory.remember(WEB, THREE);
        Path before = folder.resolve("before");
        Files.createLink(before, file);
        String content = Files.readString(file);

        memory.remember(API, FOUR);

        assertThat(before).hasContent(content);
        assertThat(names()).containsExactly("before", "state.json");
    }

    @Test
    void whatAnUnfinishedWriteLeftBehindIsNoMatter() throws IOException {
        StateFile.open(file).remember(WEB, THREE);
        Files.writeString(folder.resolve("state.json.new"), "{\"watchdog\": 1, \"stopp");

        StopMemory memory = StateFile.open(file);
        assertThat(memory.recalls(WEB, THREE)).isTrue();
        memory.remember(API, FOUR);

        assertThat(StateFile.open(file).recalls(API, FOUR)).isTrue();
        assertThat(names()).containsExactly("state.json");
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
                "{\"watchdog\": 1, \"stopped\": {\"web\": null}}",
                "{\"watchdog\": 1, \"stopped\": {\"web\": 3}}",
                "{\"watchdog\": 1, \"stopped\": {\"web\": \"yesterday\"}}",
                "{\"watchdog\": 1, \"stopped\": {\"web\": {\"at\": \"2026-11-22T04:00:00Z\"}}}",
                "root:x:0:0:root:/root:/bin/bash\n",
                "<html><body>404</body></html>",
            })
    void whatIsDamagedOrForeignIsSetAside(String content) throws IOException {
        Files.writeString(file, content);

        StopMemory memory = StateFile.open(file);
        assertThat(folder.resolve("state.json.damaged")).hasContent(content);
        assertThat(file).doesNotExist();

        memory.remember(WEB, FOUR);
        assertThat(StateFile.open(file).recalls(WEB, FOUR)).isTrue();
        assertThat(names()).containsExactly("state.json", "state.json.damaged");
    }

    @Test
    void whatIsNotUtf8IsSetAside() throws IOException {
        String whole = "{\"watchdog\": 1, \"stopped\": {\"" + WEB + "\": \"" + FOUR + "\"}, \"by\": \"Zo\u00eb\"}";
        Files.write(file, whole.getBytes(ISO_8859_1));

        assertThat(StateFile.open(file).recalls(WEB, FOUR)).isFalse();
        assertThat(names()).containsExactly("state.json.damaged");
    }

    @Test
    void whatIsNestedWithoutEndIsSetAside() throws IOException {
        Files.writeString(file, "{\"a\":".repeat(100_000));

        assertThat(StateFile.open(file).recalls(WEB, FOUR)).isFalse();
        assertThat(names()).containsExactly("state.json.damaged");
    }

    @Test
    void nothingIsRememberedOfAFileThatIsDamagedInPart() throws IOException {
        String web = "\"" + WEB + "\": \"2026-11-22T04:00:00Z\"";
        Files.writeString(file, "{\"watchdog\": 1, \"stopped\": {" + web + ", \"api\": \"soon\"}}");

        assertThat(StateFile.open(file).recalls(WEB, FOUR)).isFalse();
        assertThat(names()).containsExactly("state.json.damaged");
    }

    @Test
    void whatWasSetAsideLastIsKept() throws IOException {
        Files.writeString(folder.resolve("state.json.damaged"), "older");
        Files.writeString(file, "newer");

        StateFile.open(file);

        assertThat(folder.resolve("state.json.damaged")).hasContent("newer");
    }

    @Test
    void aFolderOfThatNameIsLeftAlone() throws IOException {
        Files.createDirectory(file);
        Files.writeString(file.resolve("data"), "mine");

        StopMemory memory = StateFile.open(file);
        memory.remember(WEB, FOUR);

        assertThat(memory.recalls(WEB, FOUR)).isTrue();
        assertThat(file.resolve("data")).hasContent("mine");
        assertThat(names()).containsExactly("state.json");
    }

    @Test
    void whatCannotBeWrittenIsRememberedUntilTheEnd() throws IOException {
        Path nowhere = folder.resolve("not/there/state.json");

        StopMemory memory = StateFile.open(nowhere);
        memory.remember(WEB, THREE);
        memory.remember(API, FOUR);
        memory.forget(API);

        assertThat(memory.recalls(WEB, THREE)).isTrue();
        assertThat(memory.recalls(API, FOUR)).isFalse();
        assertThat(names()).isEmpty();
    }

    /** Opens a file, and remembers a stop. */
    static final class OneStop {

        private OneStop() {}

        public static void main(String[] args) {
            StateFile.open(Path.of(args[0])).remember(WEB, THREE);
        }
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
    void theRootOfAllIsNoFileAndNoFault() {
        StopMemory memory = StateFile.open(Path.of("/"));
        memory.remember(WEB, THREE);

        assertThat(memory.recalls(WEB, THREE)).isTrue();
        assertThat(Path.of("null.new")).doesNotExist();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWithTheNextChange() throws IOException {
        Path later = folder.resolve("later/state.json");
        StopMemory memory = StateFile.open(later);
        memory.remember(WEB, THREE);
        Files.createDirectory(folder.resolve("later"));

        memory.remember(API, FOUR);

        StopMemory again = StateFile.open(later);
        assertThat(again.recalls(WEB, THREE)).isTrue();
        assertThat(again.recalls(API, FOUR)).isTrue();
    }

    @Test
    void aPeekRecallsWhatTheFileSays() {
        StateFile.open(file).remember(WEB, THREE);

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

        assertThat(StopMemory.NONE.recalls(WEB, THREE)).isFalse();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
