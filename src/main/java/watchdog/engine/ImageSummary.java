package watchdog.engine;

/**
 * An image as {@code GET /images/json} lists it.
 *
 * @param id digest, as a container names it
 * @param size in bytes, shared layers included
 */
public record ImageSummary(String id, long size) {}
