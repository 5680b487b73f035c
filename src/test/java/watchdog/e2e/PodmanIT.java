package watchdog.e2e;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import watchdog.real.RealPodman;

/** The packaged jar against a real Podman, which does not tell a crash from a stop: so it takes the settle time. */
@ExtendWith(RealPodman.class)
class PodmanIT extends CoreTests {

    @Override
    Duration longest() {
        return Duration.ofSeconds(12);
    }

    @Override
    String crashed() {
        return "it exited with code 137";
    }
}
