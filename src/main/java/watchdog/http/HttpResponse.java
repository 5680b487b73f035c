package watchdog.http;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An answer whose body is still on the wire; closing it closes the connection. */
public final class HttpResponse implements Closeable {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** Room for a head, or an event or two, in bytes; all else is read in larger pieces, past the buffer. */
    private static final int HEAD = 1024;

    private final ResponseHead head;
    private final InputStream body;
    private final TimedInputStream wire;
    private final Socket socket;

    private HttpResponse(ResponseHead head, InputStream body, TimedInputStream wire, Socket socket) {
        this.head = head;
        this.body = body;
        this.wire = wire;
        this.socket = socket;
    }

    /** Reads the head; what follows is the body, delimited as RFC 9112, 6.3 has it. */
    static HttpResponse read(Socket socket, Timeouts timeouts) throws IOException {
        TimedInputStream wire = new TimedInputStream(socket, timeouts);
        InputStream in = new BufferedInputStream(wire, HEAD);
        ResponseHead head = ResponseHead.read(in);
        return new HttpResponse(head, delimited(head, in), wire, socket);
    }

    private static InputStream delimited(ResponseHead head, InputStream in) throws IOException {
        if (head.status() == 204 || head.status() == 304) {
            return InputStream.nullInputStream();
        }
        String coding = head.header("transfer-encoding");
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked")) {
                throw new MalformedResponseException("unknown transfer coding '" + ResponseHead.excerpt(coding) + "'");
            }
            return new ChunkedInputStream(in);
        }
        String length = head.header("content-length");
        if (length == null) {
            return in;
        }
        if (!LENGTH.matcher(length).matches()) {
            throw new MalformedResponseException("not a Content-Length: '" + ResponseHead.excerpt(length) + "'");
        }
        return new FixedLengthInputStream(in, Long.parseLong(length));
    }

    /** The status code, 100 to 599. */
    public int status() {
        return head.status();
    }

    /** The value of that header, its name in lower case, or null. */
    public @Nullable String header(String name) {
        return head.header(name);
    }

    /**
     * The body, to be read once.
     *
     * @param most its greatest length in bytes; a read beyond it throws {@link MalformedResponseException}
     */
    public InputStream body(long most) {
        return new BoundedInputStream(body, most);
    }

    /** From now on the peer may be silent that long, and the body may take any time: it has no end. */
    public void expectSilence(Duration allowed) {
        wire.expectSilence(allowed);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
