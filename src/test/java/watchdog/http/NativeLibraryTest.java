package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeLibraryTest {

    private static final String FILE_TO_LOAD = "org.newsclub.net.unix.library.override";
    private static final String FOLDER = "org.newsclub.net.unix.library.tmpdir";

    @TempDir
    Path folder;

    private final Properties properties = new Properties();

    @BeforeEach
    void unpackHere() {
        properties.putAll(System.getProperties());
        System.clearProperty(FILE_TO_LOAD);
        System.setProperty(FOLDER, folder.toString());
    }

    @AfterEach
    void asBefore() {
        System.setProperties(properties);
    }

    /** Fails when junixsocket is of another version than before: then the name is another one. */
    @Test
    void isAFileForAsLongAsItIsLoaded() throws Exception {
        NativeLibrary library = NativeLibrary.unpack();

        assertThat(folder).isDirectoryContaining(file -> file.toString().equals(System.getProperty(FILE_TO_LOAD)));
        try (InputStream expected = NativeLibrary.class.getResourceAsStream(NativeLibrary.resource())) {
            assertThat(Path.of(System.getProperty(FILE_TO_LOAD))).hasBinaryContent(expected.readAllBytes());
        }
        library.remove();
        assertThat(folder).isEmptyDirectory();
        assertThat(System.getProperty(FILE_TO_LOAD)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE_TO_LOAD, FILE_TO_LOAD + ".force"})
    void isLeftToWhoeverHasNamedAnotherOne(String property) {
        System.setProperty(property, "/opt/own.so");
        String before = System.getProperty(FILE_TO_LOAD);

        NativeLibrary library = NativeLibrary.unpack();

        assertThat(folder).isEmptyDirectory();
        library.remove();
        assertThat(System.getProperty(property)).isEqualTo("/opt/own.so");
        assertThat(System.getProperty(FILE_TO_LOAD)).isEqualTo(before);
    }

    @Test
    void isLeftToJunixsocketWhereItCannotBeUnpacked() {
        System.setProperty(FOLDER, folder.resolve("none").toString());

        NativeLibrary library = NativeLibrary.unpack();

        assertThat(System.getProperty(FILE_TO_LOAD)).isNull();
        library.remove();
    }

    @Test
    void isLeftToJunixsocketOnAMachineItIsNotKnownFor() {
        System.setProperty("os.arch", "pdp11");

        NativeLibrary.unpack().remove();

        assertThat(folder).isEmptyDirectory();
        assertThat(System.getProperty(FILE_TO_LOAD)).isNull();
    }
}
