package watchdog.serve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A resource as it was asked for last, which is good enough for a second: no number of readers makes more work than that. */
final class Recent {

    private static final long GOOD_FOR = Duration.ofSeconds(1).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private final Resource resource;

    /** Of this process, so that no tag of another one is taken for one of its own. */
    private final String begun = Long.toHexString(System.nanoTime());

    private @Nullable Answer answer;
    private long askedAt;
    private int changes;
    private boolean hasFailed;

    Recent(Resource resource) {
        this.resource = resource;
    }

    /** What is sent, kept by gzip: of thousands of containers it is a tenth of its size. */
    static final class Answer {

        private final int status;
        private final String type;
        private final byte[] packed;
        private final String tag;

        private Answer(int status, String type, byte[] packed, String tag) {
            this.status = status;
            this.type = type;
            this.packed = packed;
            this.tag = tag;
        }

        int status() {
            return status;
        }

        String type() {
            return type;
        }

        /** Another one whenever something else is sent. A weak one (RFC 9110, 8.8.3), for it says nothing of the packing. */
        String tag() {
            return tag;
        }

        /** Its length by gzip, in bytes. */
        int length() {
            return packed.length;
        }

        void writePacked(OutputStream out) throws IOException {
            out.write(packed);
        }

        void writePlain(OutputStream out) throws IOException {
            try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                plain.transferTo(out);
            }
        }

        private boolean isOf(Content content, byte[] bytes) {
            return status == content.status() && type.equals(content.type()) && Arrays.equals(packed, bytes);
        }
    }

    synchronized Answer get() {
        Answer last = answer;
        if (last != null && System.nanoTime() - askedAt < GOOD_FOR) {
            return last;
        }
        Answer next = asked(last);
        answer = next;
        askedAt = System.nanoTime();
        return next;
    }

    /** The last one, if nothing has changed. */
    private Answer asked(@Nullable Answer last) {
        Content content;
        byte[] packed;
        try {
            content = resource.get();
            packed = packed(content);
        } catch (RuntimeException e) {
            logOnce(e);
            content = Content.line(500, "watchdog itself has failed, which is a bug; its log tells more");
            packed = packed(content);
        }
        if (last != null && last.isOf(content, packed)) {
            return last;
        }
        changes++;
        return new Answer(content.status(), content.type(), packed, "W/\"" + begun + "-" + changes + "\"");
    }

    private static byte[] packed(Content content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            content.body().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private void logOnce(RuntimeException e) {
        if (!hasFailed) {
            hasFailed = true;
            LOG.error("what is served over HTTP has failed, which is a bug; more of that is not logged", e);
        }
    }
}
