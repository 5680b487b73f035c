package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import watchdog.fake.Certificates;

/** The argument file of the Debian package, in which every option of the service stands behind a #. */
class PackagedArgumentsTest {

    private static final Path FILE = Path.of("src/main/deb/docker-watchdog.args");

    /** What makes no service of it. */
    private static final Set<String> NOT_OF_A_SERVICE = Set.of("--once", "--check", "--help", "--version");

    private static List<String> commentedOut() throws IOException {
        return Files.readAllLines(FILE).stream()
                .filter(line -> line.startsWith("#--"))
                .map(line -> line.substring(1))
                .toList();
    }

    private static CommandLine commandLine() {
        return new Cli(Map.of(), "", config -> 0).commandLine();
    }

    @Test
    void hasEachOptionOfTheServiceOnce() throws IOException {
        List<String> options = commandLine().getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .filter(option -> !NOT_OF_A_SERVICE.contains(option))
                .toList();

        assertThat(commentedOut().stream().map(line -> line.split("[= ]", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(options);
    }

    @Test
    void givesTheDefaultWhereThereIsOne() throws IOException {
        List<String> defaults = commandLine().getCommandSpec().options().stream()
                .filter(option -> option.defaultValue() != null)
                .map(option -> option.longestName() + "=" + option.defaultValue())
                .toList();

        assertThat(commentedOut().stream().map(line -> line.split(" ", 2)[0])).containsAll(defaults);
    }

    @Test
    void isRightWithEveryLineTakenIn(@TempDir Path folder) throws IOException, GeneralSecurityException {
        Path certificates = Files.writeString(folder.resolve("ca.pem"), Certificates.EXAMPLE);
        Path key = Files.writeString(folder.resolve("key.pem"), Certificates.keyForExample());
        List<String> lines = commentedOut().stream()
                .map(line -> line.replaceFirst("--(webhook-ca|tlscacert|tlscert)=\\S+", "--$1=" + certificates))
                .map(line -> line.replaceFirst("--tlskey=\\S+", "--tlskey=" + key))
                .map(line -> line.replaceFirst("--host=\\S+", "--host=tcp://there:2376"))
                .toList();
        Path file = Files.write(folder.resolve("all.args"), lines);

        assertThat(new Cli(Map.of(), "", config -> 0).run("@" + file)).isZero();
    }

    @Test
    void theExampleIsRight() {
        assertThat(new Cli(Map.of(), "", config -> 0).run("@src/main/deb/example.args"))
                .isZero();
    }

    @Test
    void asShippedItOnlyLacksWhatToWatch() throws IOException {
        assertThat(Files.readAllLines(FILE)).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }
}
