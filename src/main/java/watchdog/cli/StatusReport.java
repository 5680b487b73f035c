package watchdog.cli;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import watchdog.policy.Container;
import watchdog.policy.NamePattern;
import watchdog.report.InWords;
import watchdog.report.OneLine;
import watchdog.report.Table;

/**
 * What a status file says, as {@link watchdog.report.Board} has written it.
 *
 * @param asOf when it was written, or, if that was earlier, when the loop had turned last, from which it is told
 */
record StatusReport(Map<String, Object> fields, Instant asOf) {

    private static final String CONTAINERS = "containers";
    private static final String FACTS = "facts";

    private static final List<String> HEADER =
            List.of("CONTAINER ID", "STATE", "FOR", "WATCHDOG", "NEXT TRY", "STARTS", "NAME");

    /**
     * Reads it.
     *
     * @throws IOException if it is not what a watchdog writes
     */
    static StatusReport of(Map<String, Object> fields) throws IOException {
        try {
            Instant writtenAt = Instant.parse(text(fields, "writtenAt"));
            Instant turnedAt = Instant.parse(text(fields, "loopTurnedAt"));
            return new StatusReport(fields, turnedAt.isBefore(writtenAt) ? turnedAt : writtenAt);
        } catch (DateTimeException e) {
            throw new IOException("this is not what a watchdog has written", e);
        }
    }

    private static String text(Map<String, Object> fields, String key) {
        Object value = fields.get(key);
        return value == null ? "" : value.toString();
    }

    private static boolean is(Map<String, Object> fields, String key) {
        return Boolean.TRUE.equals(fields.get(key));
    }

    @SuppressWarnings("unchecked") // as Board has written it
    private static List<Map<String, Object>> objects(Map<String, Object> fields, String key) {
        return fields.get(key) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    List<Map<String, Object>> containers() {
        return objects(fields, CONTAINERS);
    }

    private List<String> missing() {
        return fields.get("missing") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The same of those containers only that are called so. */
    StatusReport of(List<NamePattern> patterns) {
        Map<String, Object> some = new LinkedHashMap<>(fields);
        some.put(
                "missing",
                missing().stream()
                        .filter(name -> patterns.stream()
                                .anyMatch(pattern -> pattern.matches(name)
                                        || pattern.toString().equals(name)))
                        .toList());
        some.put(
                CONTAINERS,
                containers().stream()
                        .filter(container ->
                                patterns.stream().anyMatch(pattern -> pattern.matches(text(container, "name"))))
                        .toList());
        return new StatusReport(some, asOf);
    }

    /** Whether it tells of nothing that is watched. */
    boolean isEmpty() {
        return containers().isEmpty() && missing().isEmpty();
    }

    /** Whether each container is there, and is up or left as it is by the rules; not while nobody can know. */
    boolean isAllWell() {
        boolean isKnown = !text(fields, "lastListing").isEmpty()
                && text(fields, "engineProblem").isEmpty();
        return isKnown && missing().isEmpty() && containers().stream().allMatch(container -> is(container, "well"));
    }

    /** For people: a table, or each container in full. */
    String inWords(Instant now, boolean inFull) {
        String containers = inFull ? inFull() : table(now).toString();
        return headline(now) + "\n\n" + containers;
    }

    private String headline(Instant now) {
        String problem = text(fields, "engineProblem");
        String engine = text(fields, "engine");
        String listed = text(fields, "lastListing");
        return OneLine.of(text(fields, "watchdog") + ", since " + text(fields, "since")
                + (engine.isEmpty() ? "" : ", " + engine)
                + (listed.isEmpty() ? ", no containers listed yet" : "")
                + (problem.isEmpty() ? "" : "; " + notListed(listed, now) + ": " + problem));
    }

    private static String notListed(String lastListing, Instant now) {
        return lastListing.isEmpty()
                ? "the engine does not list its containers"
                : "the engine has not listed its containers for " + since(lastListing, now);
    }

    private Table table(Instant now) {
        List<List<String>> rows = new ArrayList<>();
        containers().forEach(container -> rows.add(row(container, now)));
        missing().forEach(name -> rows.add(List.of("", "", "", "wait: there is no such container", "", "", name)));
        return new Table(HEADER, rows);
    }

    private static List<String> row(Map<String, Object> container, Instant now) {
        String health = text(container, "health");
        String doing = text(container, "doing");
        String since = text(container, "since");
        String next = text(container, "nextTry");
        return List.of(
                Container.shortId(text(container, "id")),
                text(container, "state") + (health.isEmpty() ? "" : " (" + health + ")"),
                since.isEmpty() ? "" : since(since, now),
                (doing.isEmpty() ? text(container, "action") + ": " + text(container, "why") : doing)
                        + (is(container, "crashLoop") ? " (crash loop)" : "")
                        + (is(container, "givenUp") ? " (given up)" : ""),
                next.isEmpty() ? "" : "in " + InWords.duration(Duration.between(now, Instant.parse(next))),
                text(container, "starts"),
                text(container, "name"));
    }

    private static String since(String time, Instant now) {
        return InWords.duration(Duration.between(Instant.parse(time), now));
    }

    private String inFull() {
        Stream<String> there = containers().stream().map(StatusReport::inFull);
        Stream<String> missing = missing().stream().map(name -> name + ": there is no such container");
        return Stream.concat(there, missing).collect(Collectors.joining("\n\n"));
    }

    private static String inFull(Map<String, Object> container) {
        StringBuilder lines = new StringBuilder();
        container.forEach((key, value) -> {
            if (value != null && !key.equals(FACTS)) {
                lines.append(key)
                        .append(": ")
                        .append(OneLine.of(value.toString()))
                        .append('\n');
            }
        });
        lines.append(FACTS).append(':');
        for (Map<String, Object> fact : objects(container, FACTS)) {
            lines.append("\n  ")
                    .append(OneLine.of(text(fact, "at") + " " + text(fact, "level") + " " + text(fact, "text")));
        }
        return lines.toString();
    }
}
