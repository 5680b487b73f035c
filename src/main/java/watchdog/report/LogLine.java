package watchdog.report;

import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * What is logged at one time, however it is written then.
 *
 * @param message as {@link OneLine}
 * @param stackTrace the lines of {@link StackTrace}, or none
 * @param fields what a program reads in place of the message, as of {@link FactFields#asMap}; none if it comes from no fact
 */
public record LogLine(Level level, String message, List<String> stackTrace, Map<String, Object> fields) {

    public LogLine {
        message = OneLine.of(message);
    }

    /** A line that comes from no fact. */
    LogLine(Level level, String message, List<String> stackTrace) {
        this(level, message, stackTrace, Map.of());
    }

    /** Whether it is a warning or an error. */
    boolean isUrgent() {
        return level == Level.WARN || level == Level.ERROR;
    }
}
