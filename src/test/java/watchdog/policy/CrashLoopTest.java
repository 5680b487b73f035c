package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When starts are a crash loop, and when no more. */
class CrashLoopTest {

    private static final Instant T0 = Instant.parse("2026-11-22T03:00:00Z");

    private final CrashLoop three = new CrashLoop(3, Duration.ofSeconds(10));

    private static List<Instant> at(int... seconds) {
        return IntStream.of(seconds).mapToObj(T0::plusSeconds).toList();
    }

    @ParameterizedTest(name = "starts at {0} s: {1}")
    @CsvSource({
        "'', false",
        "0, false",
        "0 1, false",
        "0 0 0, true",
        "0 5 10, true",
        "0 5 11, false",
        "0 8 9 10, true",
        "0 8 16 24, false",
        "0 1 2 30, false",
        "0 20 25 30, true",
    })
    void isSoManyStartsWithinThatTime(String seconds, boolean isOne) {
        List<Instant> times = Stream.of(seconds.split(" "))
                .filter(second -> !second.isEmpty())
                .map(second -> T0.plusSeconds(Integer.parseInt(second)))
                .toList();

        assertThat(three.isOne(times)).isEqualTo(isOne);
    }

    @ParameterizedTest(name = "{0} s after the last start: {1}")
    @CsvSource({"0, true", "4, true", "5, true", "6, false", "3600, false"})
    void isOverOnceThereWereFewerWithinThatTime(long later, boolean isOne) {
        assertThat(three.isOne(at(0, 5, 10, 10), T0.plusSeconds(10 + later))).isEqualTo(isOne);
    }

    @Test
    void isNotOverWhereItNeverBegan() {
        assertThat(three.isOne(at(0, 1), T0.plusSeconds(1))).isFalse();
        assertThat(three.isOne(at(0, 5, 11), T0.plusSeconds(11))).isFalse();
    }

    @Test
    void keepsOnlyTheTimesThatCanMatter() {
        List<Instant> times = List.of();
        for (int second = 0; second < 100; second++) {
            times = three.with(times, T0.plusSeconds(second));
            assertThat(times).hasSizeLessThanOrEqualTo(3).endsWith(T0.plusSeconds(second));
        }

        assertThat(times).isEqualTo(at(97, 98, 99));
    }

    @Test
    void keepsAllTimesWhileTheyAreFew() {
        assertThat(three.with(three.with(List.of(), T0), T0.plusSeconds(1))).isEqualTo(at(0, 1));
    }

    @Test
    void oneStartIsNoLoop() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CrashLoop(1, Duration.ofMinutes(1)));
        assertThat(new CrashLoop(2, Duration.ofMinutes(1)).starts()).isEqualTo(2);
    }
}
