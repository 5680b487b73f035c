package watchdog.engine;

/**
 * An image as {@code GET /images/json} lists it.
 *
 * @param id digest, as a container names it
 * @param size in bytes, shared layers included
 */
public record ImageSummary(String id, long size) {

    static ImageSummary of(JsonObject json) {
        return new ImageSummary(json.text("Id"), json.number("Size"));
    }
}
