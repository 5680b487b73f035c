package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import watchdog.ForkedJvm;
import watchdog.Main;

/** What is said of a command line that is wrong. */
class BadCommandLineTest extends CommandLineBench {

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
                bad("--host", "ssh://me@there", "by ssh -nNT -L /tmp/docker.sock:", "-l=web", "-H=ssh://me@there"),
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
}
