package watchdog.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import watchdog.http.HttpRequest;

/** A list of some containers that is asked for again and again: the request, and what was read of the last answer. */
public final class Listing<T> {

    private final Set<String> ids;
    private final HttpRequest request;
    private final byte[] answer;
    private final List<T> containers;

    private Listing(Set<String> ids, HttpRequest request, byte[] answer, List<T> containers) {
        this.ids = ids;
        this.request = request;
        this.answer = answer;
        this.containers = containers;
    }

    /** One of the containers with these ids that was not asked for yet. */
    public static <T> Listing<T> of(Set<String> ids) {
        String filters = "{\"id\":[\"" + String.join("\",\"", ids) + "\"]}";
        HttpRequest request = HttpRequest.get(DockerEngine.ALL_CONTAINERS + "&filters=" + HttpRequest.encoded(filters));
        return new Listing<>(Set.copyOf(ids), request, new byte[0], List.of());
    }

    /**
     * The same with that answer.
     *
     * @param newAnswer or empty, if it is not to be kept
     */
    Listing<T> answered(byte[] newAnswer, List<T> newContainers) {
        return new Listing<>(ids, request, newAnswer, Collections.unmodifiableList(newContainers));
    }

    public Set<String> ids() {
        return ids;
    }

    HttpRequest request() {
        return request;
    }

    public List<T> containers() {
        return containers;
    }

    /** Whether that answer is the same byte for byte. */
    boolean isOf(byte[] other) {
        return other.length > 0 && Arrays.equals(answer, other);
    }
}
