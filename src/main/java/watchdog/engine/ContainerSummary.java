package watchdog.engine;

import java.util.List;
import java.util.Map;

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
