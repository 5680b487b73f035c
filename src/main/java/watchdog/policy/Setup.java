package watchdog.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container was created. A listing tells only the labels, the provider of the network and the image.
 *
 * @param providers the containers whose namespaces (network, ipc, pid) it joins, each once: by id, or by name if it was
 *     created by one
 * @param dockerPolicy name of Docker's restart policy, or empty where not told
 * @param autoRemove whether the engine removes it as soon as it exits
 * @param stopSignal its own, by name or number, or empty
 * @param stopTimeout its own, or null for the engine's default
 * @param image the name of its image, or empty where not told; a listing tells the digest where the name means another by now
 */
public record Setup(
        Map<String, String> labels,
        List<String> providers,
        String dockerPolicy,
        boolean autoRemove,
        String stopSignal,
        @Nullable Duration stopTimeout,
        String image) {

    /** A setup whose image is not known. */
    public Setup(
            Map<String, String> labels,
            List<String> providers,
            String dockerPolicy,
            boolean autoRemove,
            String stopSignal,
            @Nullable Duration stopTimeout) {
        this(labels, providers, dockerPolicy, autoRemove, stopSignal, stopTimeout, "");
    }

    /** A setup of which only the labels are known. */
    public static Setup of(Map<String, String> labels) {
        return new Setup(labels, List.of(), "", false, "", null);
    }

    /** Whether the engine's own restart policy acts on it too. */
    public boolean hasDockerPolicy() {
        return !dockerPolicy.isEmpty() && !dockerPolicy.equals("no");
    }
}
