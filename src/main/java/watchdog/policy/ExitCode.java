package watchdog.policy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What an exit code says, in words that complete "… because …". */
public final class ExitCode {

    /** A shell's way to say "ended by a signal". */
    private static final int SIGNALLED = 128;

    /** Those by which programs are ended or end themselves (signal(7)). */
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 6, "SIGABRT", 7, "SIGBUS", 9, "SIGKILL", 11, "SIGSEGV", 15,
            "SIGTERM");

    private ExitCode() {}

    /** The signal that has ended the process, as {@code SIGKILL}, as far as its exit code tells. */
    public static Optional<String> signal(int exitCode) {
        return Optional.ofNullable(SIGNALS.get(exitCode - SIGNALLED));
    }

    static String inWords(OptionalInt exitCode) {
        if (exitCode.isEmpty()) {
            return "it crashed";
        }
        int code = exitCode.getAsInt();
        Optional<String> signal = signal(code);
        if (signal.isPresent()) {
            return "it was killed (" + signal.get() + ", " + code + ")";
        }
        return code == 0 ? "it exited with code 0" : "it crashed with code " + code;
    }

    static String withCode(OptionalInt exitCode) {
        return exitCode.isPresent() ? " with code " + exitCode.getAsInt() : "";
    }
}
