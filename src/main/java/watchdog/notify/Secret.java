package watchdog.notify;

/**
 * A text that nobody is to see who reads a log, a status or an error message.
 *
 * @param value the text itself, for the one use that it has
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
