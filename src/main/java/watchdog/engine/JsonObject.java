package watchdog.engine;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object in memory. A field that is missing, null or of another type reads as empty, for engines differ. */
public final class JsonObject {

    private final Map<String, @Nullable Object> fields;

    JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** A string, in one line; or a number or a boolean. */
    String text(String field) {
        return text(field, "");
    }

    /** The same, or that other text in its place. */
    String text(String field, String otherwise) {
        return Words.inOneLine(scalar(fields.get(field), otherwise));
    }

    private static String scalar(@Nullable Object value, String otherwise) {
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : otherwise;
    }

    boolean isTrue(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    /** A whole number, or null. */
    public @Nullable Integer integer(String field) {
        return fields.get(field) instanceof Integer number ? number : null;
    }

    /** A whole number, or 0. */
    long number(String field) {
        Object value = fields.get(field);
        return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : 0;
    }

    /** An RFC 3339 time, or null for none: an engine says year 1 where it means never. */
    @Nullable
    Instant time(String field) {
        try {
            Instant time = OffsetDateTime.parse(scalar(fields.get(field), "")).toInstant();
            return time.getEpochSecond() > 0 ? time : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** An object; one without fields if there is none. */
    public JsonObject object(String field) {
        return fields.get(field) instanceof JsonObject object ? object : new JsonObject(Map.of());
    }

    /** Those elements of an array that are objects. */
    List<JsonObject> objects(String field) {
        return fields.get(field) instanceof List<?> array
                ? array.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    /** Whether the field is there, and an object. */
    public boolean hasObject(String field) {
        return fields.get(field) instanceof JsonObject;
    }

    /** Its fields as strings. */
    public Map<String, String> strings() {
        Map<String, String> strings = new LinkedHashMap<>();
        fields.forEach((name, value) -> strings.put(name, scalar(value, "")));
        return Map.copyOf(strings);
    }
}
