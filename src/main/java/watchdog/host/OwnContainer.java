package watchdog.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The container that this process runs in, if it does: the engine mounts files of its own onto some there (proc(5)). */
public final class OwnContainer {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** On a host the folders of containers are mounted too, but not onto these files. */
    private static final Pattern OWN = Pattern.compile(
            "(?m)^\\S+ \\S+ \\S+ \\S*containers/([0-9a-f]{64})/\\S* /etc/(?:hostname|hosts|resolv\\.conf) ");

    private OwnContainer() {}

    /** Its id, or empty. */
    public static String id() {
        try {
            Matcher id = OWN.matcher(Files.readString(MOUNTS));
            return id.find() ? id.group(1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
