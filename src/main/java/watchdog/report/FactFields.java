package watchdog.report;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Container;
import watchdog.policy.Fact;

/**
 * A fact in fields, for programs.
 *
 * @param container of which the fact tells
 * @param why in words that complete "… because …", or what the engine said
 * @param next how long it is until the next start or restart, zero if that is now
 * @param details further ones of this kind, in their order: texts, numbers, booleans, durations, and lists of texts
 */
public record FactFields(
        FactKind what,
        Optional<Container> container,
        Optional<String> why,
        Optional<Duration> next,
        Map<String, Object> details) {

    /** Of a list, for it may be as long as the list of all containers. */
    private static final int MOST_IN_A_LIST = 100;

    FactFields(FactKind what) {
        this(what, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /** The fields of that fact. */
    public static FactFields of(Fact fact) {
        return fact.readBy(new FactFieldsReader());
    }

    /** As it is to be written: texts as {@link OneLine}, durations in seconds, and up to a hundred texts of a list. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("what", what.toString());
        container.ifPresent(its -> {
            map.put("container", plain(its.name()));
            map.put("id", its.id());
        });
        why.ifPresent(reason -> map.put("why", plain(reason)));
        next.ifPresent(wait -> map.put("next", plain(wait)));
        details.forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }

    private static Object plain(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis() / 1000.0;
        }
        if (value instanceof Collection<?> values) {
            return values.stream().limit(MOST_IN_A_LIST).map(FactFields::plain).toList();
        }
        return value instanceof Number || value instanceof Boolean ? value : OneLine.of(value.toString());
    }

    FactFields about(Container its) {
        return new FactFields(what, Optional.of(its), why, next, details);
    }

    FactFields because(String reason) {
        return new FactFields(what, container, Optional.of(reason), next, details);
    }

    FactFields next(@Nullable Duration wait) {
        return new FactFields(what, container, why, Optional.ofNullable(wait), details);
    }

    /** The same with one more detail, if there is one. */
    FactFields with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new FactFields(what, container, why, next, Collections.unmodifiableMap(more));
    }
}
