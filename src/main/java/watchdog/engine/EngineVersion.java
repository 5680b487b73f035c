package watchdog.engine;

/**
 * Which engine answers.
 *
 * @param name {@code Docker} or {@code Podman}
 * @param version its own, as {@code 29.1.2}
 * @param apiVersion the newest version of the API it speaks, as {@code 1.52}
 */
public record EngineVersion(String name, String version, String apiVersion) {

    /** Podman tells itself by the name of its component; Docker has components too, and calls its own "Engine". */
    static EngineVersion of(JsonObject json) {
        boolean podman = json.objects("Components").stream()
                .anyMatch(component -> component.text("Name").startsWith("Podman"));
        return new EngineVersion(
                podman ? "Podman" : "Docker", told(json.text("Version")), told(json.text("ApiVersion")));
    }

    private static String told(String version) {
        return version.isEmpty() ? "?" : version;
    }

    @Override
    public String toString() {
        return name + " " + version + " (API " + apiVersion + ")";
    }
}
