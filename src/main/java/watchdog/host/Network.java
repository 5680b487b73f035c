package watchdog.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network of this process, as Linux shows it in a folder (proc(5), {@code /proc/pid/net}). */
public record Network(Path folder) {

    /** That of this process. */
    public static final Network OWN = new Network(Path.of("/proc/self/net"));

    /** Whether more can be reached than what listens on this side of a loopback interface; true where that is not told. */
    public boolean isThere() {
        try {
            // The first line is a heading. Of IPv6 the addresses are listed, each with its interface at the end.
            return Files.readAllLines(folder.resolve("route")).size() > 1
                    || Files.readAllLines(folder.resolve("if_inet6")).stream().anyMatch(line -> !line.endsWith(" lo"));
        } catch (IOException e) {
            return true;
        }
    }
}
