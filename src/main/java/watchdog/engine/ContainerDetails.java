package watchdog.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A container as {@code GET /containers/{id}/json} describes it.
 *
 * @param name its own name, without the slash
 * @param imageId digest of the image
 * @param restartPolicy name of Docker's restart policy: empty, {@code no}, {@code always} and so on
 */
public record ContainerDetails(
        String id, String name, String imageId, State state, String restartPolicy, Map<String, String> labels) {

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
            @Nullable Instant finishedAt) {

        static State of(JsonNode json) {
            return new State(
                    Json.text(json.path("Status")),
                    Json.text(json.path("Health").path("Status")),
                    json.path("ExitCode").asInt(0),
                    Json.text(json.path("Error")),
                    Json.time(json.path("StartedAt")),
                    Json.time(json.path("FinishedAt")));
        }
    }

    static ContainerDetails of(JsonNode json) {
        String name = Json.text(json.path("Name"));
        return new ContainerDetails(
                Json.text(json.path("Id")),
                name.startsWith("/") ? name.substring(1) : name,
                Json.text(json.path("Image")),
                State.of(json.path("State")),
                Json.text(json.path("HostConfig").path("RestartPolicy").path("Name")),
                Json.stringsByName(json.path("Config").path("Labels")));
    }
}
