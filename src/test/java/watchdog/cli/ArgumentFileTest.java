package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that come from a file after {@code @}. */
class ArgumentFileTest extends CommandLineBench {

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
    void singleDashesWorkInAnArgumentFileToo() throws IOException {
        assertThat(config(argumentFile("-list=web", "-time=7")))
                .returns("web", config -> config.watchList().toString())
                .returns(Duration.ofSeconds(7), Config::interval);
    }
}
