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
    public record Host(String restartPolicy, String networkMode, boolean autoRemove) {

        static Host of(JsonNode json) {
            return new Host(
                    Json.text(json.path("RestartPolicy").path("Name")),
                    Json.text(json.path("NetworkMode")),
                    json.path("AutoRemove").asBoolean(false));
        }
    }

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
                    PodmanWords.state(Json.text(json.path("Status"))),
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
                Host.of(json.path("HostConfig")),
                Json.stringsByName(json.path("Config").path("Labels")),
                Json.text(json.path("Config").path("StopSignal")),
                json.path("Config").path("StopTimeout").canConvertToInt()
                        ? json.path("Config").path("StopTimeout").asInt()
                        : null);
    }
}
