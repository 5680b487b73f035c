package watchdog.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What is answered for a path.
 *
 * @param status as HTTP has it
 * @param type its media type, with the character set where the type has one, which is UTF-8
 */
public record Content(int status, String type, Body body) {

    private static final int OK = 200;

    /** What follows the headers. */
    @FunctionalInterface
    public interface Body {
        /** Writes it, as it is at this moment, and closes nothing. */
        void write(OutputStream out) throws IOException;
    }

    /** One that is there as asked for. */
    public static Content of(String type, Body body) {
        return new Content(OK, type, body);
    }

    /** One that is there as asked for, in UTF-8. */
    public static Content of(String type, String text) {
        return of(type, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** One line for people. */
    static Content line(int status, String line) {
        byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
        return new Content(status, "text/plain; charset=utf-8", out -> out.write(text));
    }
}
