package watchdog.fake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The paths of the engine's API and what is answered there. */
final class DockerApi {
    private static final Pattern VERSIONED = Pattern.compile("/v(\\d+)\\.(\\d+)(/.*)");
    private static final Pattern CONTAINER = Pattern.compile("/containers/([^/]+)(?:/([a-z]+))?");

    private final FakeEngine engine;

    DockerApi(FakeEngine engine) {
        this.engine = engine;
    }

    Reply answer(Exchange exchange) {
        Request request = exchange.request();
        Matcher versioned = VERSIONED.matcher(request.path());
        try {
            String path = request.path();
            if (versioned.matches()) {
                path = versioned.group(3);
                checkVersion(Integer.parseInt(versioned.group(1)) * 1000 + Integer.parseInt(versioned.group(2)));
            }
            return withEngineHeaders(route(exchange, request.method() + " " + path, path));
        } catch (Refusal e) {
            return withEngineHeaders(e.status() == 304 ? Reply.empty(304) : Reply.refusal(e.status(), e.getMessage()));
        }
    }

    /** Every reply of an engine carries these. */
    Reply withEngineHeaders(Reply reply) {
        return reply.with("Api-Version", engine.apiVersion())
                .with("Docker-Experimental", "false")
                .with("Ostype", "linux")
                .with("Server", "Docker/" + engine.engineVersion() + " (linux)");
    }

    private void checkVersion(int asked) throws Refusal {
        String newest = engine.apiVersion();
        int newestNumber = Integer.parseInt(newest.substring(2)) + 1000;
        if (asked > newestNumber) {
            throw new Refusal(
                    400,
                    "client version %d.%d is too new. Maximum supported API version is %s"
                            .formatted(asked / 1000, asked % 1000, newest));
        }
    }

    private Reply route(Exchange exchange, String call, String path) throws Refusal {
        Request request = exchange.request();
        switch (call) {
            case "GET /_ping", "HEAD /_ping" -> {
                return new Reply(
                        200,
                        Map.of("Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-cache"),
                        out -> out.write(new byte[] {'O', 'K'}));
            }
            case "GET /version" -> {
                return Reply.json(200, version());
            }
            case "GET /info" -> {
                return Reply.json(200, info());
            }
            case "GET /images/json" -> {
                return Reply.json(200, engine.inventory().imageRows());
            }
            case "GET /containers/json" -> {
                return list(request);
            }
            case "GET /events" -> {
                return events(exchange);
            }
            case "POST /containers/create" -> {
                return create(request);
            }
            default -> {
                Matcher container = CONTAINER.matcher(path);
                if (!container.matches()) {
                    throw new Refusal(404, "page not found");
                }
                String action = container.group(2) == null ? "" : container.group(2);
                return container(request, container.group(1), request.method() + " " + action);
            }
        }
    }

    private Reply container(Request request, String reference, String call) throws Refusal {
        ContainerModel container = engine.inventory().find(reference).model();
        switch (call) {
            case "GET json" -> {
                return Reply.json(200, container.inspected());
            }
            case "POST start" -> container.start(true);
            case "POST stop" -> container.stop(seconds(request));
            case "POST restart" -> container.restart(seconds(request), true);
            case "POST kill" -> {
                String signal = request.parameter("signal");
                container.kill(signal.isEmpty() ? "KILL" : signal);
            }
            case "POST pause" -> container.pause();
            case "POST unpause" -> container.unpause();
            case "POST rename" -> container.renameTo(request.parameter("name").replaceFirst("^/", ""));
            case "DELETE " -> container.remove(request.flag("force"));
            default -> throw new Refusal(404, "page not found");
        }
        return Reply.empty(204);
    }

    private static int seconds(Request request) throws Refusal {
        String seconds = request.parameter("t");
        if (!seconds.matches("-?\\d*")) {
            throw new Refusal(400, "strconv.Atoi: parsing \"" + seconds + "\": invalid syntax");
        }
        return seconds.isEmpty() ? 10 : Integer.parseInt(seconds);
    }

    /** Written row by row, so that ten thousand containers are no document in memory. */
    private Reply list(Request request) throws Refusal {
        Filters filters = Filters.of(request);
        Predicate<FakeContainer> wanted = filters.containers();
        String limit = request.parameter("limit");
        int most = limit.isEmpty() || limit.startsWith("-") || limit.equals("0")
                ? Integer.MAX_VALUE
                : Integer.parseInt(limit);
        boolean all = request.flag("all") || filters.has("status") || most != Integer.MAX_VALUE;
        List<FakeContainer> newestFirst = engine.inventory().newestFirst();
        return Reply.stream(out -> {
            int rows = 0;
            out.write('[');
            for (FakeContainer container : newestFirst) {
                Optional<byte[]> row = engine.monitor()
                        .get(() -> (all || container.model().isRunning()) && wanted.test(container)
                                ? Optional.of(Json.bytes(ContainerJson.row(container.model())))
                                : Optional.empty());
                if (row.isPresent() && rows < most) {
                    if (rows++ > 0) {
                        out.write(',');
                    }
                    out.write(row.get());
                }
            }
            out.write(new byte[] {']', '\n'});
        });
    }

    private Reply events(Exchange exchange) throws Refusal {
        Request request = exchange.request();
        Predicate<Event> filter = Filters.of(request).events();
        Optional<Instant> since = time(request.parameter("since"));
        Optional<Instant> until = time(request.parameter("until"));
        return Reply.stream(out -> engine.monitor()
                .change(() -> engine.events().subscribe(filter, since, until))
                .writeTo(out, exchange));
    }

    /** Unix seconds, with a fraction or without. */
    private static Optional<Instant> time(String text) throws Refusal {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("\\d+(\\.\\d{1,9})?")) {
            throw new Refusal(400, "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
        String[] parts = (text + ".0").split("\\.", -1);
        long nanos = Long.parseLong((parts[1] + "000000000").substring(0, 9));
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(parts[0]), nanos));
    }

    private Reply create(Request request) throws Refusal {
        JsonNode wanted = Json.parse(request.body());
        String image = wanted.path("Image").asString("");
        if (!engine.inventory().hasImage(image)) {
            throw new Refusal(404, "No such image: " + image);
        }
        JsonNode host = wanted.path("HostConfig");
        String name = request.parameter("name");
        String chosen =
                name.isEmpty() ? "fake_" + engine.inventory().newestFirst().size() : name;
        engine.inventory().refuseTaken(chosen);
        FakeContainer container = engine.add(chosen, settings -> {
            settings.created().image(image);
            settings.model().createdAt = Instant.now();
            settings.restartPolicy(host.path("RestartPolicy").path("Name").asString("no"));
            settings.networkMode(host.path("NetworkMode").asString("default"));
            wanted.path("Labels")
                    .properties()
                    .forEach(l -> settings.label(l.getKey(), l.getValue().asString()));
            if (host.path("AutoRemove").asBoolean(false)) {
                settings.autoRemove();
            }
        });
        return Reply.json(201, Json.object("Id", container.id(), "Warnings", List.of()));
    }

    private Map<String, Object> version() {
        Map<String, Object> details = Json.object(
                "ApiVersion", engine.apiVersion(),
                "Arch", "amd64",
                "BuildTime", "2026-05-07T21:09:36.000000000+00:00",
                "Experimental", "false",
                "GitCommit", "fake",
                "GoVersion", "go1.24.0",
                "KernelVersion", "6.1.0",
                "MinAPIVersion", "1.24",
                "Os", "linux");
        Map<String, Object> component =
                Json.object("Name", "Engine", "Version", engine.engineVersion(), "Details", details);
        Map<String, Object> version = Json.object(
                "Platform", Json.object("Name", "fake engine"),
                "Components", List.of(component),
                "Version", engine.engineVersion());
        version.putAll(details);
        version.put("Experimental", false);
        return version;
    }

    private Map<String, Object> info() {
        List<FakeContainer> containers = engine.inventory().newestFirst();
        long running =
                containers.stream().filter(c -> c.state().equals("running")).count();
        long paused =
                containers.stream().filter(c -> c.state().equals("paused")).count();
        return Json.object(
                "ID",
                "FAKE:FAKE:FAKE",
                "Containers",
                containers.size(),
                "ContainersRunning",
                running,
                "ContainersPaused",
                paused,
                "ContainersStopped",
                containers.size() - running - paused,
                "Images",
                engine.inventory().imageRows().size(),
                "Driver",
                "overlay2",
                "ServerVersion",
                engine.engineVersion(),
                "OperatingSystem",
                "Debian GNU/Linux 12 (bookworm)",
                "OSType",
                "linux",
                "Architecture",
                "x86_64",
                "NCPU",
                1,
                "MemTotal",
                1L << 30,
                "Name",
                "fake",
                "SecurityOptions",
                List.of(),
                "Warnings",
                List.of());
    }
}
