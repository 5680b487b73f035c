package watchdog.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as {@code GET /containers/{id}/json} describes it.
 *
 * @param name its own name, without the slash
 * @param imageId digest of the image
 * @param host how the engine runs it
 * @param stopSignal by name or number, or empty where it has none of its own
 * @param stopTimeout in seconds, or null where it has none of its own
 */
public record ContainerDetails(
        String id,
        String name,
        String imageId,
        State state,
        Host host,
        Map<String, String> labels,
        String stopSignal,
        @Nullable Integer stopTimeout) {

    /**
     * How the engine runs it.
     *
     * @param restartPolicy name of Docker's restart policy: empty, {@code no}, {@code always} and so on
     * @param networkMode as {@code bridge}, {@code none} or {@code container:} and an id
     * @param autoRemove whether it is removed as soon as it exits
     */
    public record Host(String restartPolicy, String networkMode, boolean autoRemove) {}

    /**
     * The state of its process.
     *
     * @param status one word, as {@code exited}
     * @param health one word, as {@code unhealthy}, or empty without a health check
     * @param error why the last start failed, or empty
     * @param startedAt of the last start, by the engine's clock, or null before the first
     * @param finishedAt of the last exit, by the engine's clock, or null before the first
     */
    public record State(
            String status,
            String health,
            int exitCode,
            String error,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}
}
