package watchdog.engine;

/**
 * Which engine answers.
 *
 * @param name {@code Docker} or {@code Podman}
 * @param version its own, as {@code 29.1.2}
 * @param apiVersion the newest version of the API it speaks, as {@code 1.52}
 */
public record EngineVersion(String name, String version, String apiVersion) {

    /** One that does not tell a version has a question mark. */
    public EngineVersion {
        version = version.isEmpty() ? "?" : version;
        apiVersion = apiVersion.isEmpty() ? "?" : apiVersion;
    }

    @Override
    public String toString() {
        return name + " " + version + " (API " + apiVersion + ")";
    }
}
