package watchdog.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes over the wire, written in a test as a text in which each character is a byte. */
final class Wire {

    /** All at once, as far as the reader's buffer goes. */
    static InputStream carrying(String text) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    }

    /** One byte for each read, however much is asked for. */
    static InputStream dripping(String text) {
        return new FilterInputStream(carrying(text)) {
            @Override
            public int read(byte[] buffer, int offset, int count) throws IOException {
                return super.read(buffer, offset, Math.min(count, 1));
            }
        };
    }

    /** The rest, in reads of many bytes. */
    static String rest(InputStream in) throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** The rest, in reads of a single byte. */
    static String restByBytes(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            text.append((char) b);
        }
        return text.toString();
    }

    private Wire() {}
}
