package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The label by which nobody is told of a container. */
class NotifyLabelTest {

    @Test
    void takesAContainerOut() {
        assertThat(LabelOptions.isNotified(Map.of())).isTrue();
        assertThat(LabelOptions.isNotified(Map.of("watchdog.notify", "yes"))).isTrue();
        assertThat(LabelOptions.isNotified(Map.of("watchdog.notify", "no"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no"})
    void isRight(String value) {
        assertThat(LabelOptions.of(Map.of("watchdog.notify", value), Rules.DEFAULT)
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "No", "false"})
    void isWrongAndLeftOutOfAccount(String value) {
        Map<String, String> labels = Map.of("watchdog.notify", value);

        assertThat(LabelOptions.isNotified(labels)).isTrue();
        assertThat(LabelOptions.of(labels, Rules.DEFAULT).problems())
                .containsExactly("watchdog.notify=" + value + ", which is neither yes nor no");
    }
}
