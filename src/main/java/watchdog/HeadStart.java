package watchdog;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import watchdog.http.Endpoint;

/** Has ready what the first request takes, by a thread beside the one that reads the command line. */
final class HeadStart {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> NO_REQUEST = Set.of("-h", "--help", "-V", "--version");

    private HeadStart() {}

    /** Begins, unless the words of the command line, not yet understood, show that there is nothing to connect to. */
    static void begin(String[] args, Map<String, String> environment) {
        boolean needless = Stream.concat(Stream.of(args), Stream.of(environment.getOrDefault("DOCKER_HOST", "")))
                .anyMatch(word -> NO_REQUEST.contains(word) || word.contains("tcp://"));
        if (!needless) {
            Thread thread = new Thread(Endpoint::prepare, "head start");
            thread.setDaemon(true);
            thread.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(thread), "head start's end"));
        }
    }

    /** A native library that is still being unpacked when the process ends would be left behind. */
    private static void await(Thread thread) {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
