package watchdog.engine;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that happened to a container, as {@code GET /events} tells it.
 *
 * @param action one of Docker's words, as {@code die}; Podman's are put into Docker's
 * @param attributes the container's labels, with {@code name}, {@code exitCode}, {@code signal} and so on among them
 */
public record EngineEvent(String id, String action, Map<String, String> attributes) {

    private static final String HEALTH = "health_status";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Docker writes {@code health_status: unhealthy}, Podman a bare {@code health_status} and the word in a field. */
    static EngineEvent of(JsonObject json) {
        String action = json.text("Action");
        JsonObject actor = json.object("Actor");
        Map<String, String> attributes = actor.object("Attributes").strings();
        if (action.equals(HEALTH)) {
            String health = json.text("HealthStatus", attributes.getOrDefault(HEALTH, ""));
            action = HEALTH + ": " + health;
        }
        return new EngineEvent(actor.text("ID"), PodmanWords.action(action), attributes);
    }

    /** The container's name, without a slash. */
    public String name() {
        String name = attributes.getOrDefault("name", "");
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /** The health that its health check came to, or empty if the event is not about that. */
    public String health() {
        return action.startsWith(HEALTH + ": ") ? action.substring(HEALTH.length() + 2) : "";
    }

    /** A number among the attributes, or that other one if there is none. */
    public int number(String attribute, int otherwise) {
        String value = attributes.getOrDefault(attribute, "");
        return NUMBER.matcher(value).matches() ? Integer.parseInt(value) : otherwise;
    }

    /**
     * Whether a death without a signal told before is a crash. Not on Podman, which tells of no signal when a container is
     * stopped; its events have a {@code podId}, Docker's never.
     */
    public boolean tellsWhy() {
        return !attributes.containsKey("podId") || isOutOfMemory();
    }

    /** Whether the engine ended it for want of memory; Podman tells so with the death. */
    public boolean isOutOfMemory() {
        return action.equals("oom") || Boolean.parseBoolean(attributes.getOrDefault("oomKilled", ""));
    }
}
