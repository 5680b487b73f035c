package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

    private static final String FILE_TO_LOAD = "org.newsclub.net.unix.library.override";
    private static final String FOLDER = "org.newsclub.net.unix.library.tmpdir";

    @TempDir
    Path folder;

    private final Properties before = new Properties();

    @BeforeEach
    void unpackHere() {
        before.putAll(System.getProperties());
        System.clearProperty(FILE_TO_LOAD);
        System.setProperty(FOLDER, folder.toString());
    }

    @AfterEach
    void asBefore() {
        System.setProperties(before);
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

    @Test
    void isLeftToWhoeverHasNamedAnotherOne() {
        System.setProperty(FILE_TO_LOAD, "/opt/own.so");

        NativeLibrary library = NativeLibrary.unpack();

        assertThat(folder).isEmptyDirectory();
        library.remove();
        assertThat(System.getProperty(FILE_TO_LOAD)).isEqualTo("/opt/own.so");
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
