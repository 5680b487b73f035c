package watchdog.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.real.WatchdogProcess;

/** The jar, as far as it takes no engine to see that it is right. */
class JarIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int JAVA_17 = 61;

    @TempDir
    private Path folder;

    @Test
    void picocliIsCompiledForTheJavaThatWatchdogNeedsAndOfTheVersionThatIsAskedFor() throws IOException {
        try (ZipFile jar = new ZipFile(System.getProperty("watchdog.jar"))) {
            byte[] type = jar.getInputStream(jar.getEntry("picocli/CommandLine.class"))
                    .readAllBytes();

            assertThat(type[7]).isEqualTo((byte) JAVA_17);
            assertThat(new String(type, ISO_8859_1)).contains(System.getProperty("picocli.version"));
        }
    }

    @Test
    void aNativeLibraryThatDoesNotLoadIsToldInOneLine() {
        List<String> options = List.of("-Dorg.newsclub.net.unix.library.disable=true");
        try (WatchdogProcess ps = WatchdogProcess.start(
                options, Map.of(), "ps", "--list=web", "--host=" + folder.resolve("docker.sock"))) {

            assertThat(ps.awaitExit(LIMIT)).isEqualTo(1);

            assertThat(ps.stdout()).isEmpty();
            assertThat(ps.stderr())
                    .singleElement()
                    .asString()
                    .startsWith("watchdog: ")
                    .contains("cannot load junixsocket's native library");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "--list=web --nonsense", "ps --list=web --host=tcp://127.0.0.1:1"})
    void nothingIsLeftInTheTemporaryFolder(String arguments) {
        List<String> options = List.of("-Djava.io.tmpdir=" + folder);
        try (WatchdogProcess watchdog = WatchdogProcess.start(options, Map.of(), arguments.split(" "))) {

            watchdog.awaitExit(LIMIT);

            assertThat(folder).isEmptyDirectory();
        }
    }
}
