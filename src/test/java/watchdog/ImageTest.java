package watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image runs watchdog as the service does. */
class ImageTest {

    private static final Path UNIT = Path.of("src/main/systemd/docker-watchdog.service");
    private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile");

    @Test
    void itHasTheFlagsOfTheUnit() throws IOException {
        List<String> unit = flags(UNIT, "(?m)^ExecStart=/usr/bin/java ((?:.*\\\\\n)*.*)$");

        assertThat(unit).contains("-Xmx64m", "/usr/share/docker-watchdog/watchdog.jar");
        assertThat(flags(DOCKERFILE, "(?m)^ENTRYPOINT \\[\"java\", ((?:.*\\\\\n)*.*)]$"))
                .isEqualTo(unit);
    }

    @Test
    void itHasTheAllocatorOfTheUnit() throws IOException {
        assertThat(variables(DOCKERFILE)).hasSize(4).isEqualTo(variables(UNIT));
    }

    /** What the command line has before the arguments of watchdog. */
    private static List<String> flags(Path file, String command) throws IOException {
        Matcher matcher = Pattern.compile(command).matcher(Files.readString(file));
        assertThat(matcher.find()).as("the command in %s", file).isTrue();
        return Pattern.compile("[^\\s\\\\\",@]\\S*[^\\s\",]")
                .matcher(matcher.group(1))
                .results()
                .map(MatchResult::group)
                .filter(word -> !word.equals("/etc/docker-watchdog.args"))
                .toList();
    }

    private static List<String> variables(Path file) throws IOException {
        return Pattern.compile("MALLOC_\\w+=\\d+")
                .matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
