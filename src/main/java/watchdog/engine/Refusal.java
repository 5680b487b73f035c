package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import watchdog.http.HttpResponse;

/** The reason in an answer that refuses. */
final class Refusal {

    private static final int MOST_BYTES = 64 * 1024;

    /** Room for what runc says of a mount, which names the cause last. */
    private static final int MOST_CHARACTERS = 1000;

    private Refusal() {}

    /** An engine's {@code {"message": "..."}}, or the text of a proxy's HTML page, of bounded length. */
    static String words(HttpResponse response) {
        byte[] body;
        try (InputStream in = response.body(Long.MAX_VALUE)) {
            body = in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            return "";
        }
        return cut(withoutStatus(message(body), response.status()));
    }

    private static String message(byte[] body) {
        String message = ApiJson.message(body);
        String text = message == null ? new String(body, UTF_8).replaceAll("<[^<>]*+>", " ") : message;
        return text.replaceAll("\\s+", " ").strip();
    }

    /** A proxy's page begins with the status, which is told anyway. */
    private static String withoutStatus(String words, int status) {
        return words.startsWith(status + " ") ? words.substring(4) : words;
    }

    private static String cut(String words) {
        if (words.length() <= MOST_CHARACTERS) {
            return words;
        }
        boolean withinPair = Character.isHighSurrogate(words.charAt(MOST_CHARACTERS - 1));
        return words.substring(0, withinPair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS) + "...";
    }
}
