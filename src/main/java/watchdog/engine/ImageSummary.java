package watchdog.engine;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An image as {@code GET /images/json} lists it.
 *
 * @param id digest, as a container names it
 * @param size in bytes, shared layers included
 */
public record ImageSummary(String id, long size) {

    /** What is read of an element of the listing. */
    static final Set<String> FIELDS = Set.of("Id", "Size");

    static ImageSummary of(JsonNode json) {
        return new ImageSummary(Json.text(json.path("Id")), json.path("Size").asLong(0));
    }
}
