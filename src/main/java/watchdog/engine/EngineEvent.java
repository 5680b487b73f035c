package watchdog.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a container, as {@code GET /events} tells it.
 *
 * @param action one of Docker's words, as {@code die}; Podman's are put into Docker's
 * @param attributes the event's own, as {@code name}, {@code exitCode} and {@code signal}, among the container's labels: a label
 *     of the same name may have taken the place of one of them, see {@link #without}
 * @param podman whether Podman tells it
 * @param at by the engine's clock, or null where it does not tell
 * @param stopped of a death on Podman: whether somebody stopped the container, or null where that is not known
 */
public record EngineEvent(
        String id,
        String action,
        Map<String, String> attributes,
        boolean podman,
        @Nullable Instant at,
        @Nullable Boolean stopped) {

    private static final String NAME = "name";
    private static final String EXIT_CODE = "exitCode";
    private static final String SIGNAL = "signal";
    private static final String OOM_KILLED = "oomKilled";
    private static final Set<String> OWN = Set.of(NAME, EXIT_CODE, SIGNAL, OOM_KILLED);

    private static final String HEALTH = "health_status: ";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** One of which is known what it tells itself. */
    public EngineEvent(String id, String action, Map<String, String> attributes, boolean podman, @Nullable Instant at) {
        this(id, action, attributes, podman, at, null);
    }

    /** Whether an event may have an attribute of that name that is read here. */
    static boolean isAttribute(String name) {
        return OWN.contains(name);
    }

    /**
     * The same without what labels of the container may have put in the place of its own attributes: Docker 20.10 copies the
     * labels over them. What is left out is not known.
     */
    public EngineEvent without(Set<String> labels) {
        Map<String, String> left = new HashMap<>(attributes);
        left.keySet().removeAll(labels);
        return new EngineEvent(id, action, Map.copyOf(left), podman, at, stopped);
    }

    /** The same, with whether somebody stopped the container, or null where that is not known. */
    EngineEvent with(@Nullable Boolean whetherStopped) {
        return new EngineEvent(id, action, attributes, podman, at, whetherStopped);
    }

    /** The container's name, without a slash, or empty if it is not known. */
    public String name() {
        String name = attributes.getOrDefault(NAME, "");
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /** The health that its health check came to, or empty if the event is not about that. */
    public String health() {
        return action.startsWith(HEALTH) ? action.substring(HEALTH.length()) : "";
    }

    /** The exit code of a process that has died, if it is known. */
    public OptionalInt exitCode() {
        return number(EXIT_CODE);
    }

    /** The number of the signal that was sent, if it is known. */
    public OptionalInt signal() {
        return number(SIGNAL);
    }

    private OptionalInt number(String attribute) {
        String value = attributes.getOrDefault(attribute, "");
        return NUMBER.matcher(value).matches() ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
    }

    /**
     * Whether a death without a signal told before is a crash. Not on Podman, which tells of no signal when a container is
     * stopped, unless it was asked.
     */
    public boolean tellsWhy() {
        return !podman || isOutOfMemory() || stopped != null;
    }

    /** Whether it is the death of a container that somebody stopped, though no event said so before. */
    public boolean isStop() {
        return Boolean.TRUE.equals(stopped);
    }

    /** Whether the engine ended it for want of memory; Podman tells so with the death. */
    public boolean isOutOfMemory() {
        return action.equals("oom") || (podman && Boolean.parseBoolean(attributes.getOrDefault(OOM_KILLED, "")));
    }
}
