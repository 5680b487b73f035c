package watchdog.report;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Decision;
import watchdog.policy.Fact;
import watchdog.policy.Outcome;
import watchdog.policy.Standing;

/**
 * What has happened, and what is so now, in numbers for Prometheus. It is told by the loop and read by whoever asks, on any
 * thread: the client's counters, gauges and histograms are made for that, and how the containers stand is kept as values in a
 * concurrent map. So a reader may see two numbers as they were a moment apart, but none that never was.
 */
public final class Metrics implements Observer, NotificationCounter {

    /** The media type of what is written. */
    public static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double[] OF_DOWNTIME = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800};
    private static final double[] OF_LISTING = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60};

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final List<Collector> all = new CopyOnWriteArrayList<>();
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private boolean haveEventsBegun;

    private final RestartCounter restarts = new RestartCounter();
    private final Histogram downtime = add(Histogram.builder()
            .name("watchdog_downtime_seconds")
            .help("From the exit of a container to its start by watchdog, by the engine's clock.")
            .labelNames("cause")
            .classicOnly()
            .classicUpperBounds(OF_DOWNTIME)
            .build());
    private final Gauge engineUp = add(Gauge.builder()
            .name("watchdog_engine_up")
            .help("Whether the engine lists its containers.")
            .build());
    private final Histogram listing = add(Histogram.builder()
            .name("watchdog_engine_listing_seconds")
            .help("How long the engine takes to list containers.")
            .classicOnly()
            .classicUpperBounds(OF_LISTING)
            .build());
    private final Gauge eventsConnected = add(Gauge.builder()
            .name("watchdog_engine_events_connected")
            .help("Whether the engine's events are read.")
            .build());
    private final Counter eventsReconnects = add(Counter.builder()
            .name("watchdog_engine_events_reconnects_total")
            .help("How often the engine's events have begun again.")
            .build());
    private final Counter notifications = add(Counter.builder()
            .name("watchdog_notifications_total")
            .help("What became of notifications: sent, tried again, or dropped.")
            .labelNames("target", "outcome")
            .build());

    /**
     * Makes one.
     *
     * @param version of watchdog
     */
    public Metrics(String version) {
        add(restarts.counter());
        gauge("watchdog_containers_watched", "How many containers are watched.", () -> byName().size());
        gaugeOfEach("well", "Whether it is up, or left as it is by the rules.", Standing::isWell);
        gaugeOfEach("down", "Whether it neither runs nor is paused.", Standing::isDown);
        gaugeOfEach("waiting", "Whether its next start or restart is put off.", is(Decision.Kind.WAIT));
        gaugeOfEach("given_up", "Whether it is left until somebody starts it.", is(Decision.Kind.GIVE_UP));
        gaugeOfEach("held", "Whether a hold keeps it from being touched.", standing -> standing.hold() != null);
        gaugeOfEach(
                "crash_loop",
                "Whether it is in a crash loop.",
                standing -> standing.life().telling().crashLoop());
        Info build = add(Info.builder()
                .name("watchdog_build_info")
                .help("The version of watchdog and the Java that it runs on.")
                .labelNames("version", "java")
                .build());
        build.setLabelValues(version, System.getProperty("java.version"));
    }

    /**
     * Has numbers of the loop, too.
     *
     * @param sinceTurned how long ago it has turned last
     * @param queued how many signals wait for it
     */
    public void watch(Supplier<Duration> sinceTurned, IntSupplier queued) {
        gauge(
                "watchdog_loop_since_turn_seconds",
                "How long ago the loop has turned last, which it does every ten seconds at least.",
                () -> seconds(sinceTurned.get()));
        gauge("watchdog_loop_queue_length", "How many signals wait for the loop.", queued::getAsInt);
    }

    private <C extends Collector> C add(C collector) {
        all.add(collector);
        return collector;
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        add(GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .build());
    }

    private void gaugeOfEach(String what, String help, Predicate<Standing> isSo) {
        add(GaugeWithCallback.builder()
                .name("watchdog_container_" + what)
                .help(help)
                .labelNames("container")
                .callback(callback ->
                        byName().forEach((name, standing) -> callback.call(isSo.test(standing) ? 1 : 0, name)))
                .build());
    }

    private static Predicate<Standing> is(Decision.Kind kind) {
        return standing -> standing.decision().kind() == kind;
    }

    /** Two may have the same name for a moment, as when a container is created anew. */
    private Map<String, Standing> byName() {
        Map<String, Standing> byName = new TreeMap<>();
        standings.values().forEach(standing -> byName.put(standing.life().name(), standing));
        return byName;
    }

    @Override
    public void tell(Fact fact) {
        if (fact instanceof Fact.Finished finished) {
            count(finished);
        } else if (fact instanceof Fact.Listed listed) {
            engineUp.set(1);
            listing.observe(seconds(listed.took()));
        } else if (fact instanceof Fact.EngineLost) {
            engineUp.set(0);
        } else if (fact instanceof Fact.EventsBegun) {
            eventsConnected.set(1);
            eventsReconnects.inc(haveEventsBegun ? 1 : 0);
            haveEventsBegun = true;
        } else if (fact instanceof Fact.EventsEnded) {
            eventsConnected.set(0);
        }
    }

    private void count(Fact.Finished finished) {
        Standing standing = standings.get(finished.container().id());
        // What is told of a container that is gone by then would be kept for ever.
        if (standing == null || !finished.outcome().isTry()) {
            return;
        }
        restarts.count(
                standing.life().name(),
                finished.cause(),
                FactFields.of(finished).what().toString());
        if (finished.outcome() instanceof Outcome.Up up && up.down() != null) {
            downtime.labelValues(finished.cause().toString()).observe(seconds(up.down()));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Override
    public void changed(Standing standing) {
        String name = standing.life().name();
        Standing before = standings.put(standing.life().id(), standing);
        if (before == null || !before.life().name().equals(name)) {
            restarts.add(name);
            dropName(before);
        }
    }

    @Override
    public void forgotten(String id) {
        dropName(standings.remove(id));
    }

    private void dropName(@Nullable Standing before) {
        if (before != null) {
            restarts.remove(before.life().name());
        }
    }

    @Override
    public void count(String target, Result result) {
        notifications
                .labelValues(target, result.toString().toLowerCase(Locale.ROOT))
                .inc();
    }

    /** Writes all of them, each as it is at this moment, in Prometheus' text format. On any thread. */
    public void write(OutputStream out) throws IOException {
        // Not through a registry, which would have the numbers of all, and of thousands of containers, in memory at
        // once.
        for (Collector collector : all) {
            writer.write(out, MetricSnapshots.of(collector.collect()));
        }
    }
}
