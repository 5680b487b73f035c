package watchdog.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers requests: GET and HEAD of what is there by that very path, asked for by a name that is allowed. */
final class Requests implements HttpHandler {

    /** For nothing is loaded from elsewhere, and nothing but files of its own is run. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final int NOT_MODIFIED = 304;

    // lengths of a body, as the JDK's server has them
    private static final int NONE = -1;
    private static final int UNKNOWN = 0;

    private final Map<String, Recent> resources;
    private final AskedFor askedFor;

    private final Recent wrongHost = fixed(
            403, "ask for it by its address, by localhost, or by the name that watchdog was given by --http-host");
    private final Recent wrongMethod = fixed(405, "there is nothing here but to read: use GET or HEAD");
    private final Recent notFound = fixed(404, "there is nothing here");

    Requests(Map<String, Resource> resources, Optional<String> name) {
        this.resources = resources.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new Recent(entry.getValue())));
        this.askedFor = new AskedFor(name);
    }

    private static Recent fixed(int status, String line) {
        Content content = Content.line(status, line);
        return new Recent(() -> content);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Recent.Answer answer = answer(exchange).get();
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Security-Policy", POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            // To be kept, but asked for again each time: by its tag.
            headers.set("Cache-Control", "no-cache");
            headers.set("Vary", "Accept-Encoding");
            headers.set("ETag", answer.tag());
            if (answer.status() == 405) {
                headers.set("Allow", "GET, HEAD");
            }
            if (answer.status() == 200 && isKnown(exchange.getRequestHeaders().get("If-None-Match"), answer.tag())) {
                exchange.sendResponseHeaders(NOT_MODIFIED, NONE);
                return;
            }
            headers.set("Content-Type", answer.type());
            send(exchange, answer);
        }
    }

    private Recent answer(HttpExchange exchange) {
        if (!askedFor.allows(exchange.getRequestHeaders().getOrDefault("Host", List.of()))) {
            return wrongHost;
        }
        if (!exchange.getRequestMethod().equals("GET") && !isHead(exchange)) {
            return wrongMethod;
        }
        String path = exchange.getRequestURI().getRawPath();
        return path == null ? notFound : resources.getOrDefault(path, notFound);
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private static boolean isKnown(@Nullable List<String> headers, String tag) {
        return headers != null
                && headers.stream()
                        .flatMap(header -> Stream.of(header.split(",", -1)))
                        .map(known -> known.strip())
                        .anyMatch(known -> known.equals(tag) || tag.equals("W/" + known) || known.equals("*"));
    }

    private static void send(HttpExchange exchange, Recent.Answer answer) throws IOException {
        boolean isPacked = exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()).stream()
                .anyMatch(header -> header.contains("gzip"));
        if (isPacked) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        if (isHead(exchange)) {
            exchange.sendResponseHeaders(answer.status(), NONE);
        } else if (isPacked) {
            exchange.sendResponseHeaders(answer.status(), answer.length());
            answer.writePacked(exchange.getResponseBody());
        } else {
            exchange.sendResponseHeaders(answer.status(), UNKNOWN);
            answer.writePlain(exchange.getResponseBody());
        }
    }
}
