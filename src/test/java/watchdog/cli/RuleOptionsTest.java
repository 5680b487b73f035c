package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import watchdog.policy.Backoff;
import watchdog.policy.CrashLoop;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;

/** The rules that a command line leads to. */
class RuleOptionsTest extends CommandLineBench {

    /** The rules that the command line leads to. */
    private static Rules rules(String... args) {
        return config(args).rules();
    }

    @Test
    void unlessToldOtherwiseTheRulesAreTheUsualOnes() {
        assertThat(rules("--list=web"))
                .usingRecursiveComparison()
                .ignoringFields("self")
                .isEqualTo(Rules.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"always, ALWAYS", "unless-stopped, UNLESS_STOPPED", "on-failure, ON_FAILURE", "no, NO"})
    void thePolicyIsReadInDockersWords(String word, RestartMode mode) {
        assertThat(rules("--policy=" + word).mode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exited                   | EXITED",
                "unhealthy                | UNHEALTHY",
                "created                  | CREATED",
                "exited,unhealthy,created | EXITED UNHEALTHY CREATED",
                "exited, unhealthy        | EXITED UNHEALTHY",
                "exited,exited            | EXITED",
            })
    void theStatesToRestartOnReplaceTheUsualOne(String states, String triggers) {
        Set<Trigger> expected =
                Stream.of(triggers.split(" ")).map(Trigger::valueOf).collect(Collectors.toSet());
        assertThat(rules("--restart-on=" + states).restartOn()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1s..5m, PT1S, PT5M",
        "100ms..100ms, PT0.1S, PT0.1S",
        "2..30, PT2S, PT30S",
        "500ms..1h, PT0.5S, PT1H",
        "1s .. 5m, PT1S, PT5M",
    })
    void theBackOffIsARange(String range, Duration least, Duration most) {
        assertThat(rules("--backoff=" + range).backoff()).isEqualTo(new Backoff(least, most));
    }

    @ParameterizedTest
    @CsvSource({"5/10m, 5, PT10M", "2/30, 2, PT30S", "1000/24h, 1000, PT24H"})
    void aCrashLoopIsANumberOfStartsWithinATime(String argument, int starts, Duration within) {
        assertThat(rules("--crash-loop=" + argument).crashLoop()).isEqualTo(new CrashLoop(starts, within));
    }

    @ParameterizedTest
    @CsvSource({"never, 0", "1, 1", "1000, 1000"})
    void givingUpIsAfterSoManyStartsOrNever(String argument, int starts) {
        assertThat(rules("--give-up-after=" + argument).giveUpAfter()).isEqualTo(starts);
    }

    @Test
    void settlingResettingAndDependentsAreAsToldToo() {
        assertThat(rules("--settle=1m30s", "--reset-after=500ms", "--dependents"))
                .returns(Duration.ofSeconds(90), Rules::settle)
                .returns(Duration.ofMillis(500), Rules::resetAfter)
                .returns(true, Rules::dependents);
    }

    @Test
    void theRulesAreTheSameBeforeAndAfterPs() {
        assertThat(asked("-lweb", "--policy=on-failure", "--settle=5s", "ps", "--dependents", "--restart-on=unhealthy")
                        .rules())
                .returns(RestartMode.ON_FAILURE, Rules::mode)
                .returns(Duration.ofSeconds(5), Rules::settle)
                .returns(true, Rules::dependents)
                .returns(Set.of(Trigger.UNHEALTHY), Rules::restartOn);
    }
}
