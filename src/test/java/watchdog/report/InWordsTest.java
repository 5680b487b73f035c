package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import watchdog.policy.Decision;

class InWordsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT-3S, 0 s",
        "PT0.001S, less than 0.1 s",
        "PT0.049S, less than 0.1 s",
        "PT0.05S, 0.1 s",
        "PT0.412S, 0.4 s",
        "PT0.949S, 0.9 s",
        "PT0.95S, 1 s",
        "PT0.999S, 1 s",
        "PT1.05S, 1.1 s",
        "PT8.44S, 8.4 s",
        "PT9.949S, 9.9 s",
        "PT9.95S, 10 s",
        "PT10.4S, 10 s",
        "PT59.999S, 60 s",
        "PT1M30S, 90 s",
        "PT1M59.499S, 119 s",
        "PT1M59.5S, 2 min",
        "PT2M29S, 2 min",
        "PT3M20S, 3 min",
        "PT59M59.9S, 60 min",
        "PT1H59M29S, 119 min",
        "PT1H59M30S, 2 h",
        "PT2H5M, 2 h",
        "PT47H29M, 47 h",
        "PT47H30M, 2 d",
        "PT75H, 3 d",
        "PT8760H, 365 d",
    })
    void aMeasuredDurationIsRounded(Duration duration, String words) {
        assertThat(InWords.duration(duration)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.1S, 100 ms",
        "PT1.5S, 1500 ms",
        "PT1S, 1 s",
        "PT90S, 90 s",
        "PT3M20S, 200 s",
        "PT10M, 10 min",
        "PT90M, 90 min",
        "PT24H, 24 h",
    })
    void aDurationThatWasSetIsNotRounded(Duration duration, String words) {
        assertThat(InWords.setting(duration)).isEqualTo(words);
    }

    static Stream<Arguments> decisions() {
        return Stream.of(
                arguments(new Decision.Leave("it runs"), "leave"),
                arguments(new Decision.Start("it crashed"), "start"),
                arguments(new Decision.Restart("it is unhealthy"), "restart"),
                arguments(new Decision.Wait("it crashed", Instant.EPOCH), "wait"),
                arguments(new Decision.GiveUp("it crashed"), "leave"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionIsWhatWouldBeDone(Decision decision, String verb) {
        assertThat(InWords.verb(decision)).isEqualTo(verb);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "1, 1B",
        "999, 999B",
        "1000, 1kB",
        "1024, 1.02kB",
        "9994, 9.99kB",
        "9995, 10kB",
        "99949, 99.9kB",
        "99950, 100kB",
        "999499, 999kB",
        "999500, 1MB",
        "1410000, 1.41MB",
        "43600000, 43.6MB",
        "187000000, 187MB",
        "1410000000, 1.41GB",
        "2000000000000, 2TB",
        "1234000000000000, 1.23PB",
    })
    void aSizeHasThreeDigitsAndADecimalUnit(long bytes, String words) {
        assertThat(InWords.size(bytes)).isEqualTo(words);
    }

    @Test
    void aSizeReadsTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(InWords.size(1_410_000)).isEqualTo("1.41MB");
        } finally {
            Locale.setDefault(before);
        }
    }
}
