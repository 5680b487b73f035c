package watchdog.engine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import watchdog.policy.Container;
import watchdog.policy.ContainerState;
import watchdog.policy.Health;
import watchdog.policy.Setup;
import watchdog.policy.Status;

/**
 * Reads the engine's answers, and puts them into the policy's words. A field that is missing, null or of another type reads as
 * empty, for engines differ.
 */
final class ApiJson {

    private static final String HEALTH = "health_status";

    /** Of these fields each may have another container's namespace. A listing has only the first. */
    private static final List<String> NAMESPACES = List.of("NetworkMode", "IpcMode", "PidMode");

    private static final String JOINS = "container:";

    /** Values of {@code NetworkMode}, besides those that join a container's, with which there is no network of its own. */
    private static final Set<String> WITHOUT_NETWORKS = Set.of("none", "host");

    /** RFC 3339, 5.6. */
    private static final int LAST_YEAR = 9999;

    private ApiJson() {}

    /**
     * An element of {@code GET /containers/json}, which tells the exit code, the health and the time since the exit only within
     * the words for people.
     *
     * @param labels whether a label of that name is kept
     */
    static ContainerSummary summary(byte[] element, Predicate<String> labels) throws IOException {
        JsonNode json = Json.object(element);
        String status = text(json, "Status");
        String image = text(json, "Image");
        Setup setup = new Setup(
                textsByName(json.path("Labels"), labels),
                providers(json.path("HostConfig")),
                "",
                false,
                "",
                null,
                image);
        Container container = new Container(
                text(json, "Id"), ownName(json.path("Names")), StatusWords.read(state(json, "State"), status), setup);
        return new ContainerSummary(container, image, text(json, "ImageID"), status);
    }

    /** The one that has no second slash, as link aliases have ({@code /other/alias}), or empty. */
    private static String ownName(JsonNode names) {
        return names.valueStream()
                .map(name -> name.stringValue(""))
                .filter(name -> name.lastIndexOf('/') <= 0)
                .findFirst()
                .map(ApiJson::withoutSlash)
                .orElse("");
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /**
     * The answer to {@code GET /containers/{id}/json}.
     *
     * @param labels whether a label of that name is kept
     * @param podman whether Podman gives it
     */
    static Container container(InputStream in, Predicate<String> labels, boolean podman) throws IOException {
        JsonNode json = Json.object(in);
        return new Container(
                text(json, "Id"),
                withoutSlash(text(json, "Name")),
                status(json.path("State"), !podman && lacksNetwork(json)),
                setup(json.path("HostConfig"), json.path("Config"), labels));
    }

    /**
     * Whether it has none of the networks that it was created with, which Docker from 29.1 on comes to after it could not bind
     * a port (moby/moby#51758). Podman tells of none where it needs none, as without root.
     */
    private static boolean lacksNetwork(JsonNode json) {
        String mode = text(json.path("HostConfig"), "NetworkMode");
        JsonNode networks = json.path("NetworkSettings").path("Networks");
        boolean hasNone = mode.isEmpty() || WITHOUT_NETWORKS.contains(mode) || mode.startsWith(JOINS);
        return !hasNone && networks.isObject() && networks.isEmpty();
    }

    private static Status status(JsonNode json, boolean lacksNetwork) {
        return new Status(
                state(json, "Status"),
                Health.of(text(json.path("Health"), "Status")),
                OptionalInt.of(json.path("ExitCode").intValue(0)),
                text(json, "Error"),
                time(json.path("StartedAt")),
                time(json.path("FinishedAt")),
                Duration.ZERO,
                lacksNetwork && json.path("Running").booleanValue(false));
    }

    /** What Podman's own answer about a container says of who ended it; empty if it is not down. */
    static Optional<Boolean> stoppedByUser(InputStream in) throws IOException {
        JsonNode json = Json.object(in).path("State");
        boolean isDown = state(json, "Status") == ContainerState.EXITED;
        return isDown ? Optional.of(json.path("StoppedByUser").booleanValue(false)) : Optional.empty();
    }

    private static Setup setup(JsonNode host, JsonNode config, Predicate<String> labels) {
        JsonNode stopTimeout = config.path("StopTimeout");
        return new Setup(
                textsByName(config.path("Labels"), labels),
                providers(host),
                text(host.path("RestartPolicy"), "Name").intern(),
                host.path("AutoRemove").booleanValue(false),
                text(config, "StopSignal"),
                stopTimeout.isInt() ? Duration.ofSeconds(stopTimeout.intValue()) : null,
                text(config, "Image").intern());
    }

    private static List<String> providers(JsonNode host) {
        return NAMESPACES.stream()
                .map(namespace -> text(host, namespace))
                .filter(mode -> mode.startsWith(JOINS))
                .map(mode -> mode.substring(JOINS.length()))
                .distinct()
                .toList();
    }

    /**
     * A line of {@code GET /events}. Docker writes {@code health_status: unhealthy}, Podman a bare {@code health_status} and
     * the word in a field.
     *
     * @param podman whether Podman tells it
     */
    static EngineEvent event(byte[] line, boolean podman) throws IOException {
        JsonNode json = Json.object(line);
        JsonNode actor = json.path("Actor");
        Map<String, String> attributes = textsByName(actor.path("Attributes"), all -> true);
        String action = text(json, "Action");
        if (action.equals(HEALTH)) {
            action += ": " + json.path("HealthStatus").stringValue(attributes.getOrDefault(HEALTH, ""));
        }
        long nanos = json.path("timeNano").longValue(0);
        Instant at = nanos > 0 ? Instant.EPOCH.plusNanos(nanos) : null;
        return new EngineEvent(text(actor, "ID"), Podman.action(action), attributes, podman, at);
    }

    /**
     * The answer to {@code GET /version}, for people. Podman tells itself by the name of a component; Docker calls its own
     * "Engine".
     */
    static String version(InputStream in) throws IOException {
        JsonNode json = Json.object(in);
        boolean podman = json.path("Components")
                .valueStream()
                .anyMatch(component -> text(component, "Name").startsWith("Podman"));
        String name = podman ? "Podman" : "Docker";
        return name + " " + orQuestionMark(text(json, "Version")) + " (API " + orQuestionMark(text(json, "ApiVersion"))
                + ")";
    }

    private static String orQuestionMark(String version) {
        return version.isEmpty() ? "?" : version;
    }

    /** An element of {@code GET /images/json}: its size in bytes, shared layers included, by its digest. */
    static Map.Entry<String, Long> imageSize(byte[] element) throws IOException {
        JsonNode json = Json.object(element);
        return Map.entry(text(json, "Id"), json.path("Size").longValue(0));
    }

    /** What an answer that says no gives as its reason, or null where it is not as engines write it. */
    static @Nullable String message(byte[] body) {
        try {
            return Json.object(body).path("message").stringValue(null);
        } catch (IOException notJson) {
            return null;
        }
    }

    private static ContainerState state(JsonNode object, String field) {
        return ContainerState.of(Podman.state(text(object, field)));
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).stringValue("");
    }

    private static Map<String, String> textsByName(JsonNode object, Predicate<String> names) {
        Map<String, String> texts = new HashMap<>();
        object.properties().stream()
                .filter(field -> names.test(field.getKey()))
                .forEach(field -> texts.put(field.getKey(), field.getValue().stringValue("")));
        return Map.copyOf(texts);
    }

    /**
     * An RFC 3339 time, or null for none: an engine says year 1 where it means never. A year that Java would take and has more than
     * four digits is none: durations from there to now do not fit into milliseconds.
     */
    private static @Nullable Instant time(JsonNode value) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(value.stringValue(""));
            return time.toEpochSecond() > 0 && time.getYear() <= LAST_YEAR ? time.toInstant() : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
