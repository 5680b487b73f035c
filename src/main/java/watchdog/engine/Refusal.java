package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import watchdog.http.HttpResponse;

/** The words of an answer that says no. */
final class Refusal {

    private static final int MOST_BYTES = 64 * 1024;

    private Refusal() {}

    /** An engine's {@code {"message": "..."}}, or the text of a proxy's HTML page, in one line of bounded length. */
    static String words(HttpResponse response) {
        byte[] body;
        try (InputStream in = response.body(Long.MAX_VALUE)) {
            body = in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            return "";
        }
        return withoutStatus(message(body), response.status());
    }

    private static String message(byte[] body) {
        String text = new String(body, UTF_8);
        try {
            return Json.object(new ByteArrayInputStream(body)).text("message", text);
        } catch (IOException notJson) {
            return Words.inOneLine(text.replaceAll("<[^<>]*+>", " "));
        }
    }

    /** A proxy's page begins with the status, which is told anyway. */
    private static String withoutStatus(String words, int status) {
        return words.startsWith(status + " ") ? words.substring(4) : words;
    }
}
