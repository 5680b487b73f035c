package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationOptionTest {

    private final DurationOption option = new DurationOption();

    @ParameterizedTest
    @CsvSource({
        "10, PT10S",
        "1, PT1S",
        "010, PT10S",
        "500ms, PT0.5S",
        "100ms, PT0.1S",
        "10s, PT10S",
        "90s, PT1M30S",
        "1m, PT1M",
        "1m30s, PT1M30S",
        "2h, PT2H",
        "1h2m3s4ms, PT1H2M3.004S",
        "1h4ms, PT1H0.004S",
        "0m5s, PT5S",
        "24h, PT24H",
        "86400, PT24H",
        "' 10 ', PT10S",
        "' 1m30s ', PT1M30S",
    })
    void readsSecondsAndUnits(String value, Duration duration) {
        assertThat(option.convert(value)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "-5",
                "-5s",
                "+5",
                "1.5",
                "1,5",
                "5x",
                "10 s",
                "1m 30s",
                "30s1m",
                "1s1s",
                "1d",
                "10S",
                "s",
                "ms",
                "0x10",
                "1e3",
                "PT10S",
                "٣",
                "9999999999"
            })
    void refusesWhatIsNoDuration(String value) {
        assertThatThrownBy(() -> option.convert(value))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'%s' is not a duration; use seconds, as in 10, or units, as in 500ms, 10s, 1m30s", value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "000",
                "0s",
                "0h0m0s0ms",
                "99ms",
                "86401",
                "24h1ms",
                "25h",
                "1441m",
                "999999999",
                "999999999h"
            })
    void refusesWhatIsTooShortOrTooLong(String value) {
        assertThatThrownBy(() -> option.convert(value))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage(
                        "'%s' is not between 100ms and 24h;"
                                + " use seconds, as in 10, or units, as in 500ms, 10s, 1m30s",
                        value);
    }
}
