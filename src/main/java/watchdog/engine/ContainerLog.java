package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What {@code GET /containers/{id}/logs} answers: frames with a header of 8 bytes (stream, three zeros, length), or, of a
 * container with a terminal, the bytes as they are. Not all engines tell by the content type which of the two it is.
 */
final class ContainerLog {

    /** In bytes; the rest is not read. */
    private static final int LONGEST = 1 << 20;

    private static final int HEADER = 8;

    private ContainerLog() {}

    /** The last lines of it, at most so many, each as it was written. */
    static List<String> lines(InputStream body, int count) throws IOException {
        byte[] bytes = body.readNBytes(LONGEST);
        byte[] written = isFramed(bytes, 0) ? withoutHeaders(bytes) : bytes;
        List<String> lines = new String(written, UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    private static boolean isFramed(byte[] bytes, int at) {
        return bytes.length - at >= HEADER
                && bytes[at] >= 0
                && bytes[at] <= 2
                && bytes[at + 1] == 0
                && bytes[at + 2] == 0
                && bytes[at + 3] == 0;
    }

    private static byte[] withoutHeaders(byte[] bytes) {
        ByteArrayOutputStream written = new ByteArrayOutputStream(bytes.length);
        int at = 0;
        while (isFramed(bytes, at)) {
            int length = ByteBuffer.wrap(bytes).getInt(at + HEADER / 2);
            int left = bytes.length - at - HEADER;
            // The last frame may be cut; a length beyond 2 GB reads as negative.
            int taken = length < 0 ? left : Math.min(length, left);
            written.write(bytes, at + HEADER, taken);
            at += HEADER + taken;
        }
        return written.toByteArray();
    }
}
