package watchdog.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import watchdog.fake.FakeEngine;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;

/** A test of {@link DockerEngine} against a fake one. */
abstract class DockerEngineBench {

    static final Duration DEADLINE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    FakeEngine fake;
    DockerEngine engine;

    @BeforeEach
    void start() {
        fake = FakeEngine.onUnixSocket(folder.resolve("engine.sock"));
        engine = engine(Timeouts.of(DEADLINE));
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    final DockerEngine engine(Timeouts timeouts) {
        return new DockerEngine(new HttpClient(Endpoint.parse(fake.host())), timeouts, label -> !label.equals("idle"));
    }
}
