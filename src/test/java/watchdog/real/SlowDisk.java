package watchdog.real;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A disk that takes its time to have written something, by {@code strace}: for a process that is started so. */
public final class SlowDisk {

    private SlowDisk() {}

    /**
     * What to put before a command so that each of its fsyncs takes so much longer; nothing where there is no strace and
     * there need not be one, which is told. The tracer is no parent of the command, which keeps its process id so.
     */
    public static List<String> of(Duration fsync) {
        if (!isThere() && !RealEngine.required()) {
            System.err.println("no strace here, so the disk is as quick as it is: apt-get install strace");
            return List.of();
        }
        return List.of(
                "strace",
                "--daemonize=grandchild",
                "--follow-forks",
                "--seccomp-bpf",
                "--quiet=all",
                "--trace=fsync,fdatasync",
                "--inject=fsync,fdatasync:delay_enter=" + fsync.toMillis() + "ms",
                "--output=/dev/null");
    }

    private static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "strace").canExecute());
    }
}
