package watchdog.fake;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the fake writes and reads it: plain maps and lists, fields in the order they are given. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The line that Go's encoder makes: the JSON and a line feed. */
    static byte[] line(Object value) {
        return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static JsonNode parse(String json) throws Refusal {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new Refusal(400, "invalid character looking for beginning of value: " + e.getOriginalMessage());
        }
    }
}
