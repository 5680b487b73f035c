package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "keep, keep, -",
                "' keep ', keep, -",
                "keep=yes, keep, yes",
                "' keep =yes', keep, yes",
                "keep=, keep, ''",
                "keep=' yes ', keep, ' yes '",
                "keep=a=b, keep, a=b",
                "com.example/keep-it, com.example/keep-it, -",
            })
    void readsAKeyWithOrWithoutAValue(String given, String key, @Nullable String value) {
        assertThat(LabelSelector.parse(given.replace("'", ""))).isEqualTo(new LabelSelector(key, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "=", "=yes", " =yes"})
    void refusesWhatHasNoKey(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.parse(given))
                .withMessage("no label; use KEY or KEY=VALUE");
    }

    @ParameterizedTest(name = "{0} matches {1}={2}: {3}")
    @CsvSource({
        "keep, keep, yes, true",
        "keep, keep, '', true",
        "keep, keeper, yes, false",
        "keep, Keep, yes, false",
        "keep=yes, keep, yes, true",
        "keep=yes, keep, no, false",
        "keep=yes, keep, yes!, false",
        "keep=yes, keep, '', false",
        "keep=yes, other, yes, false",
        "keep=, keep, '', true",
        "keep=, keep, yes, false",
    })
    void matchesTheWholeKeyAndTheWholeValue(String selector, String key, String value, boolean matches) {
        assertThat(LabelSelector.parse(selector).matches(Map.of(key, value, "else", "x")))
                .isEqualTo(matches);
    }

    @Test
    void matchesNothingWhereThereAreNoLabels() {
        assertThat(LabelSelector.parse("keep").matches(Map.of())).isFalse();
        assertThat(LabelSelector.parse("keep=yes").matches(Map.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "keep=yes", "keep="})
    void isWrittenAsItWasGiven(String given) {
        assertThat(LabelSelector.parse(given)).hasToString(given);
    }
}
