package watchdog.http;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * junixsocket's native library as a file, for as long as it takes to load it. junixsocket unpacks it too, but by way of
 * {@code SecureRandom} and much else of Java that nobody else needs: a tenth of watchdog's start, and more than a megabyte.
 *
 * @see <a href="https://kohlschutter.github.io/junixsocket/customarch.html">junixsocket's system properties</a>
 */
final class NativeLibrary {

    /** Of the version in pom.xml. */
    private static final String NAME = "libjunixsocket-native-2.11.1.so";

    private static final String FILE_TO_LOAD = "org.newsclub.net.unix.library.override";
    private static final String FILE_OR_NONE = "org.newsclub.net.unix.library.override.force";
    private static final String FOLDER = "org.newsclub.net.unix.library.tmpdir";

    private final @Nullable File file;

    private NativeLibrary(@Nullable File file) {
        this.file = file;
    }

    /** Unpacks the library and has junixsocket load it, unless a property names another one, or it is not as expected. */
    static NativeLibrary unpack() {
        if (System.getProperty(FILE_TO_LOAD) != null || System.getProperty(FILE_OR_NONE) != null) {
            return new NativeLibrary(null);
        }
        File file = new File(
                System.getProperty(FOLDER, System.getProperty("java.io.tmpdir")),
                "watchdog-" + Long.toHexString(System.nanoTime()) + "-" + NAME);
        try (InputStream library = NativeLibrary.class.getResourceAsStream(resource())) {
            // Made by this process, or not used: anybody may write to a temporary folder.
            if (library == null || !file.createNewFile()) {
                return new NativeLibrary(null);
            }
            NativeLibrary unpacked = new NativeLibrary(file);
            try (OutputStream out = new FileOutputStream(file)) {
                library.transferTo(out);
            } catch (IOException e) {
                unpacked.remove();
                return new NativeLibrary(null);
            }
            System.setProperty(FILE_TO_LOAD, file.getAbsolutePath());
            return unpacked;
        } catch (IOException e) {
            return new NativeLibrary(null);
        }
    }

    static String resource() {
        return "/lib/" + System.getProperty("os.arch") + "-Linux-clang/jni/" + NAME;
    }

    /** Removes the file, which a process needs no longer once it has loaded it. */
    void remove() {
        if (file != null) {
            System.clearProperty(FILE_TO_LOAD);
            boolean unused = file.delete();
        }
    }
}
