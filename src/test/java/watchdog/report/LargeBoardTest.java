package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.ForkedJvm;
import watchdog.engine.Json;
import watchdog.policy.Decision;
import watchdog.policy.Life;
import watchdog.policy.Setup;
import watchdog.policy.Standing;

/** How ten thousand containers stand is written through a small memory. */
class LargeBoardTest {

    private static final int MANY = 10_000;

    @TempDir
    private Path folder;

    /** Of the 16 MB some 6 are for the containers themselves; the fields of all of them would take more than 20. */
    @Test
    void tenThousandContainersAreWrittenThroughASmallHeap() {
        List<String> heap = List.of("-Xmx16m", "-XX:+UseSerialGC");

        assertThat(ForkedJvm.run(folder, Writer.class, heap).out()).containsExactly("10000 containers");
    }

    /** Runs in a Java of its own. */
    static final class Writer {

        public static void main(String[] args) throws IOException {
            Board board = new Board("watchdog", () -> {});
            Instant now = Instant.now();
            for (int n = 0; n < MANY; n++) {
                Life life = Life.of("%064x".formatted(n), "container-" + n, Setup.of(Map.of()), now);
                board.changed(new Standing(life, new Decision.Leave("it is running"), null, Duration.ZERO, now));
            }
            Counting counting = new Counting();
            Json.write(board.fields(), counting);
            System.out.println(counting.names + " containers");
        }

        private Writer() {}
    }

    /** Counts the names of containers in what is written. */
    private static final class Counting extends OutputStream {

        private static final String SOUGHT = "\"name\" : \"container-";

        private int names;
        private int matched;

        @Override
        public void write(int b) {
            matched = b == SOUGHT.charAt(matched) ? matched + 1 : b == SOUGHT.charAt(0) ? 1 : 0;
            if (matched == SOUGHT.length()) {
                names++;
                matched = 0;
            }
        }
    }
}
