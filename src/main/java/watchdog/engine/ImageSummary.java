package watchdog.engine;

import tools.jackson.databind.JsonNode;

/**
 * An image as {@code GET /images/json} lists it.
 *
 * @param id digest, as a container names it
 * @param size in bytes, shared layers included
 */
public record ImageSummary(String id, long size) {

    static ImageSummary of(JsonNode json) {
        return new ImageSummary(Json.text(json.path("Id")), json.path("Size").asLong(0));
    }
}
