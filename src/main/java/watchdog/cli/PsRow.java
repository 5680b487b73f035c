package watchdog.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import watchdog.engine.ContainerSummary;
import watchdog.policy.Container;
import watchdog.policy.Decision;
import watchdog.report.InWords;

/**
 * A line of {@code watchdog ps}; of a listed name, glob or label without a container, only that and the reason are not empty.
 *
 * @param imageSize in bytes, or null if the image is gone
 * @param dockerPolicy name of Docker's own restart policy
 * @param action {@code start}, {@code restart}, {@code wait} or {@code leave}; {@code unknown} where it could
 *     not be inspected
 */
record PsRow(
        String name,
        String id,
        String image,
        @Nullable Long imageSize,
        String state,
        String status,
        String dockerPolicy,
        String action,
        String reason) {

    static final List<String> HEADER =
            List.of("CONTAINER ID", "IMAGE", "SIZE", "STATE", "STATUS", "DOCKER POLICY", "WATCHDOG WOULD", "NAME");

    static PsRow of(ContainerSummary summary, @Nullable Long imageSize, String dockerPolicy, Decision decision) {
        return of(
                summary,
                imageSize,
                dockerPolicy.isEmpty() ? "no" : dockerPolicy,
                InWords.verb(decision),
                decision.reason());
    }

    static PsRow notInspected(ContainerSummary summary, @Nullable Long imageSize, String problem) {
        return of(summary, imageSize, "", "unknown", "it cannot be inspected: " + problem);
    }

    private static PsRow of(
            ContainerSummary summary, @Nullable Long imageSize, String dockerPolicy, String action, String reason) {
        Container container = summary.container();
        return new PsRow(
                container.name(),
                container.id(),
                summary.image(),
                imageSize,
                container.state().toString(),
                summary.status(),
                dockerPolicy,
                action,
                reason);
    }

    static PsRow missing(String name) {
        return new PsRow(name, "", "", null, "", "", "", "wait", "there is no such container");
    }

    /** In the order of {@link #HEADER}. */
    List<String> cells() {
        return List.of(
                id.substring(0, Math.min(12, id.length())),
                image,
                imageSize == null ? "" : InWords.size(imageSize),
                state,
                status,
                dockerPolicy,
                action + ": " + reason,
                name);
    }

    /** For scripts. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("found", !id.isEmpty());
        fields.put("id", id);
        fields.put("image", image);
        fields.put("imageSize", imageSize);
        fields.put("state", state);
        fields.put("status", status);
        fields.put("dockerRestartPolicy", dockerPolicy);
        fields.put("action", action);
        fields.put("reason", reason);
        return fields;
    }
}
