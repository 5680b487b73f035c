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
            podman |= Json.text(component.path("Name")).startsWith("Podman");
        }
        return new EngineVersion(
                podman ? "Podman" : "Docker", told(json.path("Version")), told(json.path("ApiVersion")));
    }

    private static String told(JsonNode version) {
        String text = Json.text(version);
        return text.isEmpty() ? "?" : text;
    }

    @Override
    public String toString() {
        return name + " " + version + " (API " + apiVersion + ")";
    }
}
