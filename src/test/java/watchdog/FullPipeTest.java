package watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.report.LogFormat;
import watchdog.report.Logging;

/** A process whose standard output is a pipe. */
class FullPipeTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LINES = 100_000;
    private static final int WARNING_EACH = 1000;
    private static final Pattern LOST = Pattern.compile(".* WARN ([0-9]+) lines were lost here, because nobody .*");

    /** Logs far more than a pipe holds, and then makes the file it is given; once told to end, logs two lines and ends. */
    static final class Talker {

        private Talker() {}

        public static void main(String[] args) throws IOException {
            Logging.configure(Logging.Level.info, LogFormat.TEXT, false);
            Logger log = LoggerFactory.getLogger("watchdog");
            for (int i = 1; i <= LINES; i++) {
                if (i % WARNING_EACH == 0) {
                    log.warn("line {}", i);
                } else {
                    log.info("line {}", i);
                }
            }
            Files.createFile(Path.of(args[0]));
            int told = System.in.read();
            log.info("ending, told by {}", told);
            // As watchdog does, whose last line is logged by a shutdown hook.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                log.info("ended");
                Logging.awaitWritten(SOON);
            }));
        }
    }

    @TempDir
    private Path folder;

    private Path allIsSaid;
    private Process talker;

    @BeforeEach
    void begin() throws IOException {
        allIsSaid = folder.resolve("said");
        // Far less than the lines, should all of them be kept.
        talker = ForkedJvm.of(Talker.class, List.of("-Xmx16m"), allIsSaid.toString())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    @AfterEach
    void end() {
        talker.destroyForcibly();
    }

    private void awaitAllIsSaid() {
        Eventually.within(SOON, "whoever logs goes on", () -> Files.exists(allIsSaid));
    }

    private void tellToEnd() throws IOException {
        talker.getOutputStream().close();
    }

    private static List<String> upTo(BufferedReader output, Pattern last) throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = output.readLine();
            assertThat(line)
                    .as(() -> "the line after " + lines.size() + " lines")
                    .isNotNull();
            lines.add(line);
        } while (!last.matcher(line).matches());
        return lines;
    }

    private static List<Integer> numbers(List<String> lines, String before) {
        return lines.stream()
                .filter(line -> line.contains(before))
                .map(line -> Integer.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    @Test
    void whoeverLogsWaitsForNobodyAndIsToldOfWhatWasLost() throws IOException, InterruptedException {
        awaitAllIsSaid();

        List<String> lines;
        List<String> last;
        try (BufferedReader output = talker.inputReader(StandardCharsets.UTF_8)) {
            lines = upTo(output, LOST);
            tellToEnd();
            last = output.lines().toList();
        }

        assertThat(last)
                .extracting(line -> line.substring("2026-11-22 00:00:00.000+00:00 ".length()))
                .containsExactly("INFO ending, told by -1", "INFO ended");
        assertThat(talker.waitFor()).isZero();
        List<Integer> written = numbers(lines, " line ");
        Matcher lost = LOST.matcher(lines.get(lines.size() - 1));
        assertThat(lost.matches()).isTrue();
        assertThat(Integer.parseInt(lost.group(1)))
                .isEqualTo(LINES - written.size())
                .isPositive();
        assertThat(written).isSorted().startsWith(1, 2, 3);
        assertThat(numbers(lines, " WARN line "))
                .isEqualTo(IntStream.rangeClosed(1, LINES / WARNING_EACH)
                        .map(i -> i * WARNING_EACH)
                        .boxed()
                        .toList());
    }

    @Test
    void sigtermEndsItAlthoughNobodyReads() {
        awaitAllIsSaid();
        // Not the process: that would close the pipe too.
        talker.toHandle().destroy();

        Eventually.within(Duration.ofSeconds(5), "the end", () -> !talker.isAlive());
    }

    @Test
    void itGoesOnWhenTheReaderHasGoneAway() throws IOException, InterruptedException {
        try (InputStream output = talker.getInputStream()) {
            assertThat(output.read()).isPositive();
        }
        awaitAllIsSaid();
        tellToEnd();

        assertThat(talker.waitFor()).isZero();
    }
}
