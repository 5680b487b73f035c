package watchdog.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One accepted connection: answers its one request, and goes on reading until the client has closed, so that a client
 * which doesn't close is found out.
 */
final class Connection {
    private final FakeEngine engine;
    private final SocketChannel channel;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile boolean clientOpen = true;
    private volatile boolean cut;
    private volatile String asked = "(nothing yet)";
    private volatile Thread answering;

    Connection(FakeEngine engine, SocketChannel channel) {
        this.engine = engine;
        this.channel = channel;
    }

    void open() {
        DaemonThreads.start("fake-engine-reader", this::readToEnd);
    }

    boolean clientOpen() {
        return clientOpen;
    }

    @Override
    public String toString() {
        return asked;
    }

    /** The engine goes away: whatever is being answered ends here. */
    void cut() {
        cut = true;
        over.complete(null);
        Thread thread = answering;
        if (thread == null) {
            shutdownOutput();
        }
    }

    /** Waits for the answer's thread, then takes the socket away from under it. */
    void release() {
        Thread thread = answering;
        if (thread != null && !DaemonThreads.joined(thread, Duration.ofMillis(200))) {
            close();
        }
    }

    void close() {
        over.complete(null);
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError("closing a socket failed", e);
        }
    }

    private void readToEnd() {
        InputStream in = Wire.in(channel);
        try {
            engine.awaitThaw(over);
            Optional<Request> request = new RequestReader(in).read();
            if (request.isPresent()) {
                asked = request.get().toString();
                answer(request.get());
            }
            in.transferTo(OutputStream.nullOutputStream());
        } catch (Refusal e) {
            answerNoHttp(in, e);
        } catch (IOException e) {
            // the client or the engine has gone in the middle of it: that is an end, too
        } finally {
            clientOpen = false;
            over.complete(null);
            engine.changed();
            Thread thread = answering;
            if (thread != null) {
                DaemonThreads.joined(thread, Duration.ofSeconds(10));
            }
            close();
            engine.traffic().ended(this);
        }
    }

    private void answer(Request request) {
        Exchange exchange = new Exchange(engine, request, Wire.out(channel), over);
        Optional<Fault> fault = engine.traffic().arrived(exchange);
        answering = DaemonThreads.start("fake-engine-answer", () -> {
            boolean complete = false;
            try {
                engine.awaitThaw(over);
                if (!cut) {
                    if (fault.isPresent()) {
                        fault.get().answer(exchange);
                    } else {
                        exchange.send(exchange.usual());
                    }
                    exchange.wire().flush();
                    complete = true;
                }
            } catch (IOException e) {
                // the client has left: that is what an abandoned exchange is
            } finally {
                exchange.ended(complete);
                shutdownOutput();
                engine.changed();
            }
        });
    }

    /** As Go's net/http: 400 in plain text, whatever version was meant. */
    private void answerNoHttp(InputStream in, Refusal refusal) {
        asked = "(no HTTP: " + refusal.getMessage() + ")";
        engine.traffic().notHttp(refusal.getMessage());
        String reply =
                "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
                        + "400 Bad Request: " + refusal.getMessage();
        try {
            Wire.out(channel).write(reply.getBytes(StandardCharsets.UTF_8));
            shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // it has left already
        }
    }

    private void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // closed already
        }
    }
}
