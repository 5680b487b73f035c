package watchdog.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A label to watch by.
 *
 * @param value what it has to be, or null for any
 */
public record LabelSelector(String key, @Nullable String value) {

    /**
     * Reads {@code KEY} or {@code KEY=VALUE}.
     *
     * @throws IllegalArgumentException if there is no key
     */
    public static LabelSelector parse(String given) {
        int equals = given.indexOf('=');
        String key = (equals < 0 ? given : given.substring(0, equals)).strip();
        if (key.isEmpty()) {
            throw new IllegalArgumentException("no label; use KEY or KEY=VALUE");
        }
        return new LabelSelector(key, equals < 0 ? null : given.substring(equals + 1));
    }

    /** Whether these labels have it. */
    public boolean matches(Map<String, String> labels) {
        return value == null ? labels.containsKey(key) : value.equals(labels.get(key));
    }

    @Override
    public String toString() {
        return value == null ? key : key + "=" + value;
    }
}
