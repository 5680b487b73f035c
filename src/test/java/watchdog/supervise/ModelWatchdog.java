package watchdog.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import watchdog.policy.Backoff;

/** Watchdog from its start to its end: all that {@link WatchLoop} puts together, but on virtual time. */
final class ModelWatchdog {

    private static final Backoff BETWEEN_SUBSCRIPTIONS = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double NO_JITTER = 0.5;

    /** An event that the queue holds, or has left out, as it says the same as the one of its container before. */
    private record Heard(Signal event, Runnable onHandled) {}

    private final Scenario scenario;
    private final VirtualTime time;
    private final Dice dice;
    private final ModelDocker docker;
    private final ModelStream.Weather weather;
    private final Invariants invariants;

    private final Stage stage = new Stage();
    private final SignalQueue queue = new SignalQueue(Integer.MAX_VALUE);
    private final List<Heard> untold = new ArrayList<>();
    private final VirtualWorkers listing;
    private final VirtualWorkers inspects;
    private final VirtualWorkers starting;
    private final Poller poller;
    private final Supervisor supervisor;

    private boolean alive = true;
    private Instant stalledUntil = Instant.MIN;
    private Instant wakeAt = Instant.MAX;
    private @Nullable ModelStream stream;
    private int failures;
    private int tries;

    ModelWatchdog(
            Scenario scenario,
            VirtualTime time,
            Dice dice,
            ModelDocker docker,
            ModelEngine.Weather callWeather,
            ModelStream.Weather streamWeather,
            StopMemory memory,
            Invariants invariants) {
        this.scenario = scenario;
        this.time = time;
        this.dice = dice;
        this.docker = docker;
        this.weather = streamWeather;
        this.invariants = invariants;
        listing = new VirtualWorkers(time, stage, 1, this::signal);
        inspects = new VirtualWorkers(time, stage, scenario.parallel(), this::signal);
        starting = new VirtualWorkers(time, stage, scenario.parallel(), this::signal);
        Clock clock = stage.clock(time);
        ModelEngine engine = new ModelEngine(docker, stage, time, dice, callWeather, invariants);
        poller = new Poller(engine, scenario.watchList(), memory, clock, this::signal);
        Calls theCalls = new Calls(engine, inspects, starting, PATIENCE, clock, this::signal);
        supervisor = new Supervisor(
                scenario.watchList(),
                scenario.rules(),
                theCalls,
                () -> listing.run(this::pass),
                scenario.parallel(),
                memory,
                invariants.observer(),
                dice::fraction);
    }

    void begin() {
        subscribe();
        listing.runEvery(scenario.interval(), this::pass);
    }

    /** It chooses once what to ask for, though a stage carries out the pass again and again. */
    private void pass() {
        poller.pass(stage.once(poller::coverage));
    }

    void end() {
        alive = false;
        stage.close();
        if (stream != null) {
            stream.abandon();
            docker.hangUp(stream);
        }
    }

    /** Handles nothing for a while, as when the host is overloaded. */
    void stall(Duration length) {
        stalledUntil = time.instant().plus(length);
    }

    /** Whether starts have to wait for one another. */
    boolean isBehind() {
        return starting.isBehind();
    }

    /** How many containers it knows something of. */
    int size() {
        return supervisor.known().size();
    }

    /** Of the engine's events, of which the poller takes note before they wait. */
    private void heard(Signal signal, Runnable onHandled) {
        poller.heard(signal);
        untold.add(new Heard(signal, onHandled));
        signal(signal);
    }

    /** Whether it knows something of that container. */
    boolean knows(String id) {
        return supervisor.known().contains(id);
    }

    private void signal(Signal signal) {
        stage.once(() -> {
            boolean unused = queue.add(signal);
            Instant now = time.instant();
            time.after(
                    stalledUntil.isAfter(now) ? Duration.between(now, stalledUntil) : Duration.ZERO, this::handleNext);
        });
    }

    private void handleNext() {
        Signal signal = alive ? next() : null;
        if (signal == null) {
            return;
        }
        told(signal);
        invariants.beforeHandling(signal);
        supervisor.handle(signal, queue.isLastOfIts(signal), time.instant());
        if (signal instanceof Signal.EngineFound) {
            subscribe();
        }
        invariants.afterHandling(signal);
        tick();
    }

    private @Nullable Signal next() {
        try {
            return queue.poll(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError("nothing is waited for", e);
        }
    }

    /** An event is told, and with it those that were left out because they say the same. */
    private void told(Signal signal) {
        boolean isFound = false;
        for (Iterator<Heard> all = untold.iterator(); all.hasNext(); ) {
            Heard heard = all.next();
            boolean isSame = heard.event.equals(signal);
            if (isFound && !isSame && heard.event.about().equals(signal.about())) {
                return;
            }
            if (isSame) {
                isFound = true;
                all.remove();
                heard.onHandled.run();
            }
        }
    }

    private void tick() {
        if (!alive) {
            return;
        }
        supervisor.tick(time.instant());
        wakeAt = supervisor.nextDeadline().orElse(Instant.MAX);
        if (wakeAt.isBefore(Instant.MAX)) {
            Instant wake = wakeAt;
            Duration wait = Duration.between(time.instant(), wake);
            time.after(wait.isNegative() ? Duration.ofMillis(1) : wait.plusMillis(1), () -> {
                if (wake.equals(wakeAt)) {
                    tick();
                }
            });
        }
    }

    // The events, as EventListener listens to them

    private void subscribe() {
        if (!alive || stream != null) {
            return;
        }
        if (!docker.isUp() || scenario.has(Scenario.Trouble.EVENTS_REFUSED)) {
            ended("no events");
            return;
        }
        failures = 0;
        ModelStream opened = new ModelStream(time, dice, weather, invariants, this::heard);
        stream = opened;
        docker.subscribe(opened, () -> {
            stream = null;
            ended("the engine ended them");
        });
        opened.arrive(() -> heard(new Signal.EventsBegun(), () -> {}));
    }

    private void ended(String why) {
        heard(new Signal.EventsEnded(why), () -> {});
        failures++;
        int now = ++tries;
        time.after(BETWEEN_SUBSCRIPTIONS.after(failures, NO_JITTER), () -> {
            if (now == tries) {
                subscribe();
            }
        });
    }
}
