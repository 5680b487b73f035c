package watchdog.engine;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

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

    /** Reads an element of the listing as it comes. */
    static ContainerSummary read(JsonParser json) {
        String id = "";
        List<String> names = List.of();
        String image = "";
        String imageId = "";
        String state = "";
        String status = "";
        Map<String, String> labels = Map.of();
        String networkMode = "";
        for (String field = Json.nextField(json); field != null; field = Json.nextField(json)) {
            switch (field) {
                case "Id" -> id = Json.text(json);
                case "Names" -> names = Json.strings(json);
                case "Image" -> image = Json.text(json);
                case "ImageID" -> imageId = Json.text(json);
                case "State" -> state = PodmanWords.state(Json.text(json));
                case "Status" -> status = Json.text(json);
                case "Labels" -> labels = Json.stringsByName(json);
                case "HostConfig" -> networkMode = networkMode(json);
                default -> json.skipChildren();
            }
        }
        return new ContainerSummary(id, names, image, imageId, state, status, labels, networkMode);
    }

    private static String networkMode(JsonParser host) {
        String networkMode = "";
        if (host.currentToken() == JsonToken.START_OBJECT) {
            for (String field = Json.nextField(host); field != null; field = Json.nextField(host)) {
                if (field.equals("NetworkMode")) {
                    networkMode = Json.text(host);
                } else {
                    host.skipChildren();
                }
            }
        }
        host.skipChildren();
        return networkMode;
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
