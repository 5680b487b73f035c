package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WishesTest {

    private static Wishes wishes(Map<String, String> labels) {
        return Wishes.of(labels, Rules.DEFAULT);
    }

    @Test
    void withoutLabelsAreWhatTheRulesSay() {
        assertThat(wishes(Map.of("com.example.watchdog.policy", "on-failure", "watchdog", "no")))
                .isEqualTo(new Wishes(true, RestartMode.ALWAYS, null, List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void thePolicyIsThatOfTheRulesWhereNoLabelNamesOne(RestartMode mode) {
        assertThat(Wishes.of(Map.of(), rules(mode)).mode()).isEqualTo(mode);
        assertThat(Wishes.of(Map.of(Wishes.POLICY, "sometimes"), rules(mode)).mode())
                .isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({"always, ALWAYS", "unless-stopped, UNLESS_STOPPED", "on-failure, ON_FAILURE"})
    void thePolicyIsThatOfTheLabel(String label, RestartMode mode) {
        Wishes wishes = Wishes.of(Map.of("watchdog.policy", label), rules(RestartMode.ON_FAILURE));

        assertThat(wishes.mode()).isEqualTo(mode).hasToString(label);
        assertThat(wishes.nonsense()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void aContainerCanBeTakenOut(String label, boolean enabled) {
        Wishes wishes = wishes(Map.of("watchdog.enable", label));

        assertThat(wishes.enabled()).isEqualTo(enabled);
        assertThat(wishes.nonsense()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "0s, PT0S", "5, PT5S", "30s, PT30S", "0090, PT1M30S", "3600, PT1H", "3600s, PT1H"})
    void theStopTimeoutIsThatOfTheLabel(String label, Duration timeout) {
        Wishes wishes = wishes(Map.of("watchdog.stop-timeout", label));

        assertThat(wishes.ownStopTimeout()).isEqualTo(timeout);
        assertThat(wishes.nonsense()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "True", "FALSE", "no", "0", "1", " true", "true ", "yes please"})
    void neitherTrueNorFalseDoesNotTakeItOut(String nonsense) {
        Wishes wishes = wishes(Map.of("watchdog.enable", nonsense));

        assertThat(wishes.enabled()).isTrue();
        assertThat(wishes.nonsense())
                .containsExactly("watchdog.enable=" + nonsense + ", which is neither true nor false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Always", "unless_stopped", "on-failure:3", "no", " always"})
    void aPolicyThatIsNoneIsNamed(String nonsense) {
        Wishes wishes = wishes(Map.of("watchdog.policy", nonsense));

        assertThat(wishes.mode()).isEqualTo(RestartMode.ALWAYS);
        assertThat(wishes.nonsense())
                .containsExactly(
                        "watchdog.policy=" + nonsense + ", which is none of always, unless-stopped and on-failure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1", "3601", "9999s", "10000", "1m", "1.5", "10 s", "10S", "ten", "٣"})
    void aStopTimeoutThatIsNoneIsNamed(String nonsense) {
        Wishes wishes = wishes(Map.of("watchdog.stop-timeout", nonsense));

        assertThat(wishes.ownStopTimeout()).isNull();
        assertThat(wishes.nonsense())
                .containsExactly("watchdog.stop-timeout=" + nonsense + ", which is not a number of seconds up to 3600");
    }

    @Test
    void notAllOfLongNonsenseIsTold() {
        Wishes wishes = wishes(Map.of("watchdog.policy", "no" + "\ud83d\ude00".repeat(1000)));

        assertThat(wishes.nonsense())
                .containsExactly("watchdog.policy=no" + "\ud83d\ude00".repeat(58)
                        + "…, which is none of always, unless-stopped and on-failure");
    }

    @ParameterizedTest(name = "a container's own stop timeout of {0} is {1}")
    @CsvSource({"PT1H, PT1H", "PT1H1S, PT1H", "P30D, PT1H", "PT-1S, PT1H", "PT0S, PT0S"})
    void aStopTimeoutIsAtMostAnHour(Duration own, Duration taken) {
        Setup setup = new Setup(Map.of(), "", "", false, "", own);
        Container web = new Container("1f".repeat(32), "web", Status.of(ContainerState.RUNNING), setup);

        assertThat(wishes(Map.of()).stopTimeout(web)).isEqualTo(taken);
    }

    @Test
    void nonsenseInOneLabelDoesNotSpoilTheOthers() {
        Wishes wishes = wishes(
                Map.of("watchdog.enable", "off", "watchdog.policy", "on-failure", "watchdog.stop-timeout", "soon"));

        assertThat(wishes.enabled()).isTrue();
        assertThat(wishes.mode()).isEqualTo(RestartMode.ON_FAILURE);
        assertThat(wishes.nonsense())
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
        Map<String, String> labels = label == null ? Map.of() : Map.of(Wishes.STOP_TIMEOUT, label);
        Duration own = ofContainer == null ? null : Duration.ofSeconds(ofContainer);
        Container container = new Container(
                "1f".repeat(32),
                "web",
                Status.of(ContainerState.RUNNING),
                new Setup(labels, "bridge", "", false, "", own));

        assertThat(wishes(labels).stopTimeout(container)).isEqualTo(timeout);
    }

    private static Rules rules(RestartMode mode) {
        Rules rules = Rules.DEFAULT;
        return new Rules(
                mode,
                Set.of(Trigger.EXITED),
                rules.settle(),
                rules.backoff(),
                rules.resetAfter(),
                rules.crashLoop(),
                0,
                false,
                "");
    }

    @Test
    void nonsenseOfOneLineLengthIsToldInFull() {
        assertThat(wishes(Map.of("watchdog.enable", "y".repeat(60))).nonsense())
                .containsExactly("watchdog.enable=" + "y".repeat(60) + ", which is neither true nor false");
    }
}
