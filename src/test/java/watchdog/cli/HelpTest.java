package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** What {@code --help} and {@code --version} print. */
class HelpTest extends CommandLineBench {

    private static final List<String> OFTEN = List.of(
            "--host",
            "--exclude",
            "--label",
            "--policy",
            "--restart-on",
            "--dependents",
            "--webhook",
            "--exec",
            "--http",
            "--log-level");
    private static final List<String> RARELY = List.of(
            "--tls",
            "--tlsverify",
            "--tlscacert",
            "--tlscert",
            "--tlskey",
            "--settle",
            "--backoff",
            "--reset-after",
            "--crash-loop",
            "--give-up-after",
            "--notify",
            "--webhook-header",
            "--webhook-ca",
            "--webhook-log-lines",
            "--state",
            "--run",
            "--http-host",
            "--log-format",
            "--timeout",
            "--parallel",
            "--once",
            "--dry-run",
            "--check",
            "--help",
            "--version");

    @Test
    void psShowsItsVersionToo() {
        assertThat(run("ps", "-V").out()).first().asString().startsWith("watchdog ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void helpIsOneShortPage(String option) {
        Outcome outcome = run(option);

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .hasSizeBetween(20, 100)
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
    void thePageOfOptionsShowsTheHelpAsItIs() throws IOException {
        String help = String.join("\n", run("--help").out());

        assertThat(Path.of("src/docs/options.md")).content().contains("```\n" + help + "\n```");
    }

    @Test
    void helpOfPsIsOneShortPageWithItsOwnOption() {
        Outcome outcome = run("ps", "-h");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .hasSizeBetween(15, 100)
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
    void thereAreNoColoursWithNoColor() {
        assertThat(commandLine(Map.of("NO_COLOR", "1")).getColorScheme().ansi()).isEqualTo(Ansi.OFF);
        assertThat(commandLine(Map.of()).getColorScheme().ansi()).isEqualTo(Ansi.AUTO);
    }
}
