package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of what a program writes. */
class FirstLinesTest {

    private static List<String> read(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        try (ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(UTF_8))) {
            FirstLines.read(in, lines::add);
            assertThat(in.available()).isZero();
        }
        return lines;
    }

    @Test
    void linesAreHandedOnAndWhatHasNoEndIsOneToo() throws IOException {
        assertThat(read("one\n\nzwölf\nthree")).containsExactly("one", "", "zwölf", "three");
        assertThat(read("")).isEmpty();
    }

    @Test
    void ofALineThatDoesNotEndOnlyTheBeginningIsKept() throws IOException {
        assertThat(read("x".repeat(1_000_000) + "\ny")).containsExactly("x".repeat(FirstLines.LONGEST_LINE), "y");
        assertThat(read("x".repeat(1_000_000))).containsExactly("x".repeat(FirstLines.LONGEST_LINE));
    }

    @Test
    void ofManyLinesTheFirstAreKept() throws IOException {
        assertThat(read("line\n".repeat(1000))).hasSize(FirstLines.MOST_LINES);
    }
}
