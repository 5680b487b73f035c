import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import watchdog.http.Endpoint;

/**
 * A JVM that answers each {@code die} with a start, and reads the container then, and does nothing else: by watchdog's own
 * connections and Jackson's trees. Like watchdog it collects the garbage of its start.
 */
public final class Answering {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HEAD = 1024;

    private static final JsonMapper MAPPER = new JsonMapper();

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
            MappingIterator<JsonNode> told = MAPPER.readerFor(JsonNode.class).readValues(body(events));
            while (told.hasNext()) {
                answer(told.next());
            }
        }
    }

    private void answer(JsonNode event) throws IOException {
        if (event.path("Action").stringValue("").equals("die")) {
            String id = event.path("Actor").path("ID").stringValue("");
            try (Socket start = ask("POST /containers/" + id + "/start")) {
                body(start).readAllBytes();
            }
            try (Socket inspect = ask("GET /containers/" + id + "/json")) {
                MAPPER.readTree(body(inspect));
            }
        }
    }

    private Socket ask(String request) throws IOException {
        Socket connection = engine.connect(PATIENCE);
        connection.getOutputStream().write((request + " HTTP/1.0\r\nHost: docker\r\n\r\n").getBytes("US-ASCII"));
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
}
