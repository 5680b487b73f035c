package watchdog.fake;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one request, strictly enough that a wrong one is noticed. */
final class RequestReader {
    private static final int MAX_HEAD = 64 * 1024;

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The request, or empty if the client left before its head was complete. */
    Optional<Request> read() throws IOException, Refusal {
        Optional<String> complete = readHead();
        if (complete.isEmpty()) {
            return Optional.empty();
        }
        String head = complete.get();
        String[] lines = head.split("\r\n", -1);
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[2].matches("HTTP/1\\.[01]") || !words[1].startsWith("/")) {
            throw new Refusal(400, "malformed request line: " + lines[0]);
        }
        Map<String, String> headers = headers(lines);
        if (words[2].equals("HTTP/1.1") && !headers.containsKey("Host")) {
            throw new Refusal(400, "missing required Host header");
        }
        int question = words[1].indexOf('?');
        String path = question < 0 ? words[1] : words[1].substring(0, question);
        String query = question < 0 ? "" : words[1].substring(question + 1);
        return Optional.of(new Request(
                words[0],
                path,
                query,
                words[2],
                headers,
                head,
                body(headers),
                Instant.now(),
                System.nanoTime(),
                Request.Ending.OPEN));
    }

    private Optional<String> readHead() throws IOException, Refusal {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int b = in.read();
            if (b < 0) {
                return Optional.empty();
            }
            head.append((char) b);
            if (head.length() > MAX_HEAD) {
                throw new Refusal(431, "request head too large");
            }
        }
        return Optional.of(head.toString());
    }

    private static Map<String, String> headers(String[] lines) throws Refusal {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0 || lines[i].charAt(colon - 1) == ' ') {
                throw new Refusal(400, "malformed header: " + lines[i]);
            }
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        return Collections.unmodifiableMap(headers);
    }

    private String body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.write(exactly(size));
                line();
            }
            line();
            return body.toString(StandardCharsets.UTF_8);
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new String(exactly(length), StandardCharsets.UTF_8);
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().replaceFirst(";.*", ""), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("request body broke off after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("request body broke off");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }
}
