package watchdog.cli;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import watchdog.http.Endpoint;
import watchdog.notify.NotifySettings;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;
import watchdog.report.Logging;
import watchdog.serve.HttpSettings;

/**
 * All that a command line says.
 *
 * @param interval from the end of a listing to the beginning of the next
 * @param endpoint where the engine listens
 * @param context the docker client's context that says so, if it is one
 * @param state the file that remembers what operators stopped, if there is to be one
 * @param run the folder by which watchdog can be asked and held, if there is to be one
 * @param http where to serve what there is to read, if anywhere
 * @param timeout how long the engine may be silent when asked
 * @param parallel how many starts may be under way at a time
 * @param once whether to make one pass only
 * @param dryRun whether to decide only, and do nothing
 * @param notifications whom to tell what, beside the log
 */
public record Config(
        WatchList watchList,
        Duration interval,
        Endpoint endpoint,
        Optional<String> context,
        Rules rules,
        Optional<Path> state,
        Optional<Path> run,
        Optional<HttpSettings> http,
        Logging.Level logLevel,
        Logging.Format logFormat,
        Duration timeout,
        int parallel,
        boolean once,
        boolean dryRun,
        NotifySettings notifications) {

    /** What a running process goes on with, each by the option that sets it. All else can be changed while it runs. */
    static final Map<String, Function<Config, Object>> FIXED = Map.ofEntries(
            entry("--host or its TLS", Config::endpoint),
            entry("--state", Config::state),
            entry("--run", Config::run),
            entry("--http", Config::http),
            entry("--log-level", Config::logLevel),
            entry("--log-format", Config::logFormat),
            entry("--timeout", Config::timeout),
            entry("--parallel", Config::parallel),
            entry("--once", Config::once),
            entry("--dry-run", Config::dryRun),
            entry("--notify and who is told by it", Config::notifications));

    /** The options that another one has otherwise, and that only a new process takes in. */
    public Set<String> needRestart(Config other) {
        return FIXED.entrySet().stream()
                .filter(option ->
                        !option.getValue().apply(this).equals(option.getValue().apply(other)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** In a sentence, which engine it is, where a context of the docker client says so. */
    public Optional<String> ofContext() {
        return context.map(name -> "the engine is the one of docker's context " + name + ": " + endpoint);
    }
}
