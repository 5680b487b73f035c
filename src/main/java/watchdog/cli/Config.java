package watchdog.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import watchdog.http.Endpoint;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;
import watchdog.report.Logging;

/**
 * All that a command line says.
 *
 * @param interval from the end of a listing to the beginning of the next
 * @param endpoint where the engine listens
 * @param state the file that remembers what operators stopped, if there is to be one
 * @param timeout how long the engine may be silent when asked
 * @param parallel how many starts may be under way at a time
 * @param once whether to make one pass only
 * @param dryRun whether to decide only, and do nothing
 * @param warnings what was asked for in the environment, and is not done
 */
public record Config(
        WatchList watchList,
        Duration interval,
        Endpoint endpoint,
        Rules rules,
        Optional<Path> state,
        Logging.Level logLevel,
        Duration timeout,
        int parallel,
        boolean once,
        boolean dryRun,
        List<String> warnings) {}
