package watchdog;

/** How watchdog ends, as its parent process sees it. */
public enum ExitStatus {

    /** It did what was asked. */
    OK(0),

    /** It could not do what was asked, or failed itself; the last line says why. */
    FAILURE(1),

    /** The command line is wrong; the first line says where. Docker's and the shell's habit too. */
    USAGE(2),

    /** With {@code --once}: something is not up; the last line says what. {@code status}: something is down. */
    STILL_DOWN(3),

    /** {@code status}: no watchdog runs, or what it has told last is too old. */
    NO_WATCHDOG(4),

    /** Java has run out of memory. The status that Java itself ends with under {@code -XX:+ExitOnOutOfMemoryError}. */
    OUT_OF_MEMORY(3),

    /** Ended by SIGHUP, as when its terminal goes. Set by the Java virtual machine: 128 and the signal's number. */
    HUNG_UP(129),

    /** Ended by SIGINT, as with Ctrl-C. Set by the Java virtual machine: 128 and the signal's number. */
    INTERRUPTED(130),

    /** Ended by SIGTERM, as by systemd. Set by the Java virtual machine: 128 and the signal's number. */
    TERMINATED(143);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
