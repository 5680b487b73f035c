package watchdog.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import watchdog.Eventually;

/**
 * A headless Chromium with one page, driven over its DevTools protocol; {@link #close} leaves none behind.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">the protocol</a>
 */
public final class Browser implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Path folder;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private Browser(Path folder, Process process, URI page)
            throws InterruptedException, ExecutionException, TimeoutException {
        this.folder = folder;
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Opens one with its files in that folder; the test is left out where there is none and none is asked for. */
    public static Browser open(Path folder) {
        Assumptions.assumeTrue(isThere() || RealEngine.required(), "there is no chromium here: see src/scripts/test");
        try {
            Process process = new ProcessBuilder(
                            "chromium",
                            "--headless=new",
                            // The tests may be run by root, for whom there is no sandbox.
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--no-first-run",
                            "--hide-scrollbars",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + folder,
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolveSibling("chromium.log").toFile())
                    .start();
            try {
                return new Browser(folder, process, page(folder));
            } catch (ExecutionException | TimeoutException | AssertionError e) {
                process.destroyForcibly();
                throw new AssertionError("cannot talk to chromium", e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromium")));
    }

    /** Where its one page is driven. */
    private static URI page(Path folder) {
        Path told = folder.resolve("DevToolsActivePort");
        HttpClient client = HttpClient.newHttpClient();
        return Eventually.within(
                LIMIT,
                "a page to drive",
                () -> {
                    String port = Files.readAllLines(told).get(0);
                    URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
                    String json = client.send(
                                    HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                            .body();
                    for (JsonNode target : MAPPER.readTree(json)) {
                        if (target.path("type").stringValue("").equals("page")) {
                            return URI.create(
                                    target.path("webSocketDebuggerUrl").stringValue());
                        }
                    }
                    throw new IllegalStateException(json);
                },
                page -> true);
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                take(MAPPER.readTree(message.toString()));
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(JsonNode message) {
        JsonNode parameters = message.path("params");
        switch (message.path("method").stringValue("")) {
            case "" -> answers.remove(message.path("id").intValue()).complete(message);
            // What was blocked by the Content-Security-Policy is told so, too.
            case "Log.entryAdded" -> complaints.add(parameters.path("entry").toString());
            case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
            case "Runtime.consoleAPICalled" ->
                complaints.add(parameters.path("args").toString());
            default -> {}
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        var unused = socket.sendText(
                MAPPER.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true);
        try {
            JsonNode given = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(given.path("error").toString()).as(method).isEmpty();
            return given.path("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(method, e);
        }
    }

    /** Goes to that address, and waits until all is loaded. */
    public void visit(String address) {
        call("Page.navigate", Map.of("url", address));
        Eventually.within(
                LIMIT,
                "loaded " + address,
                () -> evaluate("location.href + ' ' + document.readyState"),
                state -> state.equals(address + " complete"));
    }

    /** The value of an expression of JavaScript, as text; what is not a text as JSON. */
    public String evaluate(String expression) {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        assertThat(result.path("exceptionDetails").toString()).as(expression).isEmpty();
        JsonNode value = result.path("result").path("value");
        return value.isString() ? value.stringValue() : value.toString();
    }

    /** Presses a key that has that name, such as {@code Tab}. */
    public void press(String key, int code) {
        Map<String, Object> event = Map.of("key", key, "code", key, "windowsVirtualKeyCode", code);
        for (String type : List.of("rawKeyDown", "keyUp")) {
            Map<String, Object> parameters = new HashMap<>(event);
            parameters.put("type", type);
            call("Input.dispatchKeyEvent", parameters);
        }
    }

    /** Types where the focus is. */
    public void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /** Moves the pointer there, in pixels. */
    public void point(double x, double y) {
        call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** Shows what follows in a window of that size. */
    public void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Whether its user likes dark pages. */
    public void dark(boolean isLiked) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isLiked ? "dark" : "light"))));
    }

    /** Whether the scripts of pages that are visited from now on are run. */
    public void scripts(boolean areRun) {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", !areRun));
    }

    /** The page as a picture. */
    public byte[] picture() {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .stringValue());
    }

    /** All that it has complained of so far: faults in scripts, what was blocked or could not be loaded. */
    public List<String> complaints() {
        synchronized (complaints) {
            return List.copyOf(complaints);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        // Links to what is gone, at which the removal of a folder for one test would wonder.
        try (DirectoryStream<Path> links = Files.newDirectoryStream(folder, "Singleton*")) {
            for (Path link : links) {
                Files.delete(link);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
