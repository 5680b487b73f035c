package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The beginning of what is read to its end: so that nothing is too much, the rest of a long line and further lines are forgotten. */
final class FirstLines {

    static final int MOST_LINES = 100;

    /** In bytes. */
    static final int LONGEST_LINE = 4096;

    private FirstLines() {}

    /** Reads it all, and hands on each line as soon as that ends. */
    static void read(InputStream in, Consumer<String> lines) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int count = 0;
        byte[] some = new byte[8192];
        for (int length = in.read(some); length >= 0; length = in.read(some)) {
            for (int i = 0; i < length && count < MOST_LINES; i++) {
                if (some[i] == '\n') {
                    lines.accept(line.toString(UTF_8));
                    line.reset();
                    count++;
                } else if (line.size() < LONGEST_LINE) {
                    line.write(some[i]);
                }
            }
        }
        if (line.size() > 0) {
            lines.accept(line.toString(UTF_8));
        }
    }
}
