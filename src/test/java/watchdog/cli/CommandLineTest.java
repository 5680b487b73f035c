package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.http.Endpoint;
import watchdog.report.Logging;

/** What a command line that is right leads to. */
class CommandLineTest extends CommandLineBench {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --list=web                          | web
                    --list=web,api                      | web, api
                    "--list= web , api "                | web, api
                    --list=/web,/api                    | web, api
                    --list=web --list=api               | web, api
                    --list=web -l api -list=db          | web, api, db
                    --list web,api                      | web, api
                    --list=web-*                        | web-*
                    --list=*                            | *
                    --list=web?                         | web?
                    --list=Web_1.2-x                    | Web_1.2-x
                    -l web                              | web
                    -l=web                              | web
                    -lweb                               | web
                    -list=web,api                       | web, api
                    -list web,api                       | web, api
                    --list=* --exclude=api              | * but not api
                    --list=* --exclude=/api,db-*        | * but not api, db-*
                    --list=* --exclude=api --exclude=db | * but not api, db
                    """)
    void namesAreReadAsTheyAreCommonlyWritten(String commandLine, String watchList) {
        // a blank before an option separates arguments, all others belong to the value
        assertThat(watchList(commandLine.split(" (?=-)|(?<=^--?l(?:ist)?) |(?<= -l) ")))
                .isEqualTo(watchList);
    }

    @ParameterizedTest
    @CsvSource({
        "--list=web, PT10S",
        "--time=7, PT7S",
        "--time=500ms, PT0.5S",
        "--time=10s, PT10S",
        "--time=1m30s, PT1M30S",
        "-time=7, PT7S",
        "-time=1m30s, PT1M30S",
        "-t=7, PT7S",
        "-t7, PT7S",
        "-t500ms, PT0.5S",
    })
    void theIntervalIsTenSecondsOrWhatIsGiven(String argument, Duration interval) {
        assertThat(config(argument).interval()).isEqualTo(interval);
    }

    @Test
    void singleDashOptionsTakeTheirValueAlsoAsTheNextArgument() {
        assertThat(config("-list", "web", "-time", "7").interval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(watchList("-time", "7", "-list", "web")).isEqualTo("web");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,            -,                   unix:///var/run/docker.sock",
                "'',           -,                   unix:///var/run/docker.sock",
                "/env.sock,    -,                   unix:///env.sock",
                "tcp://env:1,  -,                   tcp://env:1",
                "/env.sock,    --host=/option.sock, unix:///option.sock",
                "ftp://unread, --host=/option.sock, unix:///option.sock",
                "-,            -H=/option.sock,     unix:///option.sock",
                "-,            --host=unix:///a,    unix:///a",
                "-,            --host=tcp://a:99,   tcp://a:99",
                "-,            --host=tcp://a,      tcp://a:2375",
                "-,            --host=tcp://[::1]:9, tcp://[::1]:9",
            })
    void theEngineIsTheOneOfTheOptionElseOfTheEnvironmentElseTheUsualOne(
            String variable, String option, String endpoint) {
        Map<String, String> environment = variable == null ? Map.of() : Map.of("DOCKER_HOST", variable);
        String[] args = option == null ? new String[] {} : new String[] {option};

        assertThat(config(environment, args).endpoint()).hasToString(endpoint);
    }

    @Test
    void whereTheUsualSocketIsMissingOthersAreLookedFor() {
        Path usual = Path.of("/var/run/docker.sock");
        Path podman = Path.of("/run/podman/podman.sock");

        assertThat(config("--list=web").endpoint()).isEqualTo(Endpoint.unix(usual, List.of(podman)));
        assertThat(config(Map.of("XDG_RUNTIME_DIR", "/run\0")).endpoint())
                .isEqualTo(Endpoint.unix(usual, List.of(podman)));
        assertThat(config(Map.of("XDG_RUNTIME_DIR", "/run/user/7")).endpoint())
                .isEqualTo(Endpoint.unix(
                        usual,
                        List.of(
                                Path.of("/run/user/7/docker.sock"),
                                podman,
                                Path.of("/run/user/7/podman/podman.sock"))));
    }

    @Test
    void checkingSaysThatTheArgumentsAreRightAndDoesNothing() throws IOException {
        assertThat(run("--check", argumentFile("--list=web"), "--state=" + folder.resolve("state.json")))
                .isEqualTo(new Outcome(0, List.of("the arguments are right"), List.of()));
        assertThat(run("ps", "--list=web", "--check"))
                .isEqualTo(new Outcome(0, List.of("the arguments are right"), List.of()));
        assertThat(folder.resolve("state.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ps", "status", "hold web", "notify-test --webhook=http://127.0.0.1:9/"})
    void whatIsForWatchingIsTakenByOtherCommandsTooForItMayComeFromTheSameFile(String command) throws IOException {
        String file = argumentFile("--list=web", "--once", "--dry-run", "--check");

        assertThat(run((command + " " + file).split(" ")))
                .isEqualTo(new Outcome(0, List.of("the arguments are right"), List.of()));
    }

    @Test
    void aSocketPathMayBeAsLongAsTheSystemAllows() {
        String path = "/" + "s".repeat(106);

        assertThat(config("--host=" + path).endpoint()).hasToString("unix://" + path);
    }

    @ParameterizedTest
    @CsvSource({"--list=web, info", "--log-level=debug, debug", "--log-level=DEBUG, debug", "--log-level=Warn, warn"})
    void theLogLevelIsReadInUpperAndLowerCase(String argument, Logging.Level level) {
        assertThat(config(argument).logLevel()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"--list=web, text", "--log-format=json, json", "--log-format=TEXT, text"})
    void theLogFormatIsReadInUpperAndLowerCase(String argument, Logging.Format format) {
        assertThat(config(argument).logFormat()).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({"--list=web, 8", "--parallel=1, 1", "--parallel=256, 256"})
    void asManyStartsAreUnderWayAsIsSaid(String argument, int parallel) {
        assertThat(config(argument).parallel()).isEqualTo(parallel);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--label=team                       | label team",
                "--label=team=a                     | label team=a",
                "--label=team=                      | label team=",
                "--label=team,tier=web              | label team, label tier=web",
                "--label=team=a,b                   | label team=a, label b",
                "--label=a=b=c                      | label a=b=c",
                "--label=team --label=tier=web      | label team, label tier=web",
                "--label=team=a --list=web          | web, label team=a",
                "--label=team --list=* --exclude=db | *, label team but not db",
            })
    void labelsAreWatchedBesideNamesOrInsteadOfThem(String commandLine, String watchList) {
        assertThat(watchList(commandLine.split(" "))).isEqualTo(watchList);
    }

    @Test
    void labelsBeforeAndAfterPsAddUp() {
        assertThat(asked("--label=team=a", "ps", "--label=tier=web").watchList())
                .hasToString("label team=a, label tier=web");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,          -,                  -",
                "'',         -,                  -",
                "':',        -,                  -",
                "/var/w:/b,  -,                  /var/w/state.json",
                "w,          -,                  w/state.json",
                "/var/lib/w, -,                  /var/lib/w/state.json",
                "/var/lib/w, --state=/tmp/there, /tmp/there",
                "-,          --state=there.json, there.json",
            })
    void whatOperatorsStoppedIsRememberedInTheFileOfTheOptionElseWhereSystemdWantsItElseNowhere(
            String variable, String option, Path file) {
        Map<String, String> environment = variable == null ? Map.of() : Map.of("STATE_DIRECTORY", variable);
        String[] args = option == null ? new String[] {} : new String[] {option};

        assertThat(config(environment, args).state()).isEqualTo(Optional.ofNullable(file));
    }

    @Test
    void theEngineMayBeSilentForTenSecondsOrAsLongAsIsSaid() {
        assertThat(config("--list=web").timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config("--timeout=2m").timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void namesBeforeAndAfterPsAddUp() {
        assertThat(asked("--list=web", "ps", "--list=api", "--exclude=db").watchList())
                .hasToString("web, api but not db");
    }

    @Test
    void psTakesTheOptionsBeforeAndAfterItsName() {
        assertThat(asked("-list=web,api", "-H=/there", "ps", "-time=7"))
                .returns("web, api", config -> config.watchList().toString())
                .returns("unix:///there", config -> config.endpoint().toString())
                .returns(Duration.ofSeconds(7), Config::interval);
    }

    @Test
    void psWithoutAnEngineNamesTheSocketAndTheRemedyInOneLine() {
        Path socket = folder.resolve("no.sock");
        Outcome outcome = run("ps", "--list=web", "--host=" + socket);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .singleElement()
                .asString()
                .startsWith("watchdog: unix://" + socket)
                .endsWith("is the engine running?");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void psAsksTheEngineOfTheEnvironment() {
        assertThat(run("ps", "--list=web").err())
                .singleElement()
                .asString()
                .contains("unix://" + folder.resolve("no.sock"));
    }
}
