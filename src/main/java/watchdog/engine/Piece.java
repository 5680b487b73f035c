package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The bytes of one element of a listing, or of one event; of what is too long only the start is kept. */
final class Piece {

    /** In bytes; a container's is some kilobytes, of which its labels may be the most. */
    static final int LONGEST = 1 << 20;

    /** In bytes; what goes on for longer is taken to have no end. */
    private static final int LONGEST_TO_SKIP = 64 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private int length;

    void add(int octet) throws IOException {
        length++;
        if (length <= LONGEST) {
            bytes.write(octet);
        } else if (length > LONGEST_TO_SKIP) {
            throw new IOException("more than " + LONGEST_TO_SKIP + " bytes without an end");
        }
    }

    boolean isEmpty() {
        return length == 0;
    }

    /**
     * All of it.
     *
     * @throws IOException if it is too long
     */
    byte[] whole() throws IOException {
        if (length > LONGEST) {
            throw new IOException("longer than " + LONGEST + " bytes");
        }
        return bytes.toByteArray();
    }

    /** As much of it as is kept. */
    String start() {
        return bytes.toString(UTF_8);
    }
}
