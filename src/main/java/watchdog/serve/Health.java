package watchdog.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import watchdog.report.OneLine;

/**
 * Whether watchdog is well, for whoever asks from outside.
 *
 * @param sinceTurned how long ago the loop has turned last, which it does every ten seconds at least
 * @param engineProblem why the engine cannot be used, if it cannot
 */
record Health(Supplier<Duration> sinceTurned, Supplier<Optional<String>> engineProblem) {

    /** The loop waits for nothing that may take as long. */
    static final Duration LATE = Duration.ofSeconds(30);

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** Whether the loop turns. */
    Content alive() {
        Duration since = sinceTurned.get();
        return since.compareTo(LATE) < 0
                ? Content.line(OK, "the loop turns")
                : Content.line(UNAVAILABLE, "the loop has not turned for " + since.toSeconds() + " s");
    }

    /** Whether it also has an engine. */
    Content ready() {
        Content alive = alive();
        if (alive.status() != OK) {
            return alive;
        }
        return engineProblem
                .get()
                .map(problem -> Content.line(UNAVAILABLE, OneLine.of("the engine cannot be used: " + problem)))
                .orElse(Content.line(OK, "the loop turns, and the engine answers"));
    }
}
