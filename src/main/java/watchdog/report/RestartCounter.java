package watchdog.report;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import watchdog.policy.RestartCause;

/**
 * Counts starts and restarts by the names of containers; what nothing is called any more has no series. It is told on one
 * thread, and its counter is read on any.
 */
final class RestartCounter {

    private final Counter counter = Counter.builder()
            .name("watchdog_restarts_total")
            .help("Starts and restarts that the engine was asked for, by what they answer and what became of them.")
            .labelNames("container", "cause", "outcome")
            .build();

    private final Map<String, Named> named = new HashMap<>();

    /** How many containers have a name, and the labels of its series: to look for either among all would take too long. */
    private static final class Named {
        private int containers;
        private final Set<List<String>> labels = new HashSet<>();
    }

    Counter counter() {
        return counter;
    }

    /** One container more has that name. */
    void add(String name) {
        // For a counter that is 1 when it is first seen has not grown, as Prometheus sees it.
        counter.initLabelValues(labels(name, RestartCause.CRASH, "up"));
        named(name).containers++;
    }

    /** One container less has that name, which some had. */
    void remove(String name) {
        Named its = named(name);
        its.containers--;
        if (its.containers == 0) {
            named.remove(name);
            its.labels.forEach(labels -> counter.remove(labels.toArray(String[]::new)));
        }
    }

    /** A start or restart of a container that has that name, which was added. */
    void count(String name, RestartCause cause, String outcome) {
        counter.labelValues(labels(name, cause, outcome)).inc();
    }

    /** Those labels, which are remembered. */
    private String[] labels(String name, RestartCause cause, String outcome) {
        String[] labels = {name, cause.toString(), outcome};
        named(name).labels.add(List.of(labels));
        return labels;
    }

    private Named named(String name) {
        return named.computeIfAbsent(name, anew -> new Named());
    }
}
