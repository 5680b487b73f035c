package watchdog.engine;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array that is cut into its elements before any of them is parsed, as they come: one that cannot be read costs only
 * itself, and the array is never whole in memory. Jackson alone cannot do that: its parser gives nothing more once a limit of
 * its own is passed.
 */
final class JsonArray {

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int next;
    private int end;

    /**
     * Begins to read one.
     *
     * @throws IOException if it is anything else
     */
    JsonArray(InputStream in) throws IOException {
        this.in = in;
        if (firstAfterBlanks() != '[') {
            throw new IOException("not a JSON array");
        }
        next++;
    }

    /** The next element, or null after the last. */
    @Nullable
    Piece next() throws IOException {
        while (firstAfterBlanks() == ',') {
            next++;
        }
        if (peek() == ']') {
            return null;
        }
        Piece element = new Piece();
        int depth = 0;
        boolean inText = false;
        while (true) {
            int b = octet();
            element.add(b);
            if (inText) {
                if (b == '\\') {
                    element.add(octet());
                }
                inText = b != '"';
            } else if (b == '"') {
                inText = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
            if (depth <= 0 && !inText && endsHere(b)) {
                return element;
            }
        }
    }

    /** Whether an element that is complete in its brackets and quotes ends with this byte: a number ends before the next one. */
    private boolean endsHere(int b) throws IOException {
        if (b == '}' || b == ']' || b == '"') {
            return true;
        }
        return peek() == ',' || peek() == ']';
    }

    private int firstAfterBlanks() throws IOException {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            next++;
        }
        return peek();
    }

    private int octet() throws IOException {
        int b = peek();
        if (b < 0) {
            throw new IOException("the JSON array has no end");
        }
        next++;
        return b;
    }

    /** The byte that comes next, or -1 at the end. */
    private int peek() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer));
        }
        return next == end ? -1 : buffer[next] & 0xff;
    }
}
