package watchdog.engine;

import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** JSON written as a text. */
public final class JsonText {

    private JsonText() {}

    /** Writes maps, lists, strings, numbers, booleans and null, indented. */
    public static String of(Object value) {
        ObjectWriteContext indented = new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                return new DefaultPrettyPrinter();
            }
        };
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(indented, text)) {
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
}
