package watchdog.notify;

import static watchdog.notify.Limits.cut;
import static watchdog.notify.Limits.fits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import watchdog.report.FactKind;
import watchdog.report.OneLine;

/**
 * Writes a message of what is told together, in the one form that all targets take.
 *
 * @param host on which watchdog runs
 * @param version of watchdog
 * @param logLines how many of the last lines of a container's log are told; 0 for none
 * @param json writes maps, lists, texts, numbers and truth values in ASCII
 */
record Composer(String host, String version, int logLines, LogLines logs, Function<Object, String> json) {

    /** Of the form of the JSON. */
    private static final int FORM = 1;

    /** In bytes: ntfy takes 32,768. */
    private static final int LONGEST = 30_000;

    private static final int MOST_FACTS = 50;
    private static final int MOST_LOGS = 5;
    private static final int LONGEST_LOG_LINE = 1000;
    private static final int LONGEST_LINE = 400;
    private static final int MOST_IN_TITLE = 3;

    /** Those that somebody has to look after at once. */
    private static final Set<FactKind> GRAVE = Set.of(
            FactKind.CRASH_LOOP, FactKind.GIVE_UP, FactKind.ENGINE_LOST, FactKind.LISTING_FAILED, FactKind.OWN_FAULT);

    /** A container may write what calls together all who read a channel. */
    private static final String ZERO_WIDTH_SPACE = "\u200b";

    /**
     * Writes it, and asks for the logs for that.
     *
     * @param dropped how many messages to the same target were lost before
     */
    Message message(List<Notice> notices, int dropped, Instant at) {
        List<Notice> told = notices.subList(0, Math.min(notices.size(), MOST_FACTS));
        Map<String, List<String>> logsById = logs(told);
        int more = notices.size() - told.size();
        String title = harmless(title(notices));
        String head = harmless(head(told, more, dropped));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", FORM);
        body.put("watchdog", version);
        body.put("host", host);
        body.put("at", at.toString());
        body.put("severity", severity(notices));
        body.put("title", title);
        List<String> log = logsById.values().stream().findFirst().orElse(List.of());
        body.put("body", withLog(head, "", log, ""));
        String marked = withLog(head, "```\n", log, "```");
        body.put("text", marked);
        body.put("content", marked);
        // Nobody is called by what a container has written (Discord).
        body.put("allowed_mentions", Map.of("parse", List.of()));
        body.put("facts", facts(told, logsById));
        body.put("more", more);
        body.put("dropped", dropped);
        return new Message(bounded(body, notices, told.size()), variables(body, told.get(0), logsById));
    }

    /** As JSON; where that is too long, without logs, and then with fewer facts. */
    private String bounded(Map<String, Object> body, List<Notice> notices, int most) {
        String written = json.apply(body);
        for (int count = most; written.length() > LONGEST && count >= 0; count--) {
            body.put("facts", facts(notices.subList(0, count), Map.of()));
            body.put("more", notices.size() - count);
            written = json.apply(body);
        }
        return written;
    }

    private static List<Map<String, Object>> facts(List<Notice> notices, Map<String, List<String>> logs) {
        return notices.stream().map(notice -> fields(notice, logs)).toList();
    }

    private Map<String, List<String>> logs(List<Notice> notices) {
        Map<String, List<String>> byId = new LinkedHashMap<>();
        if (logLines == 0) {
            return byId;
        }
        notices.stream()
                .filter(notice -> notice.fields().containsKey("exitCode") || notice.status() == Notice.Status.PROBLEM)
                .map(Notice::about)
                .filter(id -> !id.isEmpty())
                .distinct()
                .limit(MOST_LOGS)
                .forEach(id -> byId.put(
                        id,
                        logs.last(id, logLines).stream()
                                .map(line -> cut(OneLine.of(line), LONGEST_LOG_LINE))
                                .toList()));
        return byId;
    }

    private static Map<String, Object> fields(Notice notice, Map<String, List<String>> logs) {
        Map<String, Object> fields = new LinkedHashMap<>(notice.fields());
        fields.put("status", notice.status().name().toLowerCase(Locale.ROOT));
        if (notice.leftOut() > 0) {
            fields.put("leftOut", notice.leftOut());
        }
        List<String> log = logs.get(notice.about());
        if (log != null && notice.status() != Notice.Status.RECOVERY) {
            fields.put("log", log);
        }
        return fields;
    }

    static String severity(List<Notice> notices) {
        if (notices.stream().anyMatch(notice -> isProblem(notice) && GRAVE.contains(notice.what()))) {
            return "failure";
        }
        if (notices.stream().anyMatch(Composer::isProblem)) {
            return "warning";
        }
        boolean isAllOver = notices.stream().allMatch(notice -> notice.status() == Notice.Status.RECOVERY);
        return isAllOver ? "success" : "info";
    }

    private static boolean isProblem(Notice notice) {
        return notice.status() == Notice.Status.PROBLEM || notice.what() == FactKind.OWN_FAULT;
    }

    private String title(List<Notice> notices) {
        String first = notices.stream()
                .limit(MOST_IN_TITLE)
                .map(notice -> notice.container()
                                .map(container -> OneLine.of(container.name()) + ": ")
                                .orElse("")
                        + notice.what())
                .collect(Collectors.joining(", "));
        int more = notices.size() - MOST_IN_TITLE;
        return cut(first + (more > 0 ? ", " + more + " more" : "") + " on " + host, LONGEST_LINE);
    }

    private String head(List<Notice> notices, int more, int dropped) {
        List<String> lines = new ArrayList<>();
        for (Notice notice : notices) {
            lines.add(cut(host + ": " + notice.text(), LONGEST_LINE) + details(notice));
        }
        if (more > 0) {
            lines.add(more + " more at the same time");
        }
        if (dropped > 0) {
            lines.add(dropped + (dropped == 1 ? " message" : " messages") + " before this could not be delivered");
        }
        return String.join("\n", lines);
    }

    private static String details(Notice notice) {
        Map<String, Object> fields = notice.fields();
        List<String> details = new ArrayList<>();
        if (notice.status() != Notice.Status.RECOVERY) {
            add(details, "image ", fields.get("image"));
            add(details, "exit code ", fields.get("exitCode"));
            add(details, "", fields.get("signal"));
            add(details, "out of memory: ", fields.get("outOfMemory"));
        }
        if (notice.leftOut() > 0) {
            details.add(notice.leftOut() + " more about it within the last hour not told");
        }
        return details.isEmpty() ? "" : " [" + String.join(", ", details) + "]";
    }

    private static void add(List<String> details, String name, @Nullable Object value) {
        if (value != null) {
            details.add(name + cut(value.toString(), LONGEST_LINE));
        }
    }

    /** As many of the last lines as there is room for. */
    private static String withLog(String head, String before, List<String> log, String after) {
        String text = Limits.fitting(head);
        String lines = "";
        for (int i = log.size() - 1; i >= 0; i--) {
            String more = harmless(log.get(i)).replace("```", "'''") + "\n" + lines;
            String whole = text + "\n" + before + more + after;
            if (!fits(whole)) {
                break;
            }
            lines = more;
        }
        return lines.isEmpty() ? text : (text + "\n" + before + lines + after).stripTrailing();
    }

    /** The same, so that it mentions nobody: {@code @channel}, {@code <!here>}. */
    private static String harmless(String text) {
        return text.replace("@", "@" + ZERO_WIDTH_SPACE).replace("<", "<" + ZERO_WIDTH_SPACE);
    }

    /** As {@code WATCHDOG_EXIT_CODE} for {@code exitCode}: of the first fact, and of the message. */
    private static Map<String, String> variables(
            Map<String, Object> body, Notice first, Map<String, List<String>> logs) {
        Map<String, Object> all = new LinkedHashMap<>(fields(first, logs));
        for (String name : List.of("host", "title", "severity", "body")) {
            all.put(name, body.getOrDefault(name, ""));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (!(value instanceof List<?>)) {
                String words = name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
                variables.put("WATCHDOG_" + words, value.toString());
            }
        });
        return variables;
    }
}
