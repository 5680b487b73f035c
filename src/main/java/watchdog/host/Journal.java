package watchdog.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The journal of systemd, to which a service's output is connected unless its unit says otherwise. */
public final class Journal {

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private Journal() {}

    /**
     * Whether the journal reads standard output: {@code JOURNAL_STREAM} names the device and inode of the stream that leads to
     * it, and is inherited by processes whose output leads elsewhere (systemd.exec(5)).
     */
    public static boolean isStandardOutput(Map<String, String> environment) {
        String stream = environment.get("JOURNAL_STREAM");
        if (stream == null) {
            return false;
        }
        try {
            return stream.equals(Files.getAttribute(STANDARD_OUTPUT, "unix:dev") + ":"
                    + Files.getAttribute(STANDARD_OUTPUT, "unix:ino"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
