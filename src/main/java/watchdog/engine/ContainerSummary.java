package watchdog.engine;

import watchdog.policy.Container;

/**
 * A container as a listing shows it to people.
 *
 * @param container with as much of it as a listing tells
 * @param image its name
 * @param imageId its digest
 * @param status in words, as {@code Exited (137) 3 seconds ago} or {@code Up 3 minutes (unhealthy)}
 */
public record ContainerSummary(Container container, String image, String imageId, String status) {}
