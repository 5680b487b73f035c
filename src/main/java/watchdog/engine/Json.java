package watchdog.engine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out. A field that is missing, null or of another type reads as empty, for engines differ. */
public final class Json {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_STRING = 1 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Reads the elements of an array, each an object, to its end. */
    interface Elements {
        void read(JsonParser element) throws IOException;
    }

    private Json() {}

    /** Writes maps, lists, strings, numbers and booleans, indented. */
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads one object as a map of maps, lists, strings, numbers and booleans.
     *
     * @throws IOException if the text is anything else
     */
    public static Map<String, Object> readObject(String text) throws IOException {
        try {
            Map<String, Object> value = MAPPER.readValue(text, new TypeReference<@Nullable Map<String, Object>>() {});
            if (value == null) {
                throw new IOException("not a JSON object");
            }
            return value;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** Reads one object. */
    static JsonNode object(InputStream in) throws IOException {
        try {
            JsonNode value = MAPPER.readTree(in);
            if (!value.isObject()) {
                throw new IOException("not a JSON object");
            }
            return value;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /**
     * Reads an array of objects one by one as they come, so that nothing is in memory that nobody asked for: an engine
     * tells much more.
     *
     * @return how many there were
     */
    static int elements(InputStream in, Elements reader) throws IOException {
        int count = 0;
        try (JsonParser parser = MAPPER.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("not a JSON array");
            }
            for (; parser.nextToken() == JsonToken.START_OBJECT; count++) {
                reader.read(parser);
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException("not a JSON array of objects");
            }
        } catch (JacksonException e) {
            throw notJson(e);
        }
        return count;
    }

    /** The name of the next field of an object, the parser being at its value then, or null after the last. */
    static @Nullable String nextField(JsonParser parser) {
        String name = parser.nextName();
        if (name != null) {
            parser.nextToken();
        }
        return name;
    }

    /** The element as a whole. */
    static JsonNode tree(JsonParser parser) {
        return MAPPER.readTree(parser);
    }

    static String text(JsonParser value) {
        return Words.inOneLine(scalar(value));
    }

    static List<String> strings(JsonParser array) {
        if (array.currentToken() != JsonToken.START_ARRAY) {
            array.skipChildren();
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        while (array.nextToken() != JsonToken.END_ARRAY) {
            strings.add(text(array));
        }
        return List.copyOf(strings);
    }

    static Map<String, String> stringsByName(JsonParser object) {
        if (object.currentToken() != JsonToken.START_OBJECT) {
            object.skipChildren();
            return Map.of();
        }
        Map<String, String> strings = new LinkedHashMap<>();
        for (String name = nextField(object); name != null; name = nextField(object)) {
            strings.put(name, scalar(object));
        }
        return Map.copyOf(strings);
    }

    private static String scalar(JsonParser value) {
        String text = value.getValueAsString("");
        value.skipChildren();
        return text;
    }

    /** A fault of the stream that the parser has wrapped comes out as itself. */
    private static IOException notJson(JacksonException e) {
        if (e.getCause() instanceof IOException fault) {
            return fault;
        }
        return new IOException("not JSON: " + e.getOriginalMessage(), e);
    }

    /** Whether that is the id of a container. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static String text(JsonNode value) {
        return Words.inOneLine(value.asString(""));
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        for (JsonNode element : array) {
            strings.add(text(element));
        }
        return List.copyOf(strings);
    }

    static Map<String, String> stringsByName(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> strings.put(field.getKey(), field.getValue().asString("")));
        return Map.copyOf(strings);
    }

    /** An RFC 3339 time, or null for none: an engine says year 1 where it means never. */
    static @Nullable Instant time(JsonNode value) {
        try {
            Instant time = OffsetDateTime.parse(value.asString("")).toInstant();
            return time.getEpochSecond() > 0 ? time : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
