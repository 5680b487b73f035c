package watchdog.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import watchdog.engine.Json;
import watchdog.notify.Receiver;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.WatchdogProcess;

/** What a webhook is told of containers of a real engine, with the last lines of their own logs. */
@ExtendWith(RealEngine.class)
class NotificationsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Ends at once, with a word, until there is a file that somebody has made. */
    private static final String[] FAILS = {"sh", "-c", "echo no space left; test -e /mended && exec sleep 1000; exit 3"
    };

    private static List<Map<String, Object>> facts(Receiver receiver) throws IOException, InterruptedException {
        Map<String, Object> body = Json.read(receiver.next().body().getBytes(UTF_8));
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> facts = (List<Map<String, Object>>) body.get("facts");
        return facts;
    }

    /** What arrives, until that is among it. */
    private static Map<String, Object> arriving(Receiver receiver, String what, Container about)
            throws IOException, InterruptedException {
        List<Map<String, Object>> seen = new ArrayList<>();
        while (true) {
            for (Map<String, Object> fact : facts(receiver)) {
                if (fact.get("what").equals(what) && fact.get("container").equals(about.name())) {
                    return fact;
                }
                seen.add(fact);
            }
            assertThat(seen).as("facts before %s of %s", what, about).hasSizeLessThan(20);
        }
    }

    @Test
    void tellsThatItHasGivenUpAndThatAllIsWellAgain(RealEngine engine) throws IOException, InterruptedException {
        Container web = engine.run("web", FAILS);
        try (Receiver receiver = Receiver.begin();
                WatchdogProcess watchdog = WatchdogProcess.start(
                        "--host=" + engine.host(),
                        "--list=" + web,
                        "--settle=100ms",
                        "--backoff=100ms..100ms",
                        "--give-up-after=2",
                        "--notify=give-up",
                        "--webhook=" + receiver.origin())) {
            watchdog.awaitLine("ERROR " + web + ".*giving up", LIMIT);
            Map<String, Object> problem = arriving(receiver, "give-up", web);

            assertThat(problem)
                    .containsEntry("status", "problem")
                    .containsEntry("image", "busybox:local")
                    .containsEntry("exitCode", 3);
            assertThat((List<?>) problem.get("log"))
                    .hasSizeLessThanOrEqualTo(10)
                    .last()
                    .isEqualTo("no space left");

            engine.docker("cp", "/dev/null", web + ":/mended");
            engine.docker("start", web.name());
            assertThat(arriving(receiver, "up", web)).containsEntry("status", "recovery");
        }
    }

    @Test
    void readsTheLogOfATerminalToo(RealEngine engine) throws IOException, InterruptedException {
        Container web = engine.run("web", "--tty", "sh", "-c", "echo ready; echo no space left; exit 4");
        try (Receiver receiver = Receiver.begin();
                WatchdogProcess watchdog = WatchdogProcess.start(
                        "--host=" + engine.host(),
                        "--list=" + web,
                        "--settle=100ms",
                        // The log is read once the message is made, which must not be after the next start.
                        "--backoff=1m..1m",
                        "--webhook-log-lines=2",
                        "--webhook=" + receiver.origin())) {
            watchdog.awaitLine("went down again", LIMIT);

            assertThat(arriving(receiver, "went-down", web))
                    .containsEntry("exitCode", 4)
                    .containsEntry("log", List.of("ready", "no space left"));
        }
    }
}
