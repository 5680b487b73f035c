package watchdog.engine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.HttpRequest;
import watchdog.http.HttpResponse;
import watchdog.http.Timeouts;
import watchdog.policy.Container;
import watchdog.policy.RestartPolicy;

/**
 * An engine that speaks the Docker Engine API, by unversioned paths: those mean the engine's newest version, in every engine.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">Docker Engine API</a>
 */
public final class DockerEngine implements ContainerEngine {

    /** A start pulls up networks, mounts and volume drivers, and answers only then. */
    private static final Duration START_WORK = Duration.ofMinutes(2);

    /** For what is worth little if it comes late: the last lines of a container's log, who ended it. */
    private static final Timeouts BRIEF =
            new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(4));

    private static final Duration EVENT_SILENCE = Duration.ofMinutes(15);

    /** The bare {@code health_status} is for Podman; in Docker it turns all of these into prefixes, which harms none. */
    private static final String EVENT_FILTER = "{\"type\":[\"container\"],\"event\":[\"create\",\"start\",\"die\","
            + "\"died\",\"stop\",\"kill\",\"oom\",\"pause\",\"unpause\",\"destroy\",\"remove\",\"rename\","
            + "\"health_status\"]}";

    /** Not modified: the container is already as asked for. */
    private static final int NOT_MODIFIED = 304;

    private static final String ALL_CONTAINERS = "/containers/json?all=true";

    /** In words that all engines know: some refuse a filter that has others, as {@code dead}. */
    private static final String DOWN = "\"status\":[\"created\",\"exited\"]";

    private static final long LONGEST_LISTING = 256L << 20;
    /** The greatest length of an answer about one container or the engine, in bytes. */
    static final int LONGEST_ANSWER = 4 << 20;

    private static final Pattern ID_OR_NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_.-]*");
    private static final Pattern LONG_ID = Pattern.compile("([0-9a-f]{12})[0-9a-f]{52}");

    private final HttpClient http;
    private final Timeouts timeouts;
    private final Predicate<String> labels;
    private final Duration eventSilence;
    private final Unreadable unreadable = new Unreadable();

    /** One that keeps the labels that the rules look for, and others. */
    public DockerEngine(Endpoint endpoint, Duration timeout, Predicate<String> others) {
        this(new HttpClient(endpoint), Timeouts.of(timeout), label -> others.test(label) || RestartPolicy.needs(label));
    }

    /**
     * One that is asked in that way.
     *
     * @param labels whether a label of that name is needed. Others are not kept, for there may be many containers, except those
     *     named like an attribute of an event: an event tells labels and attributes in one object, and a label may have taken
     *     the attribute's place
     */
    public DockerEngine(HttpClient http, Timeouts timeouts, Predicate<String> labels) {
        this(http, timeouts, labels, EVENT_SILENCE);
    }

    /** One whose events may be silent for that long before their connection is taken for dead. */
    public DockerEngine(HttpClient http, Timeouts timeouts, Predicate<String> labels, Duration eventSilence) {
        this.http = http;
        this.timeouts = timeouts;
        this.labels = labels.or(EngineEvent::isAttribute);
        this.eventSilence = eventSilence;
    }

    @Override
    public String endpoint() {
        return http.endpoint().toString();
    }

    /** Watching goes on without a version, so whatever is wrong with it is only told. */
    @Override
    public String describe() {
        try {
            return version();
        } catch (EngineException e) {
            return "an engine that does not tell its version (" + e.getMessage() + ")";
        }
    }

    String version() throws EngineException {
        return exchange(
                HttpRequest.get("/version"), timeouts, response -> ApiJson.version(response.body(LONGEST_ANSWER)));
    }

    /** Hands over all containers, as a listing shows them to people. */
    public void summaries(Consumer<ContainerSummary> consumer) throws EngineException {
        list(ALL_CONTAINERS, consumer);
    }

    @Override
    public int list(Consumer<Container> consumer) throws EngineException {
        return list(ALL_CONTAINERS, summary -> consumer.accept(summary.container()));
    }

    /** Engines find containers by id at once, while they try the other filters on all there are. */
    @Override
    public int listDown(Set<String> among, Consumer<Container> consumer) throws EngineException {
        String ids = among.isEmpty() ? "" : ",\"id\":[\"" + String.join("\",\"", among) + "\"]";
        String path = ALL_CONTAINERS + "&filters=" + HttpRequest.encoded("{" + DOWN + ids + "}");
        return list(path, summary -> consumer.accept(summary.container()));
    }

    private int list(String path, Consumer<ContainerSummary> consumer) throws EngineException {
        HttpRequest request = HttpRequest.get(path);
        return exchange(
                request,
                timeouts,
                response -> elements(request, response.body(LONGEST_LISTING), this::summary, consumer));
    }

    private ContainerSummary summary(byte[] json) throws IOException {
        ContainerSummary summary = ApiJson.summary(json, labels);
        if (!Container.isId(summary.container().id())) {
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

    @Override
    public Optional<Container> inspect(String idOrName) throws EngineException {
        // The engine takes any text for the container whose network is joined.
        if (!ID_OR_NAME.matcher(idOrName).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(exchange(
                    HttpRequest.get("/containers/" + idOrName + "/json"),
                    timeouts,
                    response -> ApiJson.container(response.body(LONGEST_ANSWER), labels, Podman.answers(response))));
        } catch (EngineRefusedException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean start(String id) throws EngineException {
        return exchange(
                HttpRequest.post(container(id, "start")),
                timeouts.plus(START_WORK),
                response -> response.status() != NOT_MODIFIED);
    }

    @Override
    public void restart(String id, Duration stopTimeout) throws EngineException {
        HttpRequest request = HttpRequest.post(container(id, "restart") + "?t=" + stopTimeout.toSeconds());
        exchange(request, timeouts.plus(stopTimeout).plus(START_WORK), HttpResponse::status);
    }

    /** How large each image is, in bytes, shared layers included, by its digest. */
    public Map<String, Long> imageSizes() throws EngineException {
        HttpRequest request = HttpRequest.get("/images/json");
        return exchange(request, timeouts, response -> {
            Map<String, Long> sizes = new HashMap<>();
            elements(
                    request,
                    response.body(LONGEST_LISTING),
                    ApiJson::imageSize,
                    image -> sizes.put(image.getKey(), image.getValue()));
            return sizes;
        });
    }

    /**
     * The last lines that a container has written, of both of its streams, as they came. An engine refuses where the
     * container's log driver keeps none.
     *
     * @param count how many at most, at least one
     */
    public List<String> lastLogLines(String id, int count) throws EngineException {
        HttpRequest request = HttpRequest.get(container(id, "logs") + "?stdout=1&stderr=1&tail=" + count);
        return exchange(request, BRIEF, response -> ContainerLog.lines(response.body(Long.MAX_VALUE), count));
    }

    /** The stream may be silent for a quarter of an hour, unless said otherwise. */
    @Override
    public EventStream events() throws EngineException {
        HttpRequest request = HttpRequest.get("/events?filters=" + HttpRequest.encoded(EVENT_FILTER));
        HttpResponse response = send(request, timeouts);
        response.expectSilence(eventSilence);
        return new EventStream(response, where(request), unreadable, new PodmanDeaths(this::isStopped));
    }

    /** What cannot be asked is not known, as on an older Podman, or behind a proxy that refuses its own paths. */
    private Optional<Boolean> isStopped(String id) {
        HttpRequest request = HttpRequest.get("/v5.0.0/libpod" + container(id, "json"));
        try {
            return exchange(request, BRIEF, response -> ApiJson.stoppedByUser(response.body(LONGEST_ANSWER)));
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    private static String container(String id, String what) {
        if (!Container.isId(id)) {
            throw new IllegalArgumentException("not a container id: '" + id + "'");
        }
        return "/containers/" + id + "/" + what;
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

    /** Returns a successful answer whose body is not read yet. */
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
