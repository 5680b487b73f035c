package watchdog.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the engine's answers, which are JSON; nothing else in this package knows Jackson. A field that is missing, null or
 * of another type reads as empty, for engines differ.
 */
public final class ApiJson {

    /** Far more than engines use, and few enough for the small stacks that the unit gives to threads. */
    private static final int DEEPEST = 64;

    /** A text may be as long as the longest answer that is read as a whole: what is too long is the answer, not a label. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(DockerEngine.LONGEST_ANSWER)
            .maxNameLength(DockerEngine.LONGEST_ANSWER)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .build();

    private static final String HEALTH = "health_status";

    private ApiJson() {}

    /** Maps, lists, strings, numbers, booleans and null as JSON, indented: for what watchdog itself writes. */
    public static String written(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /**
     * Reads an object of texts and other objects back, as {@link #written} wrote it.
     *
     * @throws IOException if it is anything else
     */
    public static Map<String, Object> read(byte[] json) throws IOException {
        return MAPPER.convertValue(object(json), new TypeReference<>() {});
    }

    private static JsonNode object(InputStream in) throws IOException {
        try {
            JsonNode read = MAPPER.readTree(in);
            if (!read.isObject()) {
                throw new UnreadableAnswerException("not a JSON object", null);
            }
            return read;
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new UnreadableAnswerException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode object(byte[] json) throws IOException {
        return object(new ByteArrayInputStream(json));
    }

    /** An element of {@code GET /containers/json}. */
    static ContainerSummary summary(byte[] element) throws IOException {
        JsonNode json = object(element);
        return new ContainerSummary(
                text(json, "Id"),
                texts(json.path("Names")),
                text(json, "Image"),
                text(json, "ImageID"),
                PodmanWords.state(text(json, "State")),
                text(json, "Status"),
                textsByName(json.path("Labels")),
                text(json.path("HostConfig"), "NetworkMode"));
    }

    /** The answer to {@code GET /containers/{id}/json}. */
    static ContainerDetails details(InputStream in) throws IOException {
        JsonNode json = object(in);
        JsonNode config = json.path("Config");
        JsonNode stopTimeout = config.path("StopTimeout");
        String name = text(json, "Name");
        return new ContainerDetails(
                text(json, "Id"),
                name.startsWith("/") ? name.substring(1) : name,
                text(json, "Image"),
                state(json.path("State")),
                host(json.path("HostConfig")),
                textsByName(config.path("Labels")),
                text(config, "StopSignal"),
                stopTimeout.isInt() ? stopTimeout.intValue() : null);
    }

    private static ContainerDetails.State state(JsonNode json) {
        return new ContainerDetails.State(
                PodmanWords.state(text(json, "Status")),
                text(json.path("Health"), "Status"),
                json.path("ExitCode").intValue(0),
                text(json, "Error"),
                time(json.path("StartedAt")),
                time(json.path("FinishedAt")));
    }

    private static ContainerDetails.Host host(JsonNode json) {
        return new ContainerDetails.Host(
                text(json.path("RestartPolicy"), "Name"),
                text(json, "NetworkMode"),
                json.path("AutoRemove").booleanValue(false));
    }

    /**
     * A line of {@code GET /events}. Docker writes {@code health_status: unhealthy}, Podman a bare {@code health_status} and
     * the word in a field.
     *
     * @param podman whether Podman tells it
     */
    static EngineEvent event(byte[] line, boolean podman) throws IOException {
        JsonNode json = object(line);
        JsonNode actor = json.path("Actor");
        Map<String, String> attributes = textsByName(actor.path("Attributes"));
        String action = text(json, "Action");
        if (action.equals(HEALTH)) {
            action += ": " + json.path("HealthStatus").stringValue(attributes.getOrDefault(HEALTH, ""));
        }
        long nanos = json.path("timeNano").longValue(0);
        Instant at = nanos > 0 ? Instant.EPOCH.plusNanos(nanos) : null;
        return new EngineEvent(text(actor, "ID"), PodmanWords.action(action), attributes, podman, at);
    }

    /** The answer to {@code GET /version}. Podman tells itself by the name of a component; Docker calls its own "Engine". */
    static EngineVersion version(InputStream in) throws IOException {
        JsonNode json = object(in);
        boolean podman = json.path("Components")
                .valueStream()
                .anyMatch(component -> text(component, "Name").startsWith("Podman"));
        return new EngineVersion(podman ? "Podman" : "Docker", text(json, "Version"), text(json, "ApiVersion"));
    }

    /** An element of {@code GET /images/json}. */
    static ImageSummary image(byte[] element) throws IOException {
        JsonNode json = object(element);
        return new ImageSummary(text(json, "Id"), json.path("Size").longValue(0));
    }

    /** What an answer that says no gives as its reason, or null where it is not as engines write it. */
    static @Nullable String message(byte[] body) {
        try {
            return object(body).path("message").stringValue(null);
        } catch (IOException notJson) {
            return null;
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).stringValue("");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(element -> element.stringValue("")).toList();
    }

    private static Map<String, String> textsByName(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().stringValue("")));
        return Map.copyOf(texts);
    }

    /** An RFC 3339 time, or null for none: an engine says year 1 where it means never. */
    private static @Nullable Instant time(JsonNode value) {
        try {
            Instant time = OffsetDateTime.parse(value.stringValue("")).toInstant();
            return time.getEpochSecond() > 0 ? time : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
