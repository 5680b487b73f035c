package watchdog.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;

/** Fuzzes a whole answer, head and body: however it is cut into pieces on its way, it is read alike, or refused alike. */
public final class AnswerFuzz {

    private static final Timeouts PATIENT = Timeouts.of(Duration.ofMinutes(1));
    private static final int MOST = 1 << 16;

    private AnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] wire) {
        String text = new String(wire, ISO_8859_1);
        String whole = read(Wire.carrying(text), Wire::rest);
        String dripping = read(Wire.dripping(text), Wire::restByBytes);
        if (!whole.equals(dripping)) {
            throw new AssertionError("read as " + whole + ", and in single bytes as " + dripping);
        }
    }

    private interface Reading {
        String rest(InputStream body) throws IOException;
    }

    private static String read(InputStream wire, Reading reading) {
        try (HttpResponse response = response(wire)) {
            String body = reading.rest(response.body(MOST));
            if (body.length() > MOST || response.status() < 100 || response.status() > 599) {
                throw new AssertionError("status " + response.status() + ", " + body.length() + " bytes");
            }
            return response.status() + " " + response.header("content-type") + " " + body;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** An answer that comes from nobody's socket. */
    public static HttpResponse response(InputStream wire) throws IOException {
        return HttpResponse.read(new Nobody(wire), PATIENT);
    }

    /** A socket without a descriptor of its own. */
    private static final class Nobody extends Socket {

        private final InputStream wire;

        Nobody(InputStream wire) {
            this.wire = wire;
        }

        @Override
        public InputStream getInputStream() {
            return wire;
        }

        @Override
        public void setSoTimeout(int millis) {
            // It is there at once.
        }
    }
}
