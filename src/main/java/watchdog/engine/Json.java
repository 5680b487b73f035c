package watchdog.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON in and out, token by token: what maps it onto classes and trees costs a daemon more memory and time than all the
 * rest of it. A field that is missing, null or of another type reads as empty, for engines differ.
 */
public final class Json {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_STRING = 1 << 20;

    /** Far more than engines use, and few enough for the small stacks that the unit gives to threads. */
    private static final int DEEPEST = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_STRING)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Reads the elements of an array, each an object, to its end. */
    interface Elements {
        void read(JsonParser element) throws IOException;
    }

    private Json() {}

    /** Writes maps, lists, strings, numbers, booleans and null, indented. */
    public static String write(Object value) {
        ObjectWriteContext indented = new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                return new DefaultPrettyPrinter();
            }
        };
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(indented, text)) {
            write(value, generator);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator generator) {
        if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            object.forEach((name, field) -> {
                generator.writeName(String.valueOf(name));
                write(field, generator);
            });
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> array) {
            generator.writeStartArray();
            array.forEach(element -> write(element, generator));
            generator.writeEndArray();
        } else if (value instanceof Number || value instanceof Boolean || value == null) {
            generator.writeRawValue(String.valueOf(value));
        } else {
            generator.writeString(value.toString());
        }
    }

    /**
     * Reads one object.
     *
     * @throws IOException if the text is anything else
     */
    public static JsonObject object(String text) throws IOException {
        return object(() -> FACTORY.createParser(ObjectReadContext.empty(), text));
    }

    /** Reads one object. */
    static JsonObject object(InputStream in) throws IOException {
        return object(() -> FACTORY.createParser(ObjectReadContext.empty(), in));
    }

    private static JsonObject object(Supplier<JsonParser> source) throws IOException {
        try (JsonParser parser = source.get()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            return object(parser);
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** The object that has just begun, as a whole. */
    static JsonObject object(JsonParser parser) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = nextField(parser); name != null; name = nextField(parser)) {
            fields.put(name, value(parser));
        }
        return new JsonObject(fields);
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            default -> parser.getString();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }

    /**
     * Reads an array of objects one by one as they come, so that nothing is in memory that nobody asked for: an engine
     * tells much more.
     *
     * @return how many there were
     */
    static int elements(InputStream in, Elements reader) throws IOException {
        int count = 0;
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
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
        return object(object).strings();
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
}
