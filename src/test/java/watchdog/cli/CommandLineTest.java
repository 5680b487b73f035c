package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import watchdog.ExitStatus;
import watchdog.ForkedJvm;
import watchdog.Main;
import watchdog.http.Endpoint;
import watchdog.policy.Backoff;
import watchdog.policy.CrashLoop;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;
import watchdog.report.Logging;

class CommandLineTest {

    private static final String USAGE = "Usage: watchdog --list=NAME[,NAME...] [OPTIONS] [ps]";
    private static final String PS_USAGE = "Usage: watchdog ps --list=NAME[,NAME...] [OPTIONS]";

    private static final List<String> OFTEN =
            List.of("--host", "--exclude", "--label", "--policy", "--restart-on", "--dependents", "--log-level");
    private static final List<String> RARELY = List.of(
            "--settle",
            "--backoff",
            "--reset-after",
            "--crash-loop",
            "--give-up-after",
            "--state",
            "--log-format",
            "--timeout",
            "--parallel",
            "--once",
            "--dry-run",
            "--check",
            "--help",
            "--version");

    @TempDir
    private Path folder;

    /** What the process would have left behind. */
    private record Outcome(int status, List<String> out, List<String> err) {}

    private static Outcome run(Cli cli, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = cli.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = cli.run(command, args);
        return new Outcome(
                status, out.toString().lines().toList(), err.toString().lines().toList());
    }

    private Outcome run(String... args) {
        return run(cli(Map.of("DOCKER_HOST", folder.resolve("no.sock").toString())), args);
    }

    private static Cli cli(Map<String, String> environment) {
        return new Cli(environment, "", config -> 77);
    }

    private static CommandLine commandLine(Map<String, String> environment) {
        return cli(environment).commandLine();
    }

    /** What a command line says; it watches something, if it does not say what. */
    private static Config config(Map<String, String> environment, String... args) {
        List<Config> configs = new ArrayList<>();
        Cli cli = new Cli(environment, "", config -> configs.add(config) ? 0 : 1);
        boolean isOfWatching = Stream.of(args).anyMatch(arg -> arg.matches("-l.*|--l(ist|abel).*|@.*"));
        Stream<String> all = isOfWatching ? Stream.of(args) : Stream.concat(Stream.of("--list=web"), Stream.of(args));

        assertThat(run(cli, all.toArray(String[]::new)))
                .returns(0, Outcome::status)
                .returns(List.of(), Outcome::err);
        return configs.get(0);
    }

    private static Config config(String... args) {
        return config(Map.of(), args);
    }

    /** What a command line of {@code ps} says. */
    private static Config asked(String... args) {
        CommandLine command = commandLine(Map.of());
        command.parseArgs(args);
        return command.<WatchdogCommand>getCommand().options().config(command);
    }

    private static String watchList(String... args) {
        return config(args).watchList().toString();
    }

    private String argumentFile(String... lines) throws IOException {
        return "@" + Files.write(folder.resolve("arguments"), List.of(lines));
    }

    static Stream<Arguments> badCommandLines() {
        String name = "the first a letter or a digit";
        String duration = "as in 10, or units, as in 500ms, 10s, 1m30s";
        String engine = "use unix:///path, tcp://host:port or a path";
        return Stream.of(
                // nothing to watch, an empty name, a name that no container can have
                bad("--list and --label", "are missing", "use --list=web,api or --list='*'"),
                bad("--list and --label", "are missing", "use --list=web,api", "--time=5"),
                bad("--list", "--list=:", "as in web,api", "--list="),
                bad("--list", "--list=:", "as in web,api", "--list", ""),
                bad("--list", "--list=:", "as in web,api", "-list="),
                bad("--list", "--list= :", "as in web,api", "--list= "),
                bad("--list", "--list=/:", "as in web,api", "--list=/"),
                bad("--list", "--list=,:", "as in web,api", "--list=,"),
                bad("--list", "web,,api", "as in web,api", "--list=web,,api"),
                bad("--list", "web,", "as in web,api", "--list=web,"),
                bad("--list", ",web", "as in web,api", "--list=,web"),
                bad("--list", "my web", name, "--list=my web"),
                bad("--list", "web/alias", name, "--list=web/alias"),
                bad("--list", "//web", name, "--list=//web"),
                bad("--list", "-web", name, "--list=-web"),
                bad("--list", ".web", name, "--list=.web"),
                bad("--list", "web$", name, "--list=web$"),
                bad("--list", "wéb", name, "--list=wéb"),
                bad("--list", "web;api", name, "--list=web;api"),
                bad("--list", "--list=we b", name, "--list=api", "--list=we b"),
                bad("--exclude", "--exclude=:", "as in web,api", "--list=web", "--exclude="),
                bad("--exclude", "a b", name, "--list=web", "--exclude=a b"),
                bad("--exclude", "w*", "takes out all that is listed; list more", "-list=web,wine", "--exclude=w*"),

                // a time that is none, or none to look in
                bad("--time", "'0'", duration, "--list=web", "--time=0"),
                bad("--time", "'0'", duration, "-list=web", "-time=0"),
                bad("--time", "'0'", duration, "-lweb", "-t0"),
                bad("--time", "'-5'", duration, "--list=web", "--time=-5"),
                bad("--time", "'-5'", duration, "--list=web", "-t", "-5"),
                bad("--time", "'abc'", duration, "--list=web", "--time=abc"),
                bad("--time", "''", duration, "--list=web", "--time="),
                bad("--time", "'99ms' is not between 100ms and 24h", duration, "--list=web", "--time=99ms"),
                bad("--time", "'25h' is not between 100ms and 24h", duration, "--list=web", "--time=25h"),
                bad("--time", "'1.5'", duration, "--list=web", "--time=1.5"),
                bad("--timeout", "'soon'", duration, "--list=web", "--timeout=soon"),

                // an engine that cannot be
                bad("--host", "ftp://there", "unknown scheme 'ftp', " + engine, "--list=web", "--host=ftp://there"),
                bad("--host", "ssh://me@there", "unknown scheme 'ssh', " + engine, "-l=web", "-H=ssh://me@there"),
                bad("--host", "--host=:", engine, "--list=web", "--host="),
                bad("--host", "unix://:", engine, "--list=web", "--host=unix://"),
                bad("--host", "/" + "s".repeat(107), "at most 107 bytes", "-l=web", "--host=/" + "s".repeat(107)),
                bad("--host", "ü", "at most 107 bytes", "--list=web", "--host=/" + "ü".repeat(54)),
                bad("--host", "tcp://", "use tcp://host:port", "--list=web", "--host=tcp://"),
                bad("--host", "tcp://a:b", "use tcp://host:port", "--list=web", "--host=tcp://a:b"),
                bad("--host", "tcp://a:1:2", "use tcp://host:port", "--list=web", "--host=tcp://a:1:2"),
                bad("--host", "tcp://a:0", "between 1 and 65535", "--list=web", "--host=tcp://a:0"),
                bad("--host", "tcp://a:65536", "between 1 and 65535", "--list=web", "--host=tcp://a:65536"),

                // other values
                bad("--log-level", "'loud'", "[debug, info, warn, error]", "--list=web", "--log-level=loud"),
                bad("--log-format", "'xml'", "[text, json]", "--list=web", "--log-format=xml"),
                bad("--parallel", "'0'", "a number from 1 to 256", "--list=web", "--parallel=0"),
                bad("--parallel", "'257'", "a number from 1 to 256", "--list=web", "--parallel=257"),
                bad("--parallel", "'1000'", "a number from 1 to 256", "--list=web", "--parallel=1000"),
                bad("--parallel", "'two'", "a number from 1 to 256", "--list=web", "--parallel=two"),

                // when and how to restart
                bad(
                        "--policy",
                        "'sometimes'",
                        "use always, unless-stopped, on-failure or no",
                        "-l=web",
                        "--policy=sometimes"),
                bad("--policy", "'unless stopped'", "use always, unless-stopped", "-l=web", "--policy=unless stopped"),
                bad("--policy", "'ALWAYS'", "use always, unless-stopped", "-l=web", "--policy=ALWAYS"),
                bad("--policy", "''", "use always, unless-stopped", "-l=web", "--policy="),
                bad("--restart-on", "'dead'", "use exited, unhealthy or created", "-l=web", "--restart-on=dead"),
                bad("--restart-on", "'ill'", "use exited, unhealthy", "-l=web", "--restart-on=exited,ill"),
                bad("--restart-on", "'created,'", "use exited, unhealthy", "-l=web", "--restart-on=exited,created,"),
                bad("--restart-on", "''", "use exited, unhealthy", "-l=web", "--restart-on="),
                bad("--settle", "'a while'", duration, "--list=web", "--settle=a while"),
                bad("--settle", "'0'", duration, "--list=web", "--settle=0"),
                bad("--settle", "'-1s'", duration, "--list=web", "--settle=-1s"),
                bad("--reset-after", "'25h' is not between 100ms and 24h", duration, "-l=web", "--reset-after=25h"),
                bad("--reset-after", "''", duration, "--list=web", "--reset-after="),
                bad("--backoff", "'1s'", "use LEAST..MOST, as in 1s..5m", "--list=web", "--backoff=1s"),
                bad("--backoff", "'1s-5m'", "use LEAST..MOST, as in 1s..5m", "--list=web", "--backoff=1s-5m"),
                bad("--backoff", "'1s..2s..3s'", "use LEAST..MOST", "--list=web", "--backoff=1s..2s..3s"),
                bad("--backoff", "'5m..1s'", "the smaller one first, as in 1s..5m", "-l=web", "--backoff=5m..1s"),
                bad("--backoff", "'0'", duration, "--list=web", "--backoff=0..5m"),
                bad("--backoff", "''", duration, "--list=web", "--backoff=1s.."),
                bad("--backoff", "''", "use LEAST..MOST", "--list=web", "--backoff="),
                bad("--crash-loop", "'5'", "use N/DURATION with N from 2 to 1000", "-l=web", "--crash-loop=5"),
                bad("--crash-loop", "'1/10m'", "with N from 2 to 1000, as in 5/10m", "-l=web", "--crash-loop=1/10m"),
                bad("--crash-loop", "'1001/10m'", "with N from 2 to 1000", "-l=web", "--crash-loop=1001/10m"),
                bad("--crash-loop", "'five/10m'", "with N from 2 to 1000", "-l=web", "--crash-loop=five/10m"),
                bad("--crash-loop", "'5/10m/3'", "use N/DURATION", "--list=web", "--crash-loop=5/10m/3"),
                bad("--crash-loop", "'0'", duration, "--list=web", "--crash-loop=5/0"),
                bad("--give-up-after", "'0'", "use a number from 1 to 1000, or never", "-l=web", "--give-up-after=0"),
                bad("--give-up-after", "'1001'", "from 1 to 1000, or never", "-l=web", "--give-up-after=1001"),
                bad("--give-up-after", "'-3'", "from 1 to 1000, or never", "-l=web", "--give-up-after=-3"),
                bad("--give-up-after", "'soon'", "from 1 to 1000, or never", "-l=web", "--give-up-after=soon"),
                bad("--label", "--label=:", "use KEY or KEY=VALUE", "--label="),
                bad("--label", "--label==a:", "use KEY or KEY=VALUE", "--list=web", "--label==a"),
                bad("--label", "--label=a,,b:", "use KEY or KEY=VALUE", "--label=a,,b"),
                bad("--dependents", "'maybe'", "takes no value; use --dependents", "-l=web", "--dependents=maybe"),
                bad("--dependents", "'yes'", "takes no value; use --dependents", "-l=web", "--dependents=yes"),
                bad("--state", "Missing", "FILE", "--list=web", "--state"),
                bad("--state=:", "name a file", "or leave out --state", "--list=web", "--state="),
                bad("--state=/:", "/ is a folder", "name a file in it, as in /state.json", "-l=web", "--state=/"),
                bad("--state=.:", "is a folder", "name a file in it, as in ./state.json", "-l=web", "--state=."),
                bad("--state=/dev/null:", "is a device", "leave out --state", "-l=web", "--state=/dev/null"),

                // options that do not exist, lack their value or come twice
                bad("Unknown option", "'--lst=web'", "--help lists all there is", "--lst=web"),
                bad("Unknown option", "'--lis=web'", "did you mean --list?", "--lis=web"),
                bad("Unknown option", "'-exclude=api'", "did you mean --exclude?", "-list=web", "-exclude=api"),
                bad("Unknown option", "'-x'", "--help lists all there is", "--list=web", "-x"),
                bad("Unmatched argument", "'api'", "--help lists all there is", "--list=web", "api"),
                bad(
                        "Unmatched argument",
                        "'api'",
                        "commas and no blanks, as in --list=web,api",
                        "--list",
                        "web",
                        "api"),
                bad("Unmatched argument", "'help'", "use --help", "help"),
                bad("Unmatched argument", "'@'", "a file of arguments, it cannot be read", "--list=web", "@"),
                bad("Unmatched argument", "'@api'", "a file of arguments, it cannot be read", "--list=web", "@@api"),
                bad("--list", "Missing", "NAME[,NAME...]", "--list"),
                bad("--list", "Missing", "NAME[,NAME...]", "-list"),
                bad("--time", "Missing", "INTERVAL", "--list=web", "-time"),
                bad("--host", "Missing", "ENDPOINT", "--list=web", "-H"),
                bad("--time", "found '--list=web'", "Expected parameter", "--time", "--list=web"),
                bad("--time", "INTERVAL", "only once", "--list=web", "-t=5", "-t=6"),
                bad("--host", "ENDPOINT", "only once", "--list=web", "-H=/a", "-H=/b"));
    }

    /** @param right what the line says of how it would be right */
    private static Arguments bad(String option, String value, String right, String... args) {
        return arguments(List.of(args), option, value, right);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCommandLines")
    void badInputEndsWithOneLineThatSaysWhatWouldBeRightAndTheUsageLine(
            List<String> args, String option, String value, String right) {
        Outcome outcome = run(args.toArray(String[]::new));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).hasSize(2).last().isEqualTo(USAGE);
        assertThat(outcome.err().get(0)).startsWith("watchdog: ").contains(option, value, right);
        assertThat(outcome.out()).isEmpty();
    }

    static Stream<Arguments> badPsCommandLines() {
        return Stream.of(
                bad("--list and --label", "are missing", "use --list=web,api or --list='*'", "ps"),
                bad("--list", "my web", "the first a letter or a digit", "ps", "--list=my web"),
                bad("--host", "ftp://there", "use unix:///path", "ps", "--list=web", "--host=ftp://there"),
                bad("--policy", "'sometimes'", "use always, unless-stopped", "ps", "--list=web", "--policy=sometimes"),
                bad("--label", "--label==a:", "use KEY or KEY=VALUE", "ps", "--label==a"),
                bad("--state=/dev/null:", "is a device", "leave out --state", "ps", "-l=web", "--state=/dev/null"),
                bad("--format", "'xml'", "[table, json]", "ps", "--list=web", "--format=xml"),
                bad("--time", "'0'", "as in 10", "ps", "--list=web", "--time=0"),
                bad("Unknown option", "'--bogus'", "--help lists all there is", "ps", "--bogus"),
                bad("--once", "are not for ps", "leave them out", "--once", "--list=web", "ps"),
                bad("--dry-run", "are not for ps", "leave them out", "--dry-run", "--list=web", "ps"),
                bad("Unmatched argument", "'ps'", "--help lists all there is", "ps", "ps"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPsCommandLines")
    void badInputOfPsEndsWithItsOwnUsageLine(List<String> args, String option, String value, String right) {
        Outcome outcome = run(args.toArray(String[]::new));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).hasSize(2).last().isEqualTo(PS_USAGE);
        assertThat(outcome.err().get(0)).startsWith("watchdog: ").contains(option, value, right);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aFileOfArgumentsThatCannotBeReadIsNamed() {
        Path none = folder.resolve("none");

        assertThat(run("--list=web", "@" + none))
                .isEqualTo(new Outcome(
                        2,
                        List.of(),
                        List.of(
                                "watchdog: @" + none + ": cannot read this file; name one that holds arguments",
                                USAGE)));
    }

    @Test
    void aFolderIsNoFileOfArguments() {
        assertThat(run("--list=web", "@" + folder))
                .isEqualTo(new Outcome(
                        2,
                        List.of(),
                        List.of(
                                "watchdog: @" + folder + ": cannot read this file; name one that holds arguments",
                                USAGE)));
    }

    @Test
    void aBadStateDirectoryIsCalledByTheNameOfTheVariable() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("state.json"));

        Outcome folderInPlace = run(cli(Map.of("STATE_DIRECTORY", folder.toString())), "--list=web");
        Outcome noPath = run(cli(Map.of("STATE_DIRECTORY", "/var\0")), "--list=web");

        assertThat(folderInPlace.status()).isEqualTo(2);
        assertThat(folderInPlace.err())
                .containsExactly(
                        "watchdog: STATE_DIRECTORY=" + folder + ": " + odd + " is a folder; name a file in it, as in "
                                + odd.resolve("state.json"),
                        USAGE);
        assertThat(noPath.status()).isEqualTo(2);
        assertThat(noPath.err()).hasSize(2).first().asString().startsWith("watchdog: STATE_DIRECTORY=/var\\u0000: ");
    }

    @Test
    void aBadEndpointInTheEnvironmentIsCalledByTheNameOfTheVariable() {
        assertThat(run(cli(Map.of("DOCKER_HOST", "ftp://there")), "--list=web"))
                .isEqualTo(new Outcome(
                        2,
                        List.of(),
                        List.of(
                                "watchdog: DOCKER_HOST=ftp://there: unknown scheme 'ftp',"
                                        + " use unix:///path, tcp://host:port or a path",
                                USAGE)));
    }

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
    void whatOtherClientsOfDockerGoByAndWatchdogDoesNotIsTold() {
        Map<String, String> environment = Map.of("DOCKER_CONTEXT", "far", "DOCKER_TLS_VERIFY", "1");

        assertThat(config(environment).warnings())
                .containsExactly(
                        "DOCKER_CONTEXT=far is not used: the engine is the one at unix:///var/run/docker.sock; --host names"
                                + " another",
                        "DOCKER_TLS_VERIFY is not used: there is no TLS on the way to unix:///var/run/docker.sock");
        assertThat(config(environment, "--host=tcp://there").warnings())
                .containsExactly("DOCKER_TLS_VERIFY is not used: there is no TLS on the way to tcp://there:2375");
        assertThat(config(Map.of("DOCKER_CONTEXT", "default", "DOCKER_TLS_VERIFY", ""))
                        .warnings())
                .isEmpty();
    }

    @Test
    void checkingSaysThatTheArgumentsAreRightAndDoesNothing() throws IOException {
        assertThat(run("--check", argumentFile("--list=web"), "--state=" + folder.resolve("state.json")))
                .isEqualTo(new Outcome(0, List.of("the arguments are right"), List.of()));
        assertThat(run("ps", "--list=web", "--check"))
                .isEqualTo(new Outcome(0, List.of("the arguments are right"), List.of()));
        assertThat(folder.resolve("state.json")).doesNotExist();
    }

    @Test
    void checkingSaysWhatIsWrong() throws IOException {
        String file = argumentFile("--list=we/b");

        assertThat(run("--check", file))
                .returns(2, Outcome::status)
                .extracting(Outcome::err)
                .asInstanceOf(LIST)
                .first()
                .asString()
                .startsWith("watchdog: " + file.substring(1) + ":1: --list=we/b: ");
        assertThat(run("--check").status()).isEqualTo(2);
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
    void argumentsCanComeFromAFileWithComments() throws IOException {
        String file = argumentFile("# the shop", "--list=web", "  --list=api # and its back end", "", "--time 7");

        assertThat(watchList(file)).isEqualTo("web, api");
        assertThat(config(file).interval()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aFileAndOtherArgumentsAddUp() throws IOException {
        assertThat(watchList("--list=db", argumentFile("--list=web"), "--list=api"))
                .isEqualTo("db, web, api");
    }

    static Stream<Arguments> badArgumentFiles() {
        return Stream.of(
                arguments(":2: ", "'0' is not between", List.of("--list=web", "--time=0")),
                arguments(":3: ", "'0' is not between", List.of("--list=web", "--time", "0")),
                arguments(":1: ", "--list=web,,api: empty name", List.of("--list=web,,api", "--list=we/b")),
                arguments(":2: ", "Unmatched argument: 'api'", List.of("--list=web", "api", "db")),
                arguments(":2: ", "Unknown option: '--lst=web'", List.of("# the shop", "--lst=web", "api")),
                arguments(":2: ", "Missing required parameter for option '--time'", List.of("--list=web", "--time")),
                arguments(":2: ", "only once", List.of("--list=web --time=5", "--time=6")),
                arguments(":1: ", "use unix:///path", List.of("--host=ftp://there", "--list=web")),
                arguments(":2: ", "--state=/:", List.of("--list=web", "--state=/", "--time=5")),
                arguments(":2: ", "takes out all that is listed", List.of("--list=web", "--exclude=web")),
                arguments(":2: ", "a quote (') is not closed on this line", List.of("--list=web", "--label=it's", "'")),
                arguments(":1: ", "a quote (\") is not closed on this line", List.of("--list=\"web\\\"")),
                arguments(":1: ", "@none: cannot read this file", List.of("@none")));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("badArgumentFiles")
    void whatIsWrongInAFileIsToldWithFileAndLine(String line, String problem, List<String> lines) throws IOException {
        String file = argumentFile(lines.toArray(String[]::new));

        Outcome outcome = run(file);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).hasSize(2).last().isEqualTo(USAGE);
        assertThat(outcome.err().get(0))
                .startsWith("watchdog: " + file.substring(1) + line)
                .contains(problem);
    }

    @Test
    void whatIsMissingIsBlamedOnNoLine() throws IOException {
        assertThat(run(argumentFile("--time=5")).err())
                .first()
                .asString()
                .startsWith("watchdog: --list and --label are missing");
    }

    @Test
    void whatIsWrongBesideAFileIsBlamedOnNoLine() throws IOException {
        assertThat(run(argumentFile("--list=web"), "--time=0").err())
                .first()
                .asString()
                .startsWith("watchdog: Invalid value for option '--time'");
    }

    @Test
    void aWrongArgumentOfPsInAFileIsToldWithFileAndLine() throws IOException {
        String file = argumentFile("--list=web", "--format=xml");

        assertThat(run("ps", file).err()).first().asString().startsWith("watchdog: " + file.substring(1) + ":2: ");
    }

    @Test
    void aFileThatIncludesItselfIsToldWithFileAndLine() throws IOException {
        Path other = folder.resolve("other");
        String file = argumentFile("--list=web", "@" + other);
        Files.writeString(other, "\n\n" + file + "\n");

        assertThat(run(file))
                .isEqualTo(new Outcome(
                        2,
                        List.of(),
                        List.of("watchdog: " + other + ":3: " + file + ": this file includes itself", USAGE)));
    }

    @Test
    void aFileCanIncludeOthersEachMoreThanOnce() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "--list=api");

        assertThat(watchList(argumentFile("--list=web", "@" + other, "@" + other)))
                .isEqualTo("web, api, api");
    }

    @Test
    void aFileThatIsNotUtf8IsToldWithFileAndLine() throws IOException {
        Path latin1 = Files.write(folder.resolve("latin1"), new byte[] {'-', 'V', '\n', '#', (byte) 0xfc, '\n'});

        assertThat(run("@" + latin1).err()).first().isEqualTo("watchdog: " + latin1 + ":2: this line is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ufeff"})
    void aFileIsUtf8WithOrWithoutByteOrderMark(String mark) throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), mark + "--label=team=Süd\n--list=web");

        assertThat(watchList("@" + file)).isEqualTo("web, label team=Süd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--list='web-*'                 | web-*",
                "'--list=web-*'                 | web-*",
                "--list=\"web-*\"               | web-*",
                "--list=web\\-1                 | web-1",
                "--list=we'b-'\"1\"             | web-1",
                "--list=web # , api             | web",
                "--list=web#,api                | web",
                "--list=web\t--list=api         | web, api",
                "-l web -l 'api'                | web, api",
                "--label='a=b c#d\"e\\'         | label a=b c#d\"e\\",
                "--label=\"a=b 'c\\\"\\\\\\d\"     | label a=b 'c\"\\\\d",
                "--label=a=b\\ c\\#d             | label a=b c#d",
                "--label=a=''                   | label a=",
                "--label=a@b                    | label a@b",
            })
    void aFileTakesQuotesAsAShellDoes(String line, String watchList) throws IOException {
        assertThat(watchList(argumentFile(line))).isEqualTo(watchList);
    }

    @Test
    void aFileFromWindowsIsReadAsAnyOther() throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), "# shop\r\n--list='web'\r\n\r\n--time 7\r\n");

        assertThat(config("@" + file).interval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(watchList("@" + file)).isEqualTo("web");
    }

    @Test
    void anArgumentThatTheLocaleCannotReadIsRefusedWithTheRemedy() {
        Outcome outcome = run("--list=web", "--label=team=S\ufffd\ufffdd");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .containsExactly(
                        "watchdog: --label=team=S\ufffd\ufffdd: this locale cannot read all characters of this argument;"
                                + " set LC_ALL=C.UTF-8, or put it into a file after @",
                        USAGE);
    }

    @Test
    void javaMakesThatOfBytesThatAreNoCharacterInTheLocale() throws IOException, InterruptedException {
        List<String> java = ForkedJvm.of(Main.class, List.of()).command();
        String shell = "exec \"$@\" --list=web \"--label=team=S$(printf '\\303\\274')d\" --version";
        List<String> command =
                Stream.concat(Stream.of("sh", "-c", shell, "sh"), java.stream()).toList();
        ProcessBuilder watchdog = new ProcessBuilder(command).redirectErrorStream(true);
        watchdog.environment().put("LC_ALL", "C");

        Process process = watchdog.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(2);
        assertThat(said).contains("set LC_ALL=C.UTF-8");
    }

    @Test
    void singleDashesWorkInAnArgumentFileToo() throws IOException {
        assertThat(config(argumentFile("-list=web", "-time=7")))
                .returns("web", config -> config.watchList().toString())
                .returns(Duration.ofSeconds(7), Config::interval);
    }

    @Test
    void namesBeforeAndAfterPsAddUp() {
        assertThat(asked("--list=web", "ps", "--list=api", "--exclude=db").watchList())
                .hasToString("web, api but not db");
    }

    @Test
    void psShowsItsVersionToo() {
        assertThat(run("ps", "-V").out()).first().asString().startsWith("watchdog ");
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

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void helpIsOneShortPage(String option) {
        Outcome outcome = run(option);

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .hasSizeBetween(20, 80)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(outcome.out()).contains(USAGE);
        assertThat(optionsByGroup(outcome.out()))
                .isEqualTo(Map.of(
                        "Essential", List.of("--list", "--time"),
                        "Often", OFTEN,
                        "Rarely", RARELY));
        assertThat(examples(outcome.out())).hasSize(2).allMatch(line -> line.startsWith("  watchdog "));
    }

    @Test
    void theReadmeShowsTheHelpAsItIs() throws IOException {
        String help = String.join("\n", run("--help").out());

        assertThat(Path.of("README.md")).content().contains("```\n" + help + "\n```");
    }

    @Test
    void helpOfPsIsOneShortPageWithItsOwnOption() {
        Outcome outcome = run("ps", "-h");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .hasSizeBetween(15, 80)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(outcome.out()).contains(PS_USAGE);
        assertThat(optionsByGroup(outcome.out()))
                .isEqualTo(Map.of(
                        "Essential", List.of("--list", "--time"),
                        "Often",
                                Stream.concat(Stream.of("--format"), OFTEN.stream())
                                        .toList(),
                        "Rarely",
                                RARELY.stream()
                                        .filter(option ->
                                                !List.of("--once", "--dry-run").contains(option))
                                        .toList()));
    }

    @Test
    void theExamplesOfTheHelpAreGoodCommandLines() {
        for (String example : examples(run("--help").out())) {
            String[] args = example.strip().replace("'", "").split(" ");

            assertThat(run(Stream.concat(Stream.of(args).skip(1), Stream.of("--help"))
                            .toArray(String[]::new)))
                    .as(example)
                    .returns(0, Outcome::status);
        }
    }

    /** The options under each heading that ends with a colon. */
    private static Map<String, List<String>> optionsByGroup(List<String> help) {
        Map<String, List<String>> groups = new TreeMap<>();
        String group = "";
        for (String line : help) {
            if (line.matches("[A-Z][a-z]+:")) {
                group = line.replace(":", "");
            } else if (line.matches(" {2,6}(-., )?--.*")) {
                groups.computeIfAbsent(group, none -> new ArrayList<>()).add(line.replaceAll(".*?(--[a-z-]+).*", "$1"));
            }
        }
        return groups;
    }

    private static List<String> examples(List<String> help) {
        return help.stream()
                .dropWhile(line -> !line.equals("Examples:"))
                .skip(1)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version"})
    void versionIsOneLineWithTheJavaItRunsOn(String option) {
        Outcome outcome = run(option);

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .singleElement()
                .asString()
                .startsWith("watchdog ")
                .contains(", on Java " + System.getProperty("java.version") + " (");
    }

    @Test
    void whatIsSaidOfAWrongCommandLineIsOneHarmlessLine() {
        Outcome outcome = run("--list=web\n2026-01-01 INFO forged\u001b[2J\u202e" + "x".repeat(100_000));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).hasSize(2);
        assertThat(outcome.err().get(0))
                .startsWith("watchdog: --list=web 2026-01-01 INFO forged\\u001b[2J\\u202exxx")
                .hasSizeLessThan(5000);
    }

    @Test
    void whyItFailedIsOneHarmlessLine() {
        String socket = folder.resolve("no\n\u001b[2Jsock").toString();

        Outcome outcome = run(cli(Map.of("DOCKER_HOST", socket)), "ps", "--list=web");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).singleElement().asString().contains("no \\u001b[2Jsock");
    }

    @Test
    void thereAreNoColoursWithNoColor() {
        assertThat(commandLine(Map.of("NO_COLOR", "1")).getColorScheme().ansi()).isEqualTo(Ansi.OFF);
        assertThat(commandLine(Map.of()).getColorScheme().ansi()).isEqualTo(Ansi.AUTO);
    }

    @Test
    void thereIsOneStatusForEachWayToEnd() {
        assertThat(ExitStatus.values())
                .extracting(ExitStatus::name, ExitStatus::code)
                .containsExactly(
                        tuple("OK", 0),
                        tuple("FAILURE", 1),
                        tuple("USAGE", 2),
                        tuple("STILL_DOWN", 3),
                        tuple("OUT_OF_MEMORY", 3),
                        tuple("HUNG_UP", 129),
                        tuple("INTERRUPTED", 130),
                        tuple("TERMINATED", 143));
    }
}
