package watchdog.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a watchdog holds of the machine at a moment.
 *
 * @param descriptors how many are open
 * @param threads how many there are, those of Java included
 * @param live what is alive on the heap, in KiB
 * @param resident what it has of the machine's memory, in KiB
 */
public record Footprint(int descriptors, int threads, long live, long resident) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    /** Collects the garbage of that watchdog, and looks. */
    public static Footprint of(WatchdogProcess watchdog) {
        String pid = Long.toString(watchdog.pid());
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        // The histogram is of what a full collection leaves, whichever collector it is.
        long live = number(TOTAL, RealEngine.output(List.of(jcmd, pid, "GC.class_histogram"))) / 1024;
        try {
            Path process = Path.of("/proc", pid);
            return new Footprint(
                    entries(process.resolve("fd")),
                    entries(process.resolve("task")),
                    live,
                    number(RESIDENT, Files.readString(process.resolve("status"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return (int) entries.count();
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in: " + text);
        }
        return Long.parseLong(found.group(1));
    }
}
