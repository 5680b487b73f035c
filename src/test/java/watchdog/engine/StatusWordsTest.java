package watchdog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Status;

/** What Docker and Podman write into {@code Status} of a listing. */
class StatusWordsTest {

    @ParameterizedTest
    @CsvSource({
        "Exited (0) Less than a second ago, 0, PT0S",
        "Exited (1) 1 second ago, 1, PT1S",
        "Exited (137) 3 seconds ago, 137, PT3S",
        "Exited (143) 59 seconds ago, 143, PT59S",
        "Exited (255) About a minute ago, 255, PT46S",
        "Exited (0) 2 minutes ago, 0, PT1M",
        "Exited (0) 59 minutes ago, 0, PT58M",
        "Exited (0) About an hour ago, 0, PT30M",
        "Exited (0) 2 hours ago, 0, PT30M",
        "Exited (0) 47 hours ago, 0, PT30M",
        "Exited (0) 3 days ago, 0, PT30M",
        "Exited (0) 2 weeks ago, 0, PT30M",
        "Exited (0) 11 months ago, 0, PT30M",
        "Exited (0) 2 years ago, 0, PT30M",
    })
    void tellTheExitCodeAndForHowLongAtLeastItHasBeenDown(String words, int exitCode, Duration downFor) {
        Status status = StatusWords.read(ContainerState.EXITED, words);

        assertThat(status)
                .isEqualTo(new Status(
                        ContainerState.EXITED, Health.NONE, OptionalInt.of(exitCode), "", null, null, downFor));
    }

    @ParameterizedTest
    @CsvSource({
        "Up 5 seconds (health: starting), STARTING",
        "Up 3 minutes (healthy), HEALTHY",
        "Up About an hour (unhealthy), UNHEALTHY",
        "Up 2 days (starting), STARTING",
        "Up 5 seconds, NONE",
        "Up Less than a second, NONE",
        "Up 4 weeks (Paused), NONE",
        "Up 5 seconds (health: ill), NONE",
        "Up 5 seconds (healthy) or so, NONE",
        "'', NONE",
    })
    void tellTheHealth(String words, Health health) {
        assertThat(StatusWords.read(ContainerState.RUNNING, words))
                .isEqualTo(Status.of(ContainerState.RUNNING).withHealth(health));
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, Created",
        "CREATED, ''",
        "CREATED, Initialized",
        "RESTARTING, Restarting (1) 3 seconds ago",
        "REMOVING, Removal In Progress",
        "DEAD, Dead",
        "EXITED, Stopped",
        "UNKNOWN, Teleported (3) 2 seconds ago",
    })
    void tellNothingElse(ContainerState state, String words) {
        assertThat(StatusWords.read(state, words)).isEqualTo(Status.of(state));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Exited",
                "Exited ()",
                "Exited (x) 3 seconds ago",
                "Exited (-1) 3 seconds ago",
                "Exited (1234567890) 3 seconds ago",
                "Exited (1) 3 seconds",
                "exited (1) 3 seconds ago",
                "Exited(1) 3 seconds ago",
            })
    void tellNothingWhereTheyAreOtherWords(String words) {
        assertThat(StatusWords.read(ContainerState.EXITED, words)).isEqualTo(Status.of(ContainerState.EXITED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a while", "3 eons", "seconds", "-3 seconds", "3  seconds", "1234567890 seconds", "292 years old"
            })
    void tellTheExitCodeEvenWhereTheTimeIsInOtherWords(String ago) {
        assertThat(StatusWords.read(ContainerState.EXITED, "Exited (3) " + ago + " ago"))
                .isEqualTo(Status.exited(3));
    }

    @ParameterizedTest
    @EnumSource
    void neverTellTheState(ContainerState state) {
        assertThat(StatusWords.read(state, "Exited (3) 5 seconds ago").state()).isEqualTo(state);
    }

    @Test
    void withoutAnEndAreReadInTime() {
        assertThat(StatusWords.read(ContainerState.RUNNING, "(health: ".repeat(20_000)))
                .isEqualTo(Status.of(ContainerState.RUNNING));
    }
}
