package watchdog.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import watchdog.http.HttpRequest;
import watchdog.policy.Container;

/** A list of some containers that is asked for again and again: the request, and what was read of the last answer. */
final class Listing {

    private final Set<String> ids;
    private final HttpRequest request;
    private final byte[] answer;
    private final List<Container> containers;

    private Listing(Set<String> ids, HttpRequest request, byte[] answer, List<Container> containers) {
        this.ids = ids;
        this.request = request;
        this.answer = answer;
        this.containers = containers;
    }

    /** One of the containers with these ids that was not asked for yet. */
    static Listing of(Set<String> ids) {
        String filters = "{\"id\":[\"" + String.join("\",\"", ids) + "\"]}";
        HttpRequest request = HttpRequest.get(DockerEngine.ALL_CONTAINERS + "&filters=" + HttpRequest.encoded(filters));
        return new Listing(Set.copyOf(ids), request, new byte[0], List.of());
    }

    /**
     * The same with that answer.
     *
     * @param newAnswer or empty, if it is not to be kept
     */
    Listing answered(byte[] newAnswer, List<Container> newContainers) {
        return new Listing(ids, request, newAnswer, Collections.unmodifiableList(newContainers));
    }

    Set<String> ids() {
        return ids;
    }

    HttpRequest request() {
        return request;
    }

    List<Container> containers() {
        return containers;
    }

    /** Whether that answer is the same byte for byte. */
    boolean isOf(byte[] other) {
        return other.length > 0 && Arrays.equals(answer, other);
    }
}
