package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import watchdog.policy.Container;
import watchdog.policy.LabelOptions;
import watchdog.policy.RestartPolicy;
import watchdog.policy.Rules;

/** Fuzzes a listing: what Jackson takes for an array is cut into the same elements, and each becomes a container or an error. */
public final class ListingFuzz {

    private static final JsonMapper JACKSON = new JsonMapper();

    private ListingFuzz() {}

    public static void fuzzerTestOneInput(byte[] listing) {
        List<JsonNode> elements = elements(listing);
        List<byte[]> pieces;
        try {
            pieces = pieces(listing);
        } catch (IOException e) {
            pieces = null;
        }
        if (elements != null
                && (pieces == null
                        || !elements.equals(
                                pieces.stream().map(ListingFuzz::parsed).toList()))) {
            throw new AssertionError("not cut into its elements");
        }
        if (pieces != null) {
            pieces.forEach(ListingFuzz::take);
        }
    }

    /** The elements by Jackson alone, or null where it takes it for anything but an array. */
    private static List<JsonNode> elements(byte[] listing) {
        String text = new String(listing, UTF_8);
        // Engines write UTF-8, while Jackson would guess at others.
        JsonNode array = Arrays.equals(text.getBytes(UTF_8), listing) ? parsed(text) : null;
        return array != null && array.isArray() ? array.valueStream().toList() : null;
    }

    private static JsonNode parsed(byte[] json) {
        return parsed(new String(json, UTF_8));
    }

    private static JsonNode parsed(String json) {
        try {
            return JACKSON.readTree(json);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static List<byte[]> pieces(byte[] listing) throws IOException {
        JsonArray array = new JsonArray(new ByteArrayInputStream(listing));
        List<byte[]> pieces = new ArrayList<>();
        for (Piece piece = array.next(); piece != null; piece = array.next()) {
            pieces.add(piece.whole());
        }
        return pieces;
    }

    private static void take(byte[] piece) {
        try {
            ContainerSummary summary = ApiJson.summary(piece, RestartPolicy::needs);
            use(summary.container());
            ApiJson.imageSize(piece);
        } catch (IOException e) {
            // The interface says so.
        }
    }

    /** Reads what the rules read of it. */
    static void use(Container container) {
        LabelOptions options = LabelOptions.of(container.setup().labels(), Rules.DEFAULT);
        if (options.stopTimeout(container.setup()).isNegative()
                || container.toString().isEmpty()) {
            throw new AssertionError(container);
        }
    }
}
