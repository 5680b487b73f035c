package watchdog.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the engine answers, framed as Go's net/http frames it: a body of up to 2048 bytes gets a Content-Length, a
 * longer one (or one that is flushed) gets none under HTTP/1.0 and ends with the stream.
 */
record Reply(int status, Map<String, String> headers, Body body) {

    /** Writes the body, at once or bit by bit. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static final String LENGTH = "Content-Length";
    static final String CLOSE_DELIMITED = "none";
    private static final int HELD_BACK = 2048;

    static Reply empty(int status) {
        return new Reply(status, Map.of(), null);
    }

    static Reply json(int status, Object value) {
        byte[] line = Json.line(value);
        return new Reply(status, Map.of("Content-Type", "application/json"), out -> out.write(line));
    }

    static Reply stream(Body body) {
        return new Reply(200, Map.of("Content-Type", "application/json"), body);
    }

    static Reply refusal(int status, String message) {
        return json(status, Json.object("message", message));
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    Reply with(Body other) {
        return new Reply(status, headers, other);
    }

    void writeTo(OutputStream wire, Request request) throws IOException {
        if (body == null || request.method().equals("HEAD")) {
            wire.write(head(request, body == null ? CLOSE_DELIMITED : "0"));
            wire.flush();
            return;
        }
        try (Framed framed = new Framed(wire, request)) {
            body.writeTo(framed);
        }
    }

    private byte[] head(Request request, String length) {
        boolean old = request.version().equals("HTTP/1.0");
        StringBuilder head = new StringBuilder(old ? "HTTP/1.0 " : "HTTP/1.1 ");
        head.append(status).append(' ').append(reason(status)).append("\r\n");
        headers.forEach((name, value) -> {
            if (!name.equals(LENGTH)) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        head.append("Date: ").append(date).append("\r\n");
        String declared = headers.getOrDefault(LENGTH, length);
        if (!declared.equals(CLOSE_DELIMITED)) {
            head.append("Content-Length: ").append(declared).append("\r\n");
        }
        return head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static String reason(int status) {
        return switch (status) {
            case 101 -> "Switching Protocols";
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Status " + status;
        };
    }

    /** Holds a body back until it is known whether its length can be told. */
    private final class Framed extends OutputStream {
        private final OutputStream wire;
        private final Request request;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private boolean headSent;

        Framed(OutputStream wire, Request request) {
            this.wire = wire;
            this.request = request;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            held.write(bytes, offset, length);
            if (held.size() > HELD_BACK) {
                release(CLOSE_DELIMITED);
            }
        }

        @Override
        public void flush() throws IOException {
            release(CLOSE_DELIMITED);
            wire.flush();
        }

        @Override
        public void close() throws IOException {
            release(Integer.toString(held.size()));
            wire.flush();
        }

        private void release(String length) throws IOException {
            if (!headSent) {
                headSent = true;
                wire.write(head(request, length));
            }
            held.writeTo(wire);
            held.reset();
        }
    }
}
