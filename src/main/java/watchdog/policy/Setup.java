package watchdog.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container was created. A listing tells only labels and network.
 *
 * @param networkMode as {@code bridge}, {@code none} or {@code container:} and an id
 * @param dockerPolicy name of Docker's restart policy, or empty where not told
 * @param autoRemove whether the engine removes it as soon as it exits
 * @param stopSignal its own, by name or number, or empty
 * @param stopTimeout its own, or null for the engine's default
 */
public record Setup(
        Map<String, String> labels,
        String networkMode,
        String dockerPolicy,
        boolean autoRemove,
        String stopSignal,
        @Nullable Duration stopTimeout) {

    private static final String JOINS = "container:";

    /** A setup of which only the labels are known. */
    public static Setup of(Map<String, String> labels) {
        return new Setup(labels, "", "", false, "", null);
    }

    /** Those whose namespaces it joins: by id, or by name if it was created by one. */
    public List<String> providers() {
        return networkMode.startsWith(JOINS) ? List.of(networkMode.substring(JOINS.length())) : List.of();
    }

    /** Whether the engine's own restart policy acts on it too. */
    public boolean hasDockerPolicy() {
        return !dockerPolicy.isEmpty() && !dockerPolicy.equals("no");
    }
}
