package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import watchdog.http.AnswerFuzz;
import watchdog.policy.ContainerState;
import watchdog.policy.RestartPolicy;

/** Fuzzes what an engine answers about one thing: an inspect, its version, a refusal, the end of a container's log. */
public final class AnswersFuzz {

    private static final int MOST_LINES = 10;
    private static final int LONGEST_REFUSAL = 1003;
    private static final byte[] HEAD = "HTTP/1.0 500 Internal Server Error\r\n\r\n".getBytes(UTF_8);

    private AnswersFuzz() {}

    public static void fuzzerTestOneInput(byte[] body) {
        take(() -> ListingFuzz.use(ApiJson.container(in(body), RestartPolicy::needs, false)));
        take(() -> ApiJson.version(in(body)));
        take(() -> {
            List<String> lines = ContainerLog.lines(in(body), MOST_LINES);
            if (lines.size() > MOST_LINES) {
                throw new AssertionError(lines);
            }
        });
        take(() -> {
            InputStream wire = new SequenceInputStream(in(HEAD), in(body));
            String words = Refusal.words(AnswerFuzz.response(wire));
            if (words.length() > LONGEST_REFUSAL || words.contains("\n")) {
                throw new AssertionError(words);
            }
        });
        StatusWords.read(ContainerState.EXITED, new String(body, UTF_8));
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static void take(Reading reading) {
        try {
            reading.read();
        } catch (IOException e) {
            // The interface says so.
        }
    }

    private static InputStream in(byte[] body) {
        return new ByteArrayInputStream(body);
    }
}
