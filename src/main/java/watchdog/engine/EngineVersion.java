package watchdog.engine;

import tools.jackson.databind.JsonNode;

/**
 * Which engine answers.
 *
 * @param name {@code Docker} or {@code Podman}
 * @param version its own, as {@code 29.1.2}
 * @param apiVersion the newest version of the API it speaks, as {@code 1.52}
 */
public record EngineVersion(String name, String version, String apiVersion) {

    /** Podman tells itself by the name of its component; Docker has components too, and calls its own "Engine". */
    static EngineVersion of(JsonNode json) {
        boolean podman = false;
        for (JsonNode component : json.path("Components")) {
            podman |= component.path("Name").asString("").startsWith("Podman");
        }
        return new EngineVersion(
                podman ? "Podman" : "Docker",
                json.path("Version").asString("?"),
                json.path("ApiVersion").asString("?"));
    }

    @Override
    public String toString() {
        return name + " " + version + " (API " + apiVersion + ")";
    }
}
