package watchdog.fuzz;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the fuzzer has found worth keeping ({@code src/scripts/fuzz}), each file once more. A folder is called like the class that takes
 * what is in it.
 */
class CorpusTest {

    static List<Path> targets() throws IOException, URISyntaxException {
        return files(Path.of(CorpusTest.class.getResource("corpus").toURI()));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isTaken(Path target) throws ReflectiveOperationException, IOException {
        Method fuzz = Class.forName(target.getFileName().toString()).getMethod("fuzzerTestOneInput", byte[].class);
        for (Path file : files(target)) {
            try {
                fuzz.invoke(null, Files.readAllBytes(file));
            } catch (InvocationTargetException e) {
                throw new AssertionError(file.toString(), e.getCause());
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
