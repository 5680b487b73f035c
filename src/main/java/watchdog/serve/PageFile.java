package watchdog.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The files that the page is made of, which are in the jar. */
final class PageFile {

    private PageFile() {}

    /**
     * The text of the file of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static String text(String name) {
        try (@Nullable InputStream in = PageFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
