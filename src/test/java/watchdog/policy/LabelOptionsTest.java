package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What labels are understood as, and what is told of those that are not. */
class LabelOptionsTest {

    private static LabelOptions options(Map<String, String> labels) {
        return LabelOptions.of(labels, Rules.DEFAULT);
    }

    private static Rules withMode(RestartMode mode) {
        return new RulesBuilder().mode(mode).build();
    }

    @Test
    void withoutLabelsAreWhatTheRulesSay() {
        assertThat(options(Map.of("com.example.watchdog.policy", "on-failure", "watchdog", "no")))
                .isEqualTo(new LabelOptions(true, RestartMode.ALWAYS, null, Rules.DEFAULT.settle(), List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void thePolicyIsThatOfTheRulesWhereNoLabelNamesOne(RestartMode mode) {
        assertThat(LabelOptions.of(Map.of(), withMode(mode)).mode()).isEqualTo(mode);
        assertThat(LabelOptions.of(Map.of(LabelOptions.POLICY, "sometimes"), withMode(mode))
                        .mode())
                .isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({"always, ALWAYS", "unless-stopped, UNLESS_STOPPED", "on-failure, ON_FAILURE", "no, NO"})
    void thePolicyIsThatOfTheLabel(String label, RestartMode mode) {
        LabelOptions options = LabelOptions.of(Map.of("watchdog.policy", label), withMode(RestartMode.ON_FAILURE));

        assertThat(options.mode()).isEqualTo(mode).hasToString(label);
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void aContainerCanBeTakenOut(String label, boolean enabled) {
        LabelOptions options = options(Map.of("watchdog.enable", label));

        assertThat(options.enabled()).isEqualTo(enabled);
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "0s, PT0S", "5, PT5S", "30s, PT30S", "0090, PT1M30S", "3600, PT1H", "3600s, PT1H"})
    void theStopTimeoutIsThatOfTheLabel(String label, Duration timeout) {
        LabelOptions options = options(Map.of("watchdog.stop-timeout", label));

        assertThat(options.ownStopTimeout()).isEqualTo(timeout);
        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "True", "FALSE", "no", "0", "1", " true", "true ", "yes please"})
    void neitherTrueNorFalseDoesNotTakeItOut(String value) {
        LabelOptions options = options(Map.of("watchdog.enable", value));

        assertThat(options.enabled()).isTrue();
        assertThat(options.problems())
                .containsExactly("watchdog.enable=" + value + ", which is neither true nor false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Always", "unless_stopped", "on-failure:3", "never", " always"})
    void aPolicyThatIsNoneIsNamed(String value) {
        LabelOptions options = options(Map.of("watchdog.policy", value));

        assertThat(options.mode()).isEqualTo(RestartMode.ALWAYS);
        assertThat(options.problems())
                .containsExactly(
                        "watchdog.policy=" + value + ", which is none of always, unless-stopped, on-failure and no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1", "3601", "9999s", "10000", "1m", "1.5", "10 s", "10S", "ten", "٣"})
    void aStopTimeoutThatIsNoneIsNamed(String value) {
        LabelOptions options = options(Map.of("watchdog.stop-timeout", value));

        assertThat(options.ownStopTimeout()).isNull();
        assertThat(options.problems())
                .containsExactly("watchdog.stop-timeout=" + value + ", which is not a number of seconds up to 3600");
    }

    @Test
    void notAllOfALongWrongValueIsTold() {
        LabelOptions options = options(Map.of("watchdog.policy", "no" + "\ud83d\ude00".repeat(1000)));

        assertThat(options.problems())
                .containsExactly("watchdog.policy=no" + "\ud83d\ude00".repeat(58)
                        + "…, which is none of always, unless-stopped, on-failure and no");
    }

    @ParameterizedTest(name = "a container's own stop timeout of {0} is {1}")
    @CsvSource({"PT1H, PT1H", "PT1H1S, PT1H", "P30D, PT1H", "PT-1S, PT1H", "PT0S, PT0S"})
    void aStopTimeoutIsAtMostAnHour(Duration own, Duration taken) {
        Setup setup = new Setup(Map.of(), List.of(), "", false, "", own);

        assertThat(options(Map.of()).stopTimeout(setup)).isEqualTo(taken);
    }

    @Test
    void aWrongValueOfOneLabelDoesNotSpoilTheOthers() {
        LabelOptions options = options(
                Map.of("watchdog.enable", "off", "watchdog.policy", "on-failure", "watchdog.stop-timeout", "soon"));

        assertThat(options.enabled()).isTrue();
        assertThat(options.mode()).isEqualTo(RestartMode.ON_FAILURE);
        assertThat(options.problems())
                .containsExactly(
                        "watchdog.enable=off, which is neither true nor false",
                        "watchdog.stop-timeout=soon, which is not a number of seconds up to 3600");
    }

    @ParameterizedTest(name = "label {0}, container {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {"30, 20, PT30S", "0, 20, PT0S", "-, 20, PT20S", "-, 0, PT0S", "-, -, PT10S", "soon, 20, PT20S"})
    void theStopTimeoutIsThatOfTheLabelElseOfTheContainerElseDockers(
            @Nullable String label, @Nullable Integer ofContainer, Duration timeout) {
        Map<String, String> labels = label == null ? Map.of() : Map.of(LabelOptions.STOP_TIMEOUT, label);
        Duration own = ofContainer == null ? null : Duration.ofSeconds(ofContainer);
        Setup setup = new Setup(labels, List.of(), "", false, "", own);

        assertThat(options(labels).stopTimeout(setup)).isEqualTo(timeout);
    }

    @Test
    void aWrongValueOfOneLineIsToldInFull() {
        assertThat(options(Map.of("watchdog.enable", "y".repeat(60))).problems())
                .containsExactly("watchdog.enable=" + "y".repeat(60) + ", which is neither true nor false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"watchdog.enabled", "watchdog.Policy", "watchdog.stop-timeouts", "watchdog.", "watchdog.policy "
            })
    void aLabelThatBeginsLikeOursAndIsNoneIsMisspelt(String label) {
        assertThat(options(Map.of(label, "false")).enabled()).isTrue();
        assertThat(misspelt(label, "watchdog.enable"))
                .containsExactly(label + ", which is none of watchdog.enable, watchdog.policy, watchdog.stop-timeout,"
                        + " watchdog.settle, watchdog.notify");
    }

    private static List<String> misspelt(String... labels) {
        return LabelOptions.misspelt(
                Stream.of(labels).collect(Collectors.toMap(label -> label, label -> "")), label -> false);
    }

    @Test
    void misspeltLabelsComeInTheOrderOfTheAlphabet() {
        assertThat(misspelt("watchdog.polcy", "watchdog.b", "watchdog.enable"))
                .extracting(problem -> problem.substring(0, problem.indexOf(',')))
                .containsExactly("watchdog.b", "watchdog.polcy");
    }

    @Test
    void aLabelThatIsThereForSomethingElseIsNotMisspelt() {
        assertThat(LabelOptions.misspelt(Map.of("watchdog.mine", "", "watchdog.other", ""), "watchdog.mine"::equals))
                .singleElement()
                .asString()
                .startsWith("watchdog.other");
    }

    @Test
    void notAllOfALongMisspeltLabelIsTold() {
        assertThat(misspelt("watchdog." + "x".repeat(1000)))
                .singleElement()
                .asString()
                .startsWith("watchdog." + "x".repeat(51) + "…, which is none of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Watchdog.enabled", "watchdogs.enable", "com.example.watchdog.enabled", "watchdog"})
    void aLabelThatOnlyResemblesOursIsNoProblem(String other) {
        assertThat(misspelt(other)).isEmpty();
    }
}
