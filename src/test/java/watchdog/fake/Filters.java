package watchdog.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * The {@code filters} parameter, a JSON object whose values are arrays, or objects as the docker client sends it:
 * {@code {"status":{"exited":true}}}.
 */
record Filters(Map<String, List<String>> values) {
    private static final Set<String> STATES =
            Set.of("created", "running", "paused", "restarting", "removing", "exited", "dead");
    private static final Set<String> HEALTHS = Set.of("none", "starting", "healthy", "unhealthy");
    private static final Set<String> FOR_CONTAINERS = Set.of("status", "name", "label", "id", "health");
    private static final Set<String> FOR_EVENTS = Set.of("type", "event", "container", "label");
    private static final Set<String> BARE = Set.of("health_status", "exec_create", "exec_start");

    static Filters of(Request request) throws Refusal {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String json = request.parameter("filters");
        if (!json.isEmpty()) {
            JsonNode filters = Json.parse(json);
            if (!filters.isObject()) {
                throw new Refusal(400, "invalid filter");
            }
            for (Map.Entry<String, JsonNode> filter : filters.properties()) {
                List<String> wanted = new ArrayList<>();
                if (filter.getValue().isObject()) {
                    wanted.addAll(filter.getValue().propertyNames());
                } else {
                    filter.getValue().forEach(value -> wanted.add(value.asString()));
                }
                values.put(filter.getKey(), wanted);
            }
        }
        return new Filters(values);
    }

    boolean has(String key) {
        return !get(key).isEmpty();
    }

    private List<String> get(String key) {
        return values.getOrDefault(key, List.of());
    }

    private void refuseUnknown(Set<String> known) throws Refusal {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new Refusal(400, "invalid filter '" + key + "'");
            }
        }
    }

    private void refuseUnknown(String key, Set<String> known) throws Refusal {
        for (String value : get(key)) {
            if (!known.contains(value)) {
                throw new Refusal(400, "invalid filter '" + key + "=" + value + "'");
            }
        }
    }

    /** Which containers are meant: status, name, id and health are each an OR, label an AND. */
    Predicate<FakeContainer> containers() throws Refusal {
        refuseUnknown(FOR_CONTAINERS);
        refuseUnknown("status", STATES);
        refuseUnknown("health", HEALTHS);
        List<Predicate<String>> names = get("name").stream().map(Filters::regex).toList();
        List<Predicate<String>> ids = get("id").stream().map(Filters::regex).toList();
        return container -> any("status", container.state()::equals)
                && any("health", container.health()::equals)
                && get("label").stream().allMatch(label -> hasLabel(container.model().labels, label))
                && (names.isEmpty()
                        || container.model().names().stream()
                                .anyMatch(n -> names.stream().anyMatch(p -> p.test(n) || p.test(n.substring(1)))))
                && (ids.isEmpty() || ids.stream().anyMatch(p -> p.test(container.id())));
    }

    /** Which events are meant; one bare {@code health_status} turns all actions of the filter into prefixes. */
    Predicate<Event> events() throws Refusal {
        refuseUnknown(FOR_EVENTS);
        boolean prefixes = get("event").stream().anyMatch(BARE::contains);
        return event -> any("type", "container"::equals)
                && any(
                        "event",
                        a -> prefixes
                                ? event.action().startsWith(a)
                                : event.action().equals(a))
                && any(
                        "container",
                        c -> event.id().startsWith(c)
                                || c.equals(event.attributes().get("name")))
                && get("label").stream().allMatch(label -> hasLabel(event.attributes(), label));
    }

    private boolean any(String key, Predicate<String> test) {
        return !has(key) || get(key).stream().anyMatch(test);
    }

    private static boolean hasLabel(Map<String, String> labels, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0
                ? labels.containsKey(wanted)
                : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
    }

    /** Unanchored; a broken one matches nothing, without a word. */
    private static Predicate<String> regex(String text) {
        try {
            return Pattern.compile(text).asPredicate();
        } catch (PatternSyntaxException e) {
            return name -> false;
        }
    }
}
