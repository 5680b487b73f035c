package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KillTest {

    private static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");

    @ParameterizedTest(name = "{0} ({1}) explains a death after {2}: {3}")
    @CsvSource(textBlock = """
            unknown, 0, PT0S, true
            unknown, 0, PT15M, true
            unknown, 0, PT15M0.001S, false
            HUP, 1, PT0S, true
            HUP, 1, PT2S, true
            HUP, 1, PT2.001S, false
            HUP, 1, PT1H, false
            INT, 2, PT15M, true
            QUIT, 3, PT12S, true
            QUIT, 3, PT12.001S, false
            KILL, 9, PT15M, true
            TERM, 15, PT0S, true
            TERM, 15, PT15M, true
            TERM, 15, PT15M0.001S, false
            WINCH, 28, PT12.001S, false
            RTMIN+3, 37, PT12.001S, false
            USR1, 10, PT12S, true
            USR1, 10, PT12.001S, false
            USR2, 12, PT1M, false
            """)
    void explainsADeathWithinTheTimeThatSuchASignalTakes(String name, int signal, Duration later, boolean explained) {
        assertThat(new Kill(signal, T0).explains(T0.plus(later))).isEqualTo(explained);
    }

    @ParameterizedTest(name = "{0}, {1} s after {2}, outlasts it: {3}")
    @CsvSource({"15, 0, 1, true", "1, 0, 15, false", "15, 0, 15, false", "15, 1, 15, true", "1, 899, 15, true"})
    void outlastsWhatExplainsForAShorterTime(int signal, long later, int other, boolean outlasts) {
        assertThat(new Kill(signal, T0.plusSeconds(later)).outlasts(new Kill(other, T0)))
                .isEqualTo(outlasts);
    }

    @ParameterizedTest(name = "signal {0} to a container that stops by \"{1}\" explains a death after 15 min: {2}")
    @CsvSource({
        "10, SIGUSR1, true",
        "10, USR1, true",
        "10, 10, true",
        "10, usr1, true",
        "10, sigusr1, true",
        "10, SIGSIGUSR1, false",
        "10, SIGUSR2, false",
        "10, '', false",
        "10, SIGTERM, false",
        "10, 1, false",
        "10, 100, false",
        "12, SIGUSR2, true",
        "1, SIGHUP, true",
        "1, HUP, true",
        "1, 1, true",
        "1, SIGUSR1, false",
        "15, SIGUSR1, true",
        "15, '', true",
        "9, SIGHUP, true",
        "0, '', true",
        "0, SIGUSR1, true",
        "38, 38, true",
        "38, SIG38, true",
        "3, SIGQUIT, true",
        "6, SIGABRT, true",
        "14, SIGALRM, true",
        "28, SIGWINCH, true",
        "30, SIGPWR, true",
        "34, SIGRTMIN, true",
        "37, SIGRTMIN+3, true",
        "38, RTMIN+4, true",
        "3, '', false",
        "28, '', false",
    })
    void explainsADeathForLongerWhereTheContainerStopsByIt(int signal, String stopSignal, boolean explained) {
        Kill kill = Kill.of(signal, setup(stopSignal, null), T0);

        assertThat(kill.explains(T0.plus(Duration.ofMinutes(15)))).isEqualTo(explained);
        assertThat(kill.explains(T0.plus(Duration.ofSeconds(2)))).isTrue();
        assertThat(kill.signal()).isEqualTo(signal);
        assertThat(kill.toStop()).isEqualTo(explained);
    }

    @ParameterizedTest(name = "signal {0} to a container with {1} to stop explains a death after {2}: {3}")
    @CsvSource({
        "15, PT1H, PT1H12S, true",
        "15, PT1H, PT1H12.001S, false",
        "15, PT14M49S, PT15M1S, true",
        "15, PT10S, PT15M, true",
        "10, PT1H, PT13S, false",
    })
    void explainsADeathForAsLongAsTheContainerMayTakeToStop(int signal, Duration timeout, Duration later, boolean yes) {
        assertThat(Kill.of(signal, setup("", timeout), T0).explains(T0.plus(later)))
                .isEqualTo(yes);
    }

    private static Setup setup(String stopSignal, @Nullable Duration stopTimeout) {
        return new Setup(Map.of(), List.of(), "", false, stopSignal, stopTimeout);
    }
}
