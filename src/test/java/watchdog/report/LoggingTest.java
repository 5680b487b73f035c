package watchdog.report;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LOCAL_DATE;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.ForkedJvm;

class LoggingTest {

    private static final int MANY = 10_000;

    @TempDir
    private Path folder;

    /** Logs a line at each level, with a level and a stream as {@link Logging#configure} takes them. */
    static final class EachLevel {

        private EachLevel() {}

        public static void main(String[] args) {
            Logging.configure(Logging.Level.valueOf(args[0]), LogFormat.TEXT, Boolean.parseBoolean(args[1]));
            Logger log = LoggerFactory.getLogger("watchdog");
            log.debug("one");
            log.info("two");
            log.warn("three");
            log.error("four");
        }
    }

    /** Logs as much as takes longer to write than to log, and ends at once. */
    static final class ManyLines {

        private ManyLines() {}

        public static void main(String[] args) {
            Logging.configure(Logging.Level.info, LogFormat.TEXT, Boolean.parseBoolean(args[0]));
            Logger log = LoggerFactory.getLogger("watchdog");
            for (int i = 1; i <= MANY; i++) {
                log.info("line {}", i);
            }
        }
    }

    private ForkedJvm.Written logged(Logging.Level level, boolean toStandardError) {
        return ForkedJvm.run(folder, EachLevel.class, List.of(), level.name(), String.valueOf(toStandardError));
    }

    @Test
    void aLineHasTheTimeTheLevelAndWhatHappened() {
        ForkedJvm.Written written = logged(Logging.Level.info, false);

        assertThat(written.err()).isEmpty();
        assertThat(written.out())
                .allSatisfy(line -> assertThat(line)
                        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}[-+]\\d\\d:\\d\\d [A-Z]+ [a-z]+"));
        assertThat(written.out())
                .extracting(line -> line.substring("2026-11-22 00:00:00.000+00:00 ".length()))
                .containsExactly("INFO two", "WARN three", "ERROR four");
    }

    @Test
    void aLineIsOfTodayWhateverTheHostsCalendar() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<String> thai = List.of("-Duser.language=th", "-Duser.country=TH");

        assertThat(ForkedJvm.run(folder, EachLevel.class, thai, "error", "false")
                        .out())
                .singleElement()
                .extracting(line -> LocalDate.parse(line.substring(0, 10)), as(LOCAL_DATE))
                .isBetween(today.minusDays(1), today.plusDays(1));
    }

    @ParameterizedTest
    @CsvSource({"debug, 4", "info, 3", "warn, 2", "error, 1"})
    void noMoreIsSaidThanAskedFor(Logging.Level level, int lines) {
        assertThat(logged(level, false).out()).hasSize(lines);
    }

    @Test
    void standardOutputCanBeKeptForAnswers() {
        ForkedJvm.Written written = logged(Logging.Level.warn, true);

        assertThat(written.out()).isEmpty();
        assertThat(written.err()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsLostWhenTheProcessEndsAtOnce(boolean toStandardError) {
        ForkedJvm.Written written = ForkedJvm.run(folder, ManyLines.class, List.of(), String.valueOf(toStandardError));

        assertThat(toStandardError ? written.err() : written.out())
                .hasSize(MANY)
                .last()
                .asString()
                .endsWith(" INFO line " + MANY);
    }
}
