package watchdog.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    /** Device and inode of this process's standard output, as stat(1) tells them. */
    private static String ownOutput() throws IOException {
        String own = "/proc/" + ProcessHandle.current().pid() + "/fd/1";
        Process stat = new ProcessBuilder("stat", "--dereference", "--format=%d:%i", own).start();
        return new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    @Test
    void itIsTheStreamThatSystemdNames() throws IOException {
        assertThat(Journal.isStandardOutput(Map.of("JOURNAL_STREAM", ownOutput())))
                .isTrue();
    }

    @Test
    void anotherStreamIsNot() throws IOException {
        assertThat(Journal.isStandardOutput(Map.of("JOURNAL_STREAM", ownOutput() + "1")))
                .isFalse();
    }

    @Test
    void withoutSystemdThereIsNone() {
        assertThat(Journal.isStandardOutput(Map.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "a:b", "9"})
    void whatIsNoStreamIsNone(String stream) {
        assertThat(Journal.isStandardOutput(Map.of("JOURNAL_STREAM", stream))).isFalse();
    }
}
