package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.policy.LifeBench.SETUP;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A container's own {@code --settle}, by its labels. */
class SettleLabelTest {

    private static final String BACKUP = "docker-volume-backup.stop-during-backup";

    private static Setup labelled(Map<String, String> labels) {
        return new Setup(labels, List.of(), "no", false, "", null);
    }

    @ParameterizedTest
    @CsvSource({
        "5m, PT5M",
        "90, PT1M30S",
        "1m30s, PT1M30S",
        "500ms, PT0.5S",
        "100ms, PT0.1S",
        "24h, PT24H",
        "' 1h ', PT1H"
    })
    void isThatOfTheLabelInTheWordsOfTheOption(String label, Duration settle) {
        LabelOptions options = LabelOptions.of(Map.of("watchdog.settle", label), Rules.DEFAULT);

        assertThat(options.settle()).isEqualTo(settle);
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0", "25h", "1s1m", "-5s"})
    void isThatOfTheRulesWhereTheLabelIsNoDuration(String label) {
        LabelOptions options = LabelOptions.of(Map.of("watchdog.settle", label), Rules.DEFAULT);

        assertThat(options.settle()).isEqualTo(Rules.DEFAULT.settle());
        assertThat(options.problems())
                .containsExactly("watchdog.settle=" + label + ", which is not a duration from 100ms to 24h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "weekly"})
    void isAnHourForWhatABackupStops(String value) {
        assertThat(LabelOptions.of(Map.of(BACKUP, value), Rules.DEFAULT).settle())
                .isEqualTo(Duration.ofHours(1));
        assertThat(LabelOptions.of(Map.of(BACKUP, value, "watchdog.settle", "3m"), Rules.DEFAULT)
                        .settle())
                .isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void whatABackupStopsIsLeftAnHourAndThenStarted() {
        LifeBench life = LifeBench.running(Rules.DEFAULT, labelled(Map.of(BACKUP, "true")));

        life.stoppedByOperator().inspected(LifeBench.exited(143, 0));

        assertThat(life.decision())
                .isEqualTo("wait until PT1H because an operator stopped it, but its policy is always");
        assertThat(life.at(3600.1).decision())
                .isEqualTo("start because an operator stopped it, but its policy is always");
    }

    @Test
    void aCrashIsAnsweredAtOnceAllTheSame() {
        LifeBench life = LifeBench.running(Rules.DEFAULT, labelled(Map.of(BACKUP, "true")));

        assertThat(life.died(1).calls()).contains("start");
    }

    @Test
    void withoutALabelItIsThatOfTheRules() {
        LifeBench life = LifeBench.running(Rules.DEFAULT, SETUP);

        life.stoppedByOperator().inspected(LifeBench.exited(143, 0));

        assertThat(life.decision())
                .isEqualTo("wait until PT10S because an operator stopped it, but its policy is always");
    }
}
