package watchdog.fake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A way to answer wrongly, slowly or not at all; put in place with {@link FakeEngine#fault}.
 *
 * <p>Faults that spoil an answer ({@link #truncateAfter}, {@link #chunked}, …) let the engine do what was asked; the
 * others answer in its place, so nothing is done.
 */
@FunctionalInterface
public interface Fault {

    /** Answers one request; when this returns, the engine ends its side of the connection. */
    void answer(Exchange exchange) throws IOException;

    /** Takes the request and never answers; ends when the client leaves or the engine goes away. */
    static Fault hang() {
        return Exchange::awaitClientGone;
    }

    /** Takes the request and ends the connection without a byte. */
    static Fault closeWithoutAnswer() {
        return exchange -> {};
    }

    /** Does what was asked and answers as usual, but only after a while. */
    static Fault delayed(Duration delay) {
        return exchange -> {
            exchange.pause(delay);
            exchange.send(exchange.usual());
        };
    }

    /** Ends the connection after so many bytes of the answer, head included. */
    static Fault truncateAfter(int bytes) {
        return exchange -> Shaping.cut(exchange, bytes, false);
    }

    /** Sends so many bytes of the answer, head included, and then nothing more, with the connection open. */
    static Fault stallAfter(int bytes) {
        return exchange -> Shaping.cut(exchange, bytes, true);
    }

    /** Announces the whole body by its Content-Length, but ends the connection after so many bytes of it. */
    static Fault truncateBodyAfter(int bytes) {
        return exchange -> {
            Reply usual = exchange.usual();
            byte[] body = Shaping.bodyOf(usual);
            exchange.send(usual.with(Reply.LENGTH, Integer.toString(body.length))
                    .with(out -> out.write(body, 0, Math.min(bytes, body.length))));
        };
    }

    /** The usual answer with {@code Transfer-Encoding: chunked}, even to HTTP/1.0, as some proxies do. */
    static Fault chunked() {
        return chunked(1000);
    }

    /** As {@link #chunked()}, with chunks of at most so many bytes, an extension and a trailer. */
    static Fault chunked(int size) {
        return exchange -> {
            Reply usual = exchange.usual();
            if (usual.body() == null) {
                exchange.send(usual);
                return;
            }
            exchange.send(usual.with("Transfer-Encoding", "chunked")
                    .with(Reply.LENGTH, Reply.CLOSE_DELIMITED)
                    .with(out -> {
                        try (OutputStream chunks = new Shaping.Chunks(out, size)) {
                            usual.body().writeTo(chunks);
                        }
                    }));
        };
    }

    /** The usual answer, a byte at a time. */
    static Fault oneByteAtATime(Duration pause) {
        return exchange -> {
            Reply usual = exchange.usual();
            usual.writeTo(new Shaping.Drip(exchange, pause), exchange.request());
        };
    }

    /** The usual answer without a Content-Length, ended by the end of the stream. */
    static Fault noContentLength() {
        return exchange -> exchange.send(exchange.usual().with(Reply.LENGTH, Reply.CLOSE_DELIMITED));
    }

    /** A refusal in the engine's own form, {@code {"message":"…"}}. */
    static Fault status(int status, String message) {
        return exchange -> exchange.send(exchange.asEngine(Reply.refusal(status, message)));
    }

    /** 200 and a body of no bytes. */
    static Fault emptyBody() {
        return body("");
    }

    /** 200 with JSON that breaks off, its Content-Length being true. */
    static Fault malformedJson() {
        return body("[{\"Id\":\"0123456789ab\",\"Names\":[\"/web\"],\"State\":\"exi");
    }

    /** 200 with any body, its length declared. */
    static Fault body(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Reply reply = new Reply(200, Map.of("Content-Type", "application/json"), out -> out.write(bytes));
        return exchange -> exchange.send(exchange.asEngine(reply));
    }

    /** HAProxy's own refusal: HTTP/1.1 whatever was asked, header names in lower case, HTML. */
    static Fault proxyRefusal() {
        return raw("""
                HTTP/1.1 403 Forbidden\r
                content-length: 93\r
                cache-control: no-cache\r
                content-type: text/html\r
                connection: close\r
                \r
                <html><body><h1>403 Forbidden</h1>
                Request forbidden by administrative rules.
                </body></html>
                """);
    }

    /** These bytes and nothing else. */
    static Fault raw(byte[] bytes) {
        return exchange -> exchange.wire().write(bytes);
    }

    /** This text, in UTF-8, and nothing else. */
    static Fault raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Something that is not HTTP: 4096 random bytes, always the same. */
    static Fault garbage() {
        byte[] bytes = new byte[4096];
        new Random(4096).nextBytes(bytes);
        return raw(bytes);
    }

    /** A listing of one container after the other that never ends, until the client leaves. */
    static Fault endlessBody() {
        return exchange -> exchange.send(exchange.asEngine(Reply.stream(out -> {
            out.write('[');
            for (long i = 0; !exchange.clientGone(); i++) {
                out.write(Json.bytes(Json.object("Id", "%064x".formatted(i), "Names", List.of("/endless"))));
                out.write(',');
            }
            exchange.awaitClientGone();
        })));
    }

    /** One body without a line break or structure that never ends, until the client leaves. */
    static Fault endlessBlanks() {
        byte[] blanks = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        return exchange -> exchange.send(exchange.asEngine(Reply.stream(out -> {
            while (!exchange.clientGone()) {
                out.write(blanks);
            }
            exchange.awaitClientGone();
        })));
    }

    /** Headers without end, until the client leaves. */
    static Fault endlessHeaders() {
        return exchange -> {
            exchange.wire().write("HTTP/1.0 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (long i = 0; !exchange.clientGone(); i++) {
                String header = "X-Padding-%d: %s\r\n".formatted(i, "x".repeat(100));
                exchange.wire().write(header.getBytes(StandardCharsets.US_ASCII));
            }
            exchange.awaitClientGone();
        };
    }

    /** A status line without end, until the client leaves. */
    static Fault endlessStatusLine() {
        byte[] words = "very ".repeat(100).getBytes(StandardCharsets.US_ASCII);
        return exchange -> {
            exchange.wire().write("HTTP/1.0 200 OK ".getBytes(StandardCharsets.US_ASCII));
            while (!exchange.clientGone()) {
                exchange.wire().write(words);
            }
            exchange.awaitClientGone();
        };
    }
}
