package watchdog.cli;

/**
 * How watchdog ends, as its parent process sees it. Others set two more: picocli 2, where the command line is wrong, and Java 128
 * and the signal's number, where SIGHUP, SIGINT or SIGTERM ends it.
 */
public enum ExitStatus {

    /** It did what was asked. */
    OK(0),

    /** It could not do what was asked, or failed itself; the last line says why. */
    FAILURE(1),

    /** With {@code --once}: something is not up; the last line says what. {@code status}: something is down. */
    STILL_DOWN(3),

    /** {@code status}: no watchdog runs, or what it has told last is too old to be true. */
    NO_WATCHDOG(4),

    /** Java has run out of memory. The status that Java itself ends with under {@code -XX:+ExitOnOutOfMemoryError}. */
    OUT_OF_MEMORY(3);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
