package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;
import watchdog.engine.Json;

class LogFormatTest {

    private static final LogLine PLAIN = new LogLine(Level.WARN, "größer", List.of());
    private static final LogLine FAULT =
            new LogLine(Level.ERROR, "failed", List.of("java.lang.Error: no", "\tat a.b(c)"));

    private static LogFormat format(Logging.Format format, boolean toJournal) {
        return LogFormat.of(format, toJournal, Json::line);
    }

    private static Map<String, Object> json(LogLine line) throws IOException {
        List<String> lines = format(Logging.Format.json, false).lines(line);
        assertThat(lines).hasSize(1);
        return Json.read(lines.get(0).getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertNow(OffsetDateTime time) {
        assertThat(time.toInstant()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        assertThat(time.getOffset()).isEqualTo(ZoneId.systemDefault().getRules().getOffset(time.toInstant()));
    }

    @Test
    void textHasTheTimeWithItsOffsetAndTheLevel() {
        String line = format(Logging.Format.text, false).lines(PLAIN).get(0);

        assertThat(line.substring(29)).isEqualTo(" WARN größer");
        assertNow(OffsetDateTime.parse(line.substring(0, 29).replace(' ', 'T')));
    }

    @Test
    void textHasTheStackTraceBelow() {
        assertThat(format(Logging.Format.text, false).lines(FAULT))
                .hasSize(3)
                .endsWith("java.lang.Error: no", "\tat a.b(c)");
    }

    @Test
    void theJournalGetsAPriorityInEachLineAndNoTime() {
        assertThat(format(Logging.Format.text, true).lines(FAULT))
                .containsExactly("<3>failed", "<3>java.lang.Error: no", "<3>\tat a.b(c)");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, 3", "WARN, 4", "INFO, 6", "DEBUG, 7"})
    void aPriorityIsThatOfSyslog(Level level, int priority) {
        assertThat(format(Logging.Format.text, true)
                        .entry(new LogLine(level, "a", List.of()))
                        .text())
                .isEqualTo("<" + priority + ">a" + System.lineSeparator());
    }

    @Test
    void jsonHasTheFieldsBeforeTheMessage() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", "wait");
        fields.put("next", 3.94);
        Map<String, Object> read = json(new LogLine(Level.INFO, "waiting 3.9 s", List.of(), fields));

        assertThat(read.keySet()).containsExactly("time", "level", "what", "next", "message");
        assertThat(read).containsEntry("level", "info").containsEntry("next", 3.94);
        assertNow(OffsetDateTime.parse(String.valueOf(read.get("time"))));
    }

    @Test
    void jsonIsTheSameWhateverTheHostsEncoding() throws IOException {
        assertThat(json(PLAIN)).containsEntry("message", "größer").doesNotContainKey("stackTrace");
        assertThat(format(Logging.Format.json, false).lines(PLAIN).get(0)).contains("gr\\u00F6\\u00DFer");
    }

    @Test
    void jsonHasTheStackTraceInOneField() throws IOException {
        assertThat(json(FAULT)).containsEntry("stackTrace", "java.lang.Error: no\n\tat a.b(c)");
    }

    @Test
    void theJournalTakesTheLongestStackTraceInOnePiece() {
        StackTrace trace = new StackTrace();
        for (int i = 0; i < 5000; i++) {
            trace.add("\tat watchdog.a.b.c.D.method(D.java:" + i + ")");
        }
        LogLine line = new LogLine(Level.ERROR, "failed", trace.lines());

        assertThat(format(Logging.Format.json, true).lines(line))
                .singleElement()
                .asString()
                .hasSizeBetween(20_000, 48 * 1024)
                .startsWith("<3>{\"time\":")
                .contains("\\n\\t...\"");
    }
}
