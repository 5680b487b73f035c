package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments as they are read again while the process runs. */
class RereadTest {

    /** What a running process takes in, and what does not come from the arguments. */
    private static final Set<String> NOT_FIXED = Set.of("watchList", "interval", "rules", "context");

    @TempDir
    private Path folder;

    private final Cli cli = new Cli(Map.of(), "", config -> 0);
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("w.args");
    }

    private Config read(String... lines) throws IOException, Cli.WrongArgumentsException {
        Files.write(file, List.of(lines));
        return cli.read("@" + file);
    }

    @Test
    void theFilesAreReadAsTheyAreNow() throws IOException, Cli.WrongArgumentsException {
        assertThat(read("--list=web").watchList()).hasToString("web");
        Config after = read("--list=api", "--time=3");

        assertThat(after.watchList()).hasToString("api");
        assertThat(after.interval()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatIsWrongIsToldWithFileAndLine() {
        assertThatExceptionOfType(Cli.WrongArgumentsException.class)
                .isThrownBy(() -> read("--list=web", "--time=never"))
                .withMessageStartingWith(file + ":2: ")
                .withMessageContaining("--time")
                .withMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsGoneIsTold() {
        assertThatExceptionOfType(Cli.WrongArgumentsException.class)
                .isThrownBy(() -> cli.read("@" + file))
                .withMessageStartingWith("@" + file + ": cannot read this file");
    }

    @ParameterizedTest
    @CsvSource({
        "--host or its TLS, --host=tcp://proxy:2375",
        "--state, --state=/var/lib/other.json",
        "--http, --http=9595",
        "--log-level, --log-level=debug",
        "--timeout, --timeout=1m",
        "--parallel, --parallel=2",
        "--once, --once",
        "--dry-run, --dry-run"
    })
    void whatARunningProcessCannotChangeNeedsARestart(String option, String argument)
            throws IOException, Cli.WrongArgumentsException {
        assertThat(read("--list=web").needRestart(read("--list=web", argument))).containsExactly(option);
    }

    @Test
    void theRestDoesNot() throws IOException, Cli.WrongArgumentsException {
        Config other = read("--list=api", "--time=3", "--policy=no", "--label=team", "--exclude=db", "--settle=1s");

        assertThat(read("--list=web").needRestart(other)).isEmpty();
    }

    /** Whoever adds a component to the record has to say which of both it is. */
    @Test
    void eachPartOfTheConfigIsOneOrTheOther() {
        assertThat(Arrays.stream(Config.class.getRecordComponents()).map(RecordComponent::getName))
                .hasSize(Config.FIXED.size() + NOT_FIXED.size())
                .containsAll(NOT_FIXED);
    }
}
