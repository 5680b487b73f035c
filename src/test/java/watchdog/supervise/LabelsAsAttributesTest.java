package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;

/** Docker 20.10 copies a container's labels over the attributes of its events, so an author of labels could forge them. */
class LabelsAsAttributesTest {

    private Bench bench;

    private Box watched(RestartMode mode, String label, String value) {
        Rules byDefault = Rules.DEFAULT;
        bench = new Bench(
                "web",
                new Rules(
                        mode,
                        byDefault.restartOn(),
                        byDefault.settle(),
                        byDefault.backoff(),
                        byDefault.resetAfter(),
                        byDefault.crashLoop(),
                        0,
                        false,
                        ""));
        Box web = bench.running("web").label(label, value);
        bench.withEvents().pass();
        return web;
    }

    @ParameterizedTest
    @CsvSource({"signal, 1", "signal, x", "exitCode, 1", "podId, 1", "oomKilled, true", "name, api", "image, x"})
    void aStopIsOneWhateverTheLabels(String label, String value) {
        Box web = watched(RestartMode.UNLESS_STOPPED, label, value);

        web.stop();
        bench.watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
        assertThat(bench.memory.stopped).containsKey(web.id);
    }

    @ParameterizedTest
    @CsvSource({"signal, 15", "exitCode, 0", "exitCode, x", "podId, ''", "oomKilled, false", "name, api", "image, x"})
    void aCrashIsAnsweredAtOnceWhateverTheLabels(String label, String value) {
        Box web = watched(RestartMode.ON_FAILURE, label, value);

        web.crash(1);
        bench.finishWork();

        assertThat(bench.starts).containsExactly("web");
    }

    /** As by {@code docker kill}, which tells no stop: only the signal says that it was an operator. */
    @ParameterizedTest
    @CsvSource({"signal, 1", "signal, x", "exitCode, 1", "oomKilled, true"})
    void aKillIsOneWhateverTheLabels(String label, String value) {
        Box web = watched(RestartMode.UNLESS_STOPPED, label, value);

        web.tell("kill", "signal", "9");
        web.crash(137);
        bench.watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void aSuccessIsOneWhateverTheLabels() {
        Box web = watched(RestartMode.ON_FAILURE, "exitCode", "1");

        web.crash(0);
        bench.watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
    }

    @Test
    void aCrashIsNoWantOfMemoryBecauseALabelSaysSo() {
        Box web = watched(RestartMode.ALWAYS, "oomKilled", "true");

        web.crash(1);
        bench.finishWork();

        assertThat(bench.told.facts()).contains("start web: it crashed with code 1");
    }

    /** Until the exit code is known by an inspect, nothing is done. */
    @Test
    void whatIsNotKnownIsAskedForAgain() {
        Box web = watched(RestartMode.ON_FAILURE, "exitCode", "0").cannotBeLookedAt();
        web.crash(1);
        bench.finishWork();
        assertThat(bench.starts).isEmpty();

        web.canBeLookedAt();
        bench.pass();

        assertThat(bench.starts).isEqualTo(List.of("web"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "signal"})
    void whatIsRenamedOffTheListIsNotStarted(String label) {
        Box web = watched(RestartMode.ALWAYS, label, "web");

        web.rename("old");
        bench.finishWork();
        web.crash(1);
        bench.watch(Duration.ofHours(1));

        assertThat(bench.starts).isEmpty();
    }
}
