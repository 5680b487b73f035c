package watchdog.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/** How the log is written. */
@FunctionalInterface
public interface LogFormat {

    /** Time, level and message, and a stack trace in lines of its own. */
    LogFormat TEXT = line -> withStackTrace(Timestamp.now() + " " + line.level() + " " + line.message(), line);

    /**
     * The format that was asked for.
     *
     * @param toJournal whether the journal reads it, which keeps time and priority itself
     * @param json writes an object in one line
     */
    static LogFormat of(Logging.Format format, boolean toJournal, Function<Map<String, Object>, String> json) {
        return switch (format) {
            case text -> toJournal ? withPriority(line -> withStackTrace(line.message(), line)) : TEXT;
            case json -> toJournal ? withPriority(asJson(json)) : asJson(json);
        };
    }

    /** The lines of text for it, as of now. */
    List<String> lines(LogLine line);

    private static List<String> withStackTrace(String first, LogLine line) {
        return Stream.concat(Stream.of(first), line.stackTrace().stream()).toList();
    }

    /** An object in each line: time, level, the fields, the message, and the stack trace in one field. */
    private static LogFormat asJson(Function<Map<String, Object>, String> json) {
        return line -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("time", Timestamp.now().replace(' ', 'T'));
            object.put("level", line.level().toString().toLowerCase(Locale.ROOT));
            object.putAll(line.fields());
            object.put("message", line.message());
            if (!line.stackTrace().isEmpty()) {
                object.put("stackTrace", beginning(String.join("\n", line.stackTrace())));
            }
            return List.of(json.apply(object));
        };
    }

    /** The journal takes no line in one piece that is longer than 48 KiB (journald.conf(5), {@code LineMax=}). */
    private static String beginning(String stackTrace) {
        int most = 20_000;
        return stackTrace.length() <= most ? stackTrace : stackTrace.substring(0, most) + "\n\t...";
    }

    /** That format with the priority before each line, by which the journal takes it (sd-daemon(3)). */
    private static LogFormat withPriority(LogFormat format) {
        return line -> {
            String priority = "<" + priority(line.level()) + ">";
            return format.lines(line).stream().map(text -> priority + text).toList();
        };
    }

    private static int priority(Level level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            case DEBUG, TRACE -> 7;
        };
    }

    /** The entry for it, as of now. */
    default LogEntry entry(LogLine line) {
        String text =
                lines(line).stream().map(one -> one + System.lineSeparator()).collect(Collectors.joining());
        return new LogEntry(text, line.isUrgent());
    }
}
