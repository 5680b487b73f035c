package watchdog.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this host is called. */
public final class HostName {

    /** The first is what it is called now, and may be hidden from a service; the second what it is called at its start. */
    private static final List<Path> FILES = List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"));

    private HostName() {}

    /** The name of this host, or of the container that watchdog runs in; {@code localhost} where that is not told. */
    public static String own() {
        return of(FILES);
    }

    static String of(List<Path> files) {
        for (Path file : files) {
            try {
                String name = Files.readString(file).strip();
                if (!name.isEmpty()) {
                    return name;
                }
            } catch (IOException e) {
                // the next one then
            }
        }
        return "localhost";
    }
}
