import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;
import tools.jackson.core.util.JsonRecyclerPools;
import watchdog.http.Endpoint;

/**
 * A JVM that answers each {@code die} with a start, and reads the container then, and does nothing else: by watchdog's own
 * connections and Jackson's parser, made as watchdog makes it, and with none of the means of Java that watchdog saves too. Like
 * watchdog it collects the garbage of its start.
 */
public final class Answering {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HEAD = 1024;

    private static final int READ_FEATURES = StreamReadFeature.collectDefaults();
    private static final int JSON_FEATURES = JsonReadFeature.collectDefaults();
    private static final int FACTORY_FEATURES = TokenStreamFactory.Feature.collectDefaults();
    private static final ByteQuadsCanonicalizer NAMES = ByteQuadsCanonicalizer.createRoot();

    private final Endpoint engine;

    private Answering(Endpoint engine) {
        this.engine = engine;
    }

    public static void main(String[] args) throws IOException {
        Thread tidy = new Tidy();
        tidy.setDaemon(true);
        tidy.start();
        Path socket = Path.of(args[0].substring("--host=".length()));
        new Answering(Endpoint.unix(socket)).listen();
    }

    private static final class Tidy extends Thread {
        @Override
        public void run() {
            try {
                Thread.sleep(10_000);
                System.gc();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void listen() throws IOException {
        try (Socket events = ask("GET /events")) {
            // It may be silent for ever.
            events.setSoTimeout(0);
            JsonParser event = parser(body(events));
            while (event.nextToken() == JsonToken.START_OBJECT) {
                answer(event);
            }
        }
    }

    private void answer(JsonParser event) throws IOException {
        String id = "";
        String action = "";
        for (String name = event.nextName(); name != null; name = event.nextName()) {
            event.nextToken();
            switch (name) {
                case "id" -> id = event.getString();
                case "Action" -> action = event.getString();
                default -> event.skipChildren();
            }
        }
        if (action.equals("die")) {
            try (Socket start = ask("POST /containers/".concat(id).concat("/start"))) {
                body(start).readAllBytes();
            }
            try (Socket look = ask("GET /containers/".concat(id).concat("/json"));
                    JsonParser details = parser(body(look))) {
                while (details.nextToken() != null) {
                    continue;
                }
            }
        }
    }

    private Socket ask(String request) throws IOException {
        Socket connection = engine.connect(PATIENCE);
        connection.getOutputStream().write(request.concat(" HTTP/1.0\r\nHost: docker\r\n\r\n").getBytes("US-ASCII"));
        return connection;
    }

    /** What follows the empty line. */
    private static InputStream body(Socket connection) throws IOException {
        InputStream in = new BufferedInputStream(connection.getInputStream(), HEAD);
        int ends = 0;
        while (ends < 2) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no answer");
            }
            if (b == '\n') {
                ends++;
            } else if (b != '\r') {
                ends = 0;
            }
        }
        return in;
    }

    private static JsonParser parser(InputStream in) {
        IOContext context = new IOContext(
                StreamReadConstraints.defaults(),
                StreamWriteConstraints.defaults(),
                ErrorReportConfiguration.defaults(),
                JsonRecyclerPools.defaultPool().acquireAndLinkPooled(),
                ContentReference.redacted(),
                false,
                JsonEncoding.UTF8);
        return new UTF8StreamJsonParser(
                ObjectReadContext.empty(),
                context,
                READ_FEATURES,
                JSON_FEATURES,
                in,
                NAMES.makeChild(FACTORY_FEATURES),
                context.allocReadIOBuffer(),
                0,
                0,
                0,
                true);
    }
}
