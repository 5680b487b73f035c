package watchdog.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON, and reads it within limits. */
public final class Json {

    /** Far more than engines use, and few enough for the small stacks that the unit gives to threads. */
    private static final int DEEPEST = 64;

    /** A text may be as long as the longest answer that is read as a whole: what is too long is the answer, not a label. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(DockerEngine.LONGEST_ANSWER)
            .maxNameLength(DockerEngine.LONGEST_ANSWER)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .build();

    private Json() {}

    /** Maps, lists, strings, numbers, booleans and null as JSON, indented: for what watchdog itself writes. */
    public static String written(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /** Writes the same, and closes nothing; of what is iterable, or an iterator, one element at a time is in memory. */
    public static void write(Object value, OutputStream out) throws IOException {
        try {
            MAPPER.writerWithDefaultPrettyPrinter()
                    .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .writeValue(out, value);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    /** The same in one line, and in ASCII: what writes it may not be able to write more, and JSON is UTF-8 (RFC 8259). */
    public static String line(Object value) {
        return MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(value);
    }

    /**
     * Reads an object of texts and other objects back, as {@link #written} wrote it.
     *
     * @throws IOException if it is anything else
     */
    public static Map<String, Object> read(byte[] json) throws IOException {
        return MAPPER.convertValue(object(json), new TypeReference<>() {});
    }

    static JsonNode object(InputStream in) throws IOException {
        try {
            JsonNode read = MAPPER.readTree(in);
            if (!read.isObject()) {
                throw new UnreadableAnswerException("not a JSON object", null);
            }
            return read;
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new UnreadableAnswerException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static JsonNode object(byte[] json) throws IOException {
        return object(new ByteArrayInputStream(json));
    }
}
