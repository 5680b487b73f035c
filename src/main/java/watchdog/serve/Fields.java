package watchdog.serve;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** An object as {@link watchdog.report.Board} has it for JSON. */
record Fields(Map<String, ? extends @Nullable Object> map) {

    /** The value as text; empty if there is none. */
    String text(String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }

    boolean is(String key) {
        return Boolean.TRUE.equals(map.get(key));
    }

    List<String> texts(String key) {
        return elements(key).map(String::valueOf).toList();
    }

    /** The objects of a list, one after the other: each is made when it is asked for. */
    @SuppressWarnings("unchecked") // as Board makes them
    Stream<Fields> objects(String key) {
        return elements(key).map(object -> new Fields((Map<String, @Nullable Object>) object));
    }

    private Stream<?> elements(String key) {
        return map.get(key) instanceof Iterable<?> all
                ? StreamSupport.stream(all.spliterator(), false)
                : Stream.empty();
    }
}
