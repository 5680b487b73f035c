package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    /** By the names of Unicode, not by the code under test. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\\p{Cn}]");

    private static final String FORGED = "a\n2026-01-01 00:00:00.000 INFO forged";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0009|blank",
                "000a|blank",
                "000b|blank",
                "000c|blank",
                "000d|blank",
                "001c|blank",
                "0020|blank",
                "0085|blank",
                "00a0|blank",
                "2003|blank",
                "2028|blank",
                "2029|blank",
                "202f|blank",
                "3000|blank",
                "0000|\\u0000",
                "0007|\\u0007",
                "001b|\\u001b",
                "007f|\\u007f",
                "009b|\\u009b",
                "00ad|\\u00ad",
                "200b|\\u200b",
                "200d|\\u200d",
                "202e|\\u202e",
                "2066|\\u2066",
                "feff|\\ufeff",
                "e000|\\ue000",
                "ffff|\\uffff",
                "d83d|\\ud83d",
                "de00|\\ude00",
                "e0041|\\udb40\\udc41",
                "10ffff|\\udbff\\udfff",
                "0041|A",
                "005c|\\",
                "00e9|é",
                "0301|\u0301",
                "4e2d|中",
                "1f600|😀",
                "20000|𠀀"
            })
    void aCharacterStaysUnlessItActsOrCannotBeSeen(String codePoint, String shown) {
        String text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";

        String expected = "a" + shown.replace("blank", " ") + "b";
        assertThat(OneLine.of(text)).isEqualTo(expected);
        // The exits, each with all that it writes.
        assertThat(new Table(List.of("NAME"), List.of(List.of(text))).toString().split("\n"))
                .containsExactly("NAME", expected);
        assertThat(logged(out -> out.println("INFO " + text)))
                .singleElement()
                .asString()
                .endsWith(" INFO " + expected);
        assertThat(logged(out -> {
                    out.println("WARN it failed");
                    new IllegalStateException(text).printStackTrace(out);
                }))
                .element(1)
                .isEqualTo("java.lang.IllegalStateException: " + expected);
    }

    private interface Said {
        void to(LogStream out);
    }

    /** Splits at a line feed only, as a terminal does. */
    private static List<String> logged(Said said) {
        ByteArrayOutputStream nothing = new ByteArrayOutputStream();
        List<LogLine> lines = new ArrayList<>();
        LogStream stream = new LogStream(new PrintStream(nothing, true, StandardCharsets.UTF_8), lines::add);
        said.to(stream);
        stream.flush();
        assertThat(nothing.size()).isZero();
        assertThat(lines).hasSize(1);
        return List.of(LogFormat.TEXT.entry(lines.get(0)).text().split("\n"));
    }

    @Test
    void nobodyForgesALine() {
        assertThat(logged(out -> out.println("INFO web: " + FORGED)))
                .singleElement()
                .asString()
                .endsWith(" INFO web: a 2026-01-01 00:00:00.000 INFO forged");
    }

    @Test
    void nobodyForgesALineByWhatIsThrown() {
        List<String> lines = logged(out -> {
            out.println("ERROR failed");
            new IllegalStateException(FORGED, new IllegalArgumentException(FORGED)).printStackTrace(out);
        });

        assertThat(lines.get(0)).endsWith(" ERROR failed");
        assertThat(lines.get(1)).isEqualTo("java.lang.IllegalStateException: a 2026-01-01 00:00:00.000 INFO forged");
        assertThat(lines).anyMatch(line -> line.startsWith("Caused by: java.lang.IllegalArgumentException: a 2026"));
        assertThat(lines.stream().skip(1)).noneMatch(line -> line.startsWith("2026"));
        assertThat(lines.get(2)).startsWith("\tat watchdog.report.");
    }

    @Test
    void aStackTraceIsBounded() {
        String longest = "x".repeat(100_000);
        Throwable cause = new IllegalStateException(longest);
        for (int i = 0; i < 100; i++) {
            cause = new IllegalStateException(longest, cause);
        }
        Throwable thrown = cause;

        List<String> lines = logged(out -> {
            out.println("ERROR failed");
            thrown.printStackTrace(out);
        });

        assertThat(lines).last().isEqualTo("\t...");
        assertThat(lines.stream().mapToInt(String::length).sum()).isBetween(100_000, 110_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\ud83d\ude00", "a\ud83d\ude00", "\u202e", "\udb40\udc41", "a \n"})
    void aLineIsBoundedAndNothingIsCutInTwo(String piece) {
        String whole = OneLine.of(piece);
        for (int length = OneLine.LONGEST - 20; length < OneLine.LONGEST + 20; length++) {
            String text = "x".repeat(length % 13) + piece.repeat(length);

            String line = OneLine.of(text);

            assertThat(line).hasSizeBetween(OneLine.LONGEST - 40, OneLine.LONGEST);
            String kept = line.replaceFirst("[.]{3}$", "").substring(length % 13);
            // Between two characters it may be cut.
            assertThat(kept.replace(whole, "").strip()).isIn("", "a");
        }
    }

    @Test
    void nothingIsCutThatFits() {
        String fits = "x".repeat(OneLine.LONGEST);

        assertThat(OneLine.of(fits)).isEqualTo(fits);
        assertThat(OneLine.of(" " + fits + "\n")).isEqualTo(fits);
        assertThat(OneLine.of(fits + "x")).isEqualTo("x".repeat(OneLine.LONGEST - 3) + "...");
    }

    @Test
    void whiteSpaceBecomesOneBlankAndNoneAtTheEnds() {
        assertThat(OneLine.of(" \r\n a \u2028\u00a0\t b\u0085")).isEqualTo("a b");
        assertThat(OneLine.of("")).isEmpty();
        assertThat(OneLine.of(" \n")).isEmpty();
    }

    @Test
    void noCodePointPassesThatIsHarmful() {
        for (int first = 0; first <= Character.MAX_CODE_POINT; first += 256) {
            StringBuilder text = new StringBuilder();
            // With a dash between them, for two halves would make a pair.
            IntStream.range(first, first + 256)
                    .forEach(codePoint -> text.appendCodePoint(codePoint).append('-'));

            String line = OneLine.of(text.toString());

            assertThat(HARMFUL.matcher(line).results().map(MatchResult::group)).isEmpty();
            assertThat(line.lines()).hasSize(1);
            assertThat(line.chars().filter(c -> c == '-').count()).isGreaterThanOrEqualTo(256);
        }
    }
}
