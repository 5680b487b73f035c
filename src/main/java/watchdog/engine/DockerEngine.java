package watchdog.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import watchdog.http.HttpClient;
import watchdog.http.HttpRequest;
import watchdog.http.HttpResponse;
import watchdog.http.Timeouts;
import watchdog.policy.Container;

/**
 * A client for the Docker Engine API, by unversioned paths: those mean the engine's newest version, in every engine.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">Docker Engine API</a>
 */
public final class DockerEngine {

    /** A start pulls up networks, mounts and volume drivers, and answers only then. */
    private static final Duration START_WORK = Duration.ofMinutes(2);

    private static final Duration EVENT_SILENCE = Duration.ofMinutes(15);

    /** The bare {@code health_status} is for Podman; in Docker it turns all of these into prefixes, which harms none. */
    private static final String EVENT_FILTER = "{\"type\":[\"container\"],\"event\":[\"create\",\"start\",\"die\","
            + "\"died\",\"stop\",\"kill\",\"oom\",\"pause\",\"unpause\",\"destroy\",\"remove\",\"rename\","
            + "\"health_status\"]}";

    /** What was asked for is so already. */
    private static final int NOT_MODIFIED = 304;

    static final String ALL_CONTAINERS = "/containers/json?all=true";

    /** In words that all engines know: some refuse a filter that has others, as {@code dead}. */
    private static final String DOWN = "{\"status\":[\"created\",\"exited\"]}";

    private static final long LONGEST_LISTING = 256L << 20;
    private static final int LONGEST_KEPT = 1 << 20;
    /** Of an answer about one thing, in bytes. */
    static final int LONGEST_ANSWER = 4 << 20;

    private static final Pattern ID_OR_NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_.-]*");
    private static final Pattern LONG_ID = Pattern.compile("([0-9a-f]{12})[0-9a-f]{52}");

    private final HttpClient http;
    private final Timeouts timeouts;
    private final Duration eventSilence;
    private final Unreadable unreadable = new Unreadable();

    public DockerEngine(HttpClient http, Timeouts timeouts) {
        this(http, timeouts, EVENT_SILENCE);
    }

    /** One whose events may be silent for that long before their connection is taken for dead. */
    public DockerEngine(HttpClient http, Timeouts timeouts, Duration eventSilence) {
        this.http = http;
        this.timeouts = timeouts;
        this.eventSilence = eventSilence;
    }

    /** Where it is asked. */
    public String endpoint() {
        return http.endpoint().toString();
    }

    public EngineVersion version() throws EngineException {
        return exchange(
                HttpRequest.get("/version"), timeouts, response -> ApiJson.version(response.body(LONGEST_ANSWER)));
    }

    /**
     * Lists all containers, whatever their state, and hands them over one by one.
     *
     * @return how many there were
     */
    public int containers(Consumer<ContainerSummary> consumer) throws EngineException {
        return list(ALL_CONTAINERS, consumer);
    }

    /** Lists those that have exited or were only created, in the same way. */
    public int containersDown(Consumer<ContainerSummary> consumer) throws EngineException {
        return list(ALL_CONTAINERS + "&filters=" + HttpRequest.encoded(DOWN), consumer);
    }

    private int list(String path, Consumer<ContainerSummary> consumer) throws EngineException {
        HttpRequest request = HttpRequest.get(path);
        return exchange(
                request,
                timeouts,
                response -> elements(request, response.body(LONGEST_LISTING), DockerEngine::summary, consumer));
    }

    /**
     * Lists some containers anew, as far as they exist; engines find them by id at once, while they try a filter by name on
     * all there are.
     *
     * @param last returned as it is if the answer is the same byte for byte, as it is most of the time: an engine tells much
     *     more than is read of it, but nothing that changes from one second to the next. A long answer is not kept
     */
    public <T> Listing<T> containers(Listing<T> last, Function<ContainerSummary, T> reader) throws EngineException {
        return exchange(last.request(), timeouts, response -> {
            InputStream body = response.body(LONGEST_LISTING);
            byte[] answer = body.readNBytes(LONGEST_KEPT);
            if (last.isOf(answer)) {
                return last;
            }
            List<T> containers = new ArrayList<>();
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(answer), body);
            elements(last.request(), whole, DockerEngine::summary, summary -> containers.add(reader.apply(summary)));
            return last.answered(answer.length < LONGEST_KEPT ? answer : new byte[0], containers);
        });
    }

    private static ContainerSummary summary(byte[] json) throws IOException {
        ContainerSummary summary = ApiJson.summary(json);
        if (!Container.isId(summary.id())) {
            throw new IOException("its id is not one of 64 hex digits");
        }
        return summary;
    }

    private interface ElementReader<T> {
        T read(byte[] json) throws IOException;
    }

    /**
     * Hands over the elements of an array one by one; what cannot be read of it is told, and left out.
     *
     * @return how many were handed over
     */
    private <T> int elements(HttpRequest request, InputStream body, ElementReader<T> reader, Consumer<T> consumer)
            throws IOException {
        JsonArray array = new JsonArray(body);
        int count = 0;
        for (Piece piece = array.next(); piece != null; piece = array.next()) {
            T element;
            try {
                element = reader.read(piece.whole());
            } catch (IOException e) {
                unreadable.tell(where(request), piece, e);
                continue;
            }
            consumer.accept(element);
            count++;
        }
        return count;
    }

    /** Describes the container with that id, or that name. */
    public ContainerDetails inspect(String idOrName) throws EngineException {
        return exchange(
                HttpRequest.get("/containers/" + named(idOrName) + "/json"),
                timeouts,
                response -> ApiJson.details(response.body(LONGEST_ANSWER)));
    }

    /**
     * Starts the container with that id; one that runs is left as it is. That the engine accepts does not mean that the
     * process lives a moment later.
     *
     * @return whether it did not run before
     */
    public boolean start(String id) throws EngineException {
        return exchange(
                HttpRequest.post(container(id, "start")),
                timeouts.plus(START_WORK),
                response -> response.status() != NOT_MODIFIED);
    }

    /**
     * Stops and starts the container with that id.
     *
     * @param stopTimeout how long its process may take to end before it is killed; whole seconds
     */
    public void restart(String id, Duration stopTimeout) throws EngineException {
        HttpRequest request = HttpRequest.post(container(id, "restart") + "?t=" + stopTimeout.toSeconds());
        exchange(request, timeouts.plus(stopTimeout).plus(START_WORK), HttpResponse::status);
    }

    public List<ImageSummary> images() throws EngineException {
        HttpRequest request = HttpRequest.get("/images/json");
        return exchange(request, timeouts, response -> {
            List<ImageSummary> images = new ArrayList<>();
            elements(request, response.body(LONGEST_LISTING), ApiJson::image, images::add);
            return images;
        });
    }

    /**
     * Opens the stream of what happens to containers from now on. It may be silent for a quarter of an hour, unless
     * said otherwise; then its connection is taken for dead.
     */
    public EventStream events() throws EngineException {
        HttpRequest request = HttpRequest.get("/events?filters=" + HttpRequest.encoded(EVENT_FILTER));
        HttpResponse response = send(request, timeouts);
        response.expectSilence(eventSilence);
        return new EventStream(response, where(request), unreadable);
    }

    private static String container(String id, String what) {
        if (!Container.isId(id)) {
            throw new IllegalArgumentException("not a container id: '" + id + "'");
        }
        return "/containers/" + id + "/" + what;
    }

    /** Whether a container can have that id or that name. */
    public static boolean isIdOrName(String text) {
        return ID_OR_NAME.matcher(text).matches();
    }

    private static String named(String idOrName) {
        if (!isIdOrName(idOrName)) {
            throw new IllegalArgumentException("neither an id nor a name: '" + idOrName + "'");
        }
        return idOrName;
    }

    private interface Reading<T> {
        T from(HttpResponse response) throws IOException;
    }

    private <T> T exchange(HttpRequest request, Timeouts allowed, Reading<T> reading) throws EngineException {
        try (HttpResponse response = send(request, allowed)) {
            return reading.from(response);
        } catch (IOException e) {
            throw unreachable(request, e);
        }
    }

    /** Returns an answer that is a yes, its body not yet read. */
    private HttpResponse send(HttpRequest request, Timeouts allowed) throws EngineException {
        HttpResponse response;
        try {
            response = http.send(request, allowed);
        } catch (IOException e) {
            throw unreachable(request, e);
        }
        if (response.status() / 100 == 2 || response.status() == NOT_MODIFIED) {
            return response;
        }
        try (response) {
            throw new EngineRefusedException(where(request), response.status(), Refusal.words(response));
        } catch (IOException e) {
            throw unreachable(request, e);
        }
    }

    private EngineUnreachableException unreachable(HttpRequest request, IOException e) {
        return new EngineUnreachableException(where(request) + ": " + e.getMessage(), e);
    }

    /** Endpoint and request, its id shortened as docker prints it, and without the filters, which tell nobody anything. */
    private String where(HttpRequest request) {
        String shortened = LONG_ID.matcher(request.toString()).replaceFirst("$1");
        return endpoint() + ": " + shortened.replaceFirst("[?&]filters=.*", "");
    }
}
