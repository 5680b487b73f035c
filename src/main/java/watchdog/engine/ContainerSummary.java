package watchdog.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A container as {@code GET /containers/json} lists it.
 *
 * @param names its own name and those that others have given it as a link, each with a slash before it
 * @param state one word, as {@code exited}
 * @param networkMode as {@code bridge}, {@code none} or {@code container:} and an id
 * @param status for people, as {@code Exited (137) 3 seconds ago} or {@code Up 3 minutes (unhealthy)}
 */
public record ContainerSummary(
        String id,
        List<String> names,
        String image,
        String imageId,
        String state,
        String status,
        Map<String, String> labels,
        String networkMode) {

    /** What is read of an element of the listing. */
    static final Set<String> FIELDS =
            Set.of("Id", "Names", "Image", "ImageID", "State", "Status", "Labels", "HostConfig");

    static ContainerSummary of(JsonNode json) {
        return new ContainerSummary(
                Json.text(json.path("Id")),
                Json.strings(json.path("Names")),
                Json.text(json.path("Image")),
                Json.text(json.path("ImageID")),
                PodmanWords.state(Json.text(json.path("State"))),
                Json.text(json.path("Status")),
                Json.stringsByName(json.path("Labels")),
                Json.text(json.path("HostConfig").path("NetworkMode")));
    }

    /** The container's own name, which has no second slash as link aliases do ({@code /other/alias}), or empty. */
    public String name() {
        for (String name : names) {
            if (name.lastIndexOf('/') <= 0) {
                return name.startsWith("/") ? name.substring(1) : name;
            }
        }
        return "";
    }
}
