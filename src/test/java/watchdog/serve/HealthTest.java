package watchdog.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of the loop and of the engine. */
class HealthTest {

    private static Health health(Duration sinceTurn, String engineProblem) {
        return new Health(() -> sinceTurn, () -> Optional.of(engineProblem).filter(problem -> !problem.isEmpty()));
    }

    /** Status and text. */
    private static String text(Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.body().write(out);
        return content.status() + " " + out.toString(UTF_8);
    }

    @Test
    void aLoopThatTurnsIsAlive() throws IOException {
        assertThat(text(health(Duration.ofSeconds(25), "refused").alive())).isEqualTo("200 the loop turns\n");
    }

    @Test
    void aLoopThatHasStoppedIsNeitherAliveNorReady() throws IOException {
        String late = "503 the loop has not turned for 31 s\n";

        assertThat(text(health(Duration.ofMillis(31_500), "").alive())).isEqualTo(late);
        assertThat(text(health(Duration.ofMillis(31_500), "").ready())).isEqualTo(late);
    }

    @Test
    void itIsReadyWithAnEngineOnly() throws IOException {
        assertThat(text(health(Duration.ZERO, "").ready())).isEqualTo("200 the loop turns, and the engine answers\n");
        assertThat(text(health(Duration.ZERO, "no\nsocket").ready()))
                .isEqualTo("503 the engine cannot be used: no socket\n");
    }
}
