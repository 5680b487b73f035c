package watchdog.fake;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request and the way to answer it; what a {@link Fault} works with. */
public final class Exchange {
    private final FakeEngine engine;
    private final OutputStream wire;
    private final CompletableFuture<Void> over;
    private volatile Request request;
    private volatile boolean wroteAfterEnd;
    private volatile boolean abandoned;

    Exchange(FakeEngine engine, Request request, OutputStream wire, CompletableFuture<Void> over) {
        this.engine = engine;
        this.request = request;
        this.over = over;
        this.wire = new BufferedOutputStream(new Watched(wire), 8192);
    }

    /** The request, with its ending as known by now. */
    public Request request() {
        return request;
    }

    /** Where bytes for the client go; buffered. */
    public OutputStream wire() {
        return wire;
    }

    /** Whether the client has left or shut down its sending side, or the engine has gone away. */
    public boolean clientGone() {
        return over.isDone();
    }

    /**
     * Waits until the client has left or shut down its sending side, or the engine has gone away; the request counts as
     * abandoned then, even if no write has failed.
     */
    public void awaitClientGone() throws IOException {
        wire.flush();
        over.join();
        abandoned = true;
    }

    /** Waits so long, or until the client has gone. */
    public void pause(Duration length) {
        try {
            over.get(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // the pause is over, the client is still there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets the engine do what was asked, and gives its answer without sending it. */
    Reply usual() {
        return engine.api().answer(this);
    }

    Reply asEngine(Reply reply) {
        return engine.api().withEngineHeaders(reply);
    }

    void send(Reply reply) throws IOException {
        reply.writeTo(wire, request);
    }

    CompletableFuture<Void> over() {
        return over;
    }

    void ended(boolean completely) {
        if (!completely || abandoned) {
            request = request.ended(Request.Ending.ABANDONED);
        } else if (wroteAfterEnd) {
            request = request.ended(Request.Ending.HALF_CLOSED);
        } else {
            request = request.ended(Request.Ending.FINISHED);
        }
    }

    /** Notices that the client still takes bytes after it has ended its own side: that is a half-close. */
    private final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean ended = over.isDone();
            out.write(bytes, offset, length);
            wroteAfterEnd |= ended;
        }
    }
}
