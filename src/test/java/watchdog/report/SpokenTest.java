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

class SpokenTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT-3S, 0 ms",
        "PT0.0009S, 0 ms",
        "PT0.001S, 1 ms",
        "PT0.412S, 412 ms",
        "PT0.9999S, 999 ms",
        "PT1S, 1 s",
        "PT1.05S, 1 s",
        "PT8.4S, 8.4 s",
        "PT8.49S, 8.4 s",
        "PT10S, 10 s",
        "PT59.999S, 59.9 s",
        "PT1M, 1 min",
        "PT1M0.9S, 1 min",
        "PT3M20S, 3 min 20 s",
        "PT59M59.9S, 59 min 59 s",
        "PT1H, 1 h",
        "PT1H59S, 1 h",
        "PT2H5M, 2 h 5 min",
        "PT23H59M59S, 23 h 59 min",
        "PT24H, 1 d",
        "PT24H59M, 1 d",
        "PT75H, 3 d 3 h",
        "PT8760H, 365 d",
    })
    void aDurationHasItsTwoLargestUnits(Duration duration, String words) {
        assertThat(Spoken.duration(duration)).isEqualTo(words);
    }

    static Stream<Arguments> decisions() {
        return Stream.of(
                arguments(new Decision.Leave("it runs"), "leaving it", "leave"),
                arguments(new Decision.Start("it crashed"), "starting", "start"),
                arguments(new Decision.Restart("it is ill", Duration.ofSeconds(10)), "restarting", "restart"),
                arguments(new Decision.Wait("it crashed", NOW.plusMillis(8400)), "waiting 8.4 s", "wait"),
                arguments(new Decision.Wait("it crashed", NOW.minusMillis(1)), "waiting 0 ms", "wait"),
                arguments(new Decision.GiveUp("it crashed"), "giving up", "leave"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionIsToldAsWhatIsDoneAndAsWhatWouldBeDone(Decision decision, String doing, String verb) {
        assertThat(Spoken.decision(decision, NOW)).isEqualTo(doing);
        assertThat(Spoken.verb(decision)).isEqualTo(verb);
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
        assertThat(Spoken.size(bytes)).isEqualTo(words);
    }

    @Test
    void aSizeReadsTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Spoken.size(1_410_000)).isEqualTo("1.41MB");
        } finally {
            Locale.setDefault(before);
        }
    }
}
