package watchdog.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields of a JSON object are read, and which of theirs: engines tell much more than is needed. */
final class Fields {

    /** All there are, and all of theirs. */
    static final Fields ALL = new Fields(Map.of());

    private final Map<String, Fields> named;

    private Fields(Map<String, Fields> named) {
        this.named = named;
    }

    /** Those of these names, and all of theirs. */
    static Fields of(String... names) {
        Map<String, Fields> named = new HashMap<>();
        for (String name : names) {
            named.put(name, ALL);
        }
        return new Fields(named);
    }

    /** The same and another one, with which of its own are read. */
    Fields and(String name, Fields itsOwn) {
        Map<String, Fields> more = new HashMap<>(named);
        more.put(name, itsOwn);
        return new Fields(more);
    }

    /** Which are read of the field of that name, or of the objects in its array; or null if it is not read itself. */
    @Nullable
    Fields in(String name) {
        return this == ALL ? ALL : named.get(name);
    }
}
