package watchdog.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;

/**
 * JSON read token by token: what maps it onto classes and trees costs a daemon more memory and time than all the
 * rest of it. A field that is missing, null or of another type reads as empty, for engines differ.
 */
public final class Json {

    private static final int ID_LENGTH = 64;
    private static final int LONGEST_STRING = 1 << 20;

    /** Far more than engines use, and few enough for the small stacks that the unit gives to threads. */
    private static final int DEEPEST = 64;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(LONGEST_STRING)
            .maxNestingDepth(DEEPEST)
            .build();

    private static final int READ_FEATURES = StreamReadFeature.collectDefaults();
    private static final int JSON_FEATURES = JsonReadFeature.collectDefaults();
    private static final int FACTORY_FEATURES = TokenStreamFactory.Feature.collectDefaults();

    private static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.defaultPool();
    private static final ByteQuadsCanonicalizer NAMES = ByteQuadsCanonicalizer.createRoot();

    /** Reads the elements of an array, each an object, to its end. */
    interface Elements {
        void read(JsonParser element) throws IOException;
    }

    private Json() {}

    /**
     * Reads one object.
     *
     * @throws IOException if it is anything else
     */
    public static JsonObject object(InputStream in) throws IOException {
        return object(in, Fields.ALL);
    }

    /** Reads of one object no more than that. */
    static JsonObject object(InputStream in, Fields wanted) throws IOException {
        try (JsonParser parser = parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            return object(parser, wanted);
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /**
     * Jackson's parser of UTF-8, which JSON is in (RFC 8259, 8.1), made as its factory makes it where it finds that encoding.
     * The factory would also load all its other parsers and both generators, half a megabyte of memory, only to be verified.
     */
    private static JsonParser parser(InputStream in) {
        IOContext context = new IOContext(
                LIMITS,
                StreamWriteConstraints.defaults(),
                ErrorReportConfiguration.defaults(),
                BUFFERS.acquireAndLinkPooled(),
                ContentReference.redacted(),
                false,
                JsonEncoding.UTF8);
        return new UTF8StreamJsonParser(
                ObjectReadContext.empty(),
                context,
                READ_FEATURES,
                JSON_FEATURES,
                in,
                NAMES.makeChild(FACTORY_FEATURES),
                context.allocReadIOBuffer(),
                0,
                0,
                0,
                true);
    }

    /** The object that has just begun, as a whole. */
    static JsonObject object(JsonParser parser) {
        return object(parser, Fields.ALL);
    }

    private static JsonObject object(JsonParser parser, Fields wanted) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = nextField(parser); name != null; name = nextField(parser)) {
            Fields itsOwn = wanted.in(name);
            if (itsOwn == null) {
                parser.skipChildren();
            } else {
                fields.put(name, value(parser, itsOwn));
            }
        }
        return new JsonObject(fields);
    }

    private static @Nullable Object value(JsonParser parser, Fields wanted) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, wanted);
            case START_ARRAY -> array(parser, wanted);
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            default -> parser.getString();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser, Fields wanted) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, wanted));
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
        try (JsonParser parser = parser(in)) {
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
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return text.length() == ID_LENGTH;
    }
}
