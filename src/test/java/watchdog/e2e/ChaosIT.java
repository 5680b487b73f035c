package watchdog.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;
import watchdog.Eventually;
import watchdog.e2e.ChaosContainer.Act;
import watchdog.e2e.ChaosContainer.Policy;
import watchdog.e2e.ChaosContainer.Promise;
import watchdog.real.Footprint;
import watchdog.real.RealEngine;
import watchdog.real.RealEngine.Container;
import watchdog.real.SlowDisk;
import watchdog.real.WatchdogProcess;

/**
 * Operators at random, crashes, an engine that is shut down and killed, floods of events and a watchdog that stands still,
 * beside a pipe that nobody reads and a disk that is slow. It takes a minute, or {@code -Dwatchdog.chaos.duration=10m};
 * {@code -Dwatchdog.chaos.seed=42} chooses the same acts again, though not the same moments.
 *
 * <p>It goes by rounds. At the end of each there is no more trouble, and each container is as the README's table promises
 * it. The first round is also the warm-up, after which the process holds all that it ever needs.
 */
@ExtendWith(RealEngine.class)
@Isolated("the others need the engine, and it measures time")
class ChaosIT {

    private static final Duration DURATION =
            Duration.parse("PT" + System.getProperty("watchdog.chaos.duration", "60s"));
    private static final long SEED = Long.getLong("watchdog.chaos.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration FSYNC = Duration.ofMillis(500);
    private static final Duration TO_END = Duration.ofSeconds(5);

    /** A pipe has 64 KiB; a line that does not fit into the rest of a page begins the next. */
    private static final int FULL = 48 << 10;

    private static final int OPERATORS = 3;
    private static final int CROWD = 10;

    private final Random random = new Random(SEED);
    private final ChaosOutages outages = new ChaosOutages();
    private final List<ChaosContainer> members = new ArrayList<>();
    private int rounds;
    private final AtomicInteger acts = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private volatile boolean over;
    private RealEngine engine;
    private WatchdogProcess watchdog;

    /** Always up, but when it is stopped on purpose; that it is up again shows that watchdog is at work, and time gone by. */
    private Fixture sentinel;

    private int sentinelStarts;
    private Fixture looper;
    private Fixture provider;
    private Fixture dependent;
    private Fixture racer;
    private Fixture dockersRacer;
    private Fixture bystander;
    private List<Fixture> fixtures;
    private final List<ChaosContainer> crowd = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    @Timeout(7200)
    void leavesEachContainerAsPromisedAndWatchdogAsItWas(RealEngine engine) throws IOException {
        System.out.printf("chaos of %s, -Dwatchdog.chaos.seed=%d%n", DURATION, SEED);
        this.engine = engine;
        runContainers();
        Path state = folder.resolve("state.json");
        try (WatchdogProcess started = start(state)) {
            watchdog = started;
            chaos();
            assertThat(watchdog.terminate(TO_END)).as("exit status").isEqualTo(143);
            assertRemembers(state);
            assertThat(watchdog.stderr()).isEmpty();
        } finally {
            // More than a report should have, for who wants to know why.
            Files.writeString(Path.of("target", "chaos.log"), String.valueOf(watchdog));
        }
    }

    private void chaos() {
        Instant began = Instant.now();
        watchdog.awaitLine("connected to", LIMIT);
        watchdog.hold();
        round();
        Footprint before = Footprint.of(watchdog);
        do {
            round();
        } while (Duration.between(began, Instant.now()).compareTo(DURATION) < 0);

        readOn();
        assertIsAsBefore(before);
        watchdog.hold();
        awaitFullPipe();
    }

    /** A container that no operator touches. */
    private final class Fixture {

        private final String name;
        private final String[] options;
        private Container container;

        Fixture(String name, String... options) {
            this.name = name;
            this.options = options;
            this.container = engine.run(name, options);
        }

        Container get() {
            return container;
        }

        boolean isBroken() {
            return ChaosContainer.isBrokenByEngine(engine.inspect(container, "{{.State.Error}}"));
        }

        /** Creates it anew if nobody could start it any more; returns whether it was so. */
        boolean mend() {
            boolean broken = isBroken();
            if (broken) {
                tell(container + " is created anew, for the engine could not start it");
                createAnew();
            }
            return broken;
        }

        void createAnew() {
            engine.docker("rm", "--force", container.id());
            container = engine.run(name, options);
        }
    }

    private void runContainers() {
        for (Policy policy : Policy.values()) {
            for (int number = 1; number <= 2; number++) {
                members.add(new ChaosContainer(engine, outages, "w-" + policy + "-" + number, policy));
            }
        }
        IntStream.range(0, CROWD)
                .mapToObj(number -> new ChaosContainer(engine, outages, "w-crowd-" + number, Policy.UNLESS_STOPPED))
                .forEach(crowd::add);
        Stream.concat(members.stream(), crowd.stream()).forEach(ChaosContainer::begin);
        sentinel = new Fixture("w-sentinel");
        looper = new Fixture("w-looper", "sh", "-c", "sleep 0.2; exit 3");
        provider = new Fixture("w-provider");
        // A restart by watchdog that the engine's end breaks off must not be taken for an operator's stop.
        dependent = new Fixture(
                "w-dependent",
                "--label=watchdog.policy=unless-stopped",
                "--network=container:" + engine.name("w-provider"));
        racer = new Fixture("w-racer");
        dockersRacer = new Fixture("x-racer", "--restart=always");
        bystander = new Fixture("x-bystander");
        fixtures = List.of(sentinel, looper, provider, dependent, racer, dockersRacer, bystander);
    }

    private WatchdogProcess start(Path state) {
        return WatchdogProcess.start(
                SlowDisk.of(FSYNC),
                List.of(),
                Map.of(),
                "--host=" + engine.host(),
                "--list=" + engine.name("w-*"),
                "--dependents",
                "--state=" + state,
                "--time=200ms",
                "--settle=1s",
                "--backoff=100ms..2s",
                "--reset-after=3s",
                "--log-level=debug");
    }

    private void round() {
        crashDuringABurstOfStops();
        over = false;
        List<Thread> operators = IntStream.range(0, OPERATORS)
                .mapToObj(number -> operator(new Random(random.nextLong())))
                .toList();
        rounds++;
        Runnable outage = rounds % 2 == 1 ? this::crashEngine : this::shutEngineDown;
        List<Runnable> troubles = new ArrayList<>(List.of(this::flood, this::standStill, outage));
        Collections.shuffle(troubles, random);
        try {
            for (Runnable trouble : troubles) {
                awaitActs(4 + random.nextInt(8));
                trouble.run();
            }
            awaitActs(4);
        } finally {
            over = true;
            operators.forEach(ChaosIT::join);
        }
        assertThat(failures).isEmpty();
        long leftOut = everybody()
                .filter(one -> one.promise() == Promise.EITHER)
                .peek(one -> System.out.println("left out: " + one))
                .count();
        tell(leftOut + " left out");
        assertThat(leftOut).as("so many that there is little to judge").isLessThan(members.size() / 2);
        assertAllAreAsPromised();
        everybody()
                .filter(one -> one.promise() == Promise.EITHER)
                .forEach(one -> one.act(choices -> choices.contains(Act.START) ? Act.START : Act.RESTART));
        awaitFullPipe();
    }

    private Stream<ChaosContainer> everybody() {
        return Stream.concat(members.stream(), crowd.stream());
    }

    private Thread operator(Random dice) {
        Thread operator = new Thread(() -> {
            try {
                while (!over && failures.isEmpty()) {
                    ChaosContainer one = members.get(dice.nextInt(members.size()));
                    one.act(choices -> choices.get(dice.nextInt(choices.size())));
                    acts.incrementAndGet();
                }
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
            }
        });
        operator.setDaemon(true);
        operator.start();
        return operator;
    }

    private static void join(Thread thread) {
        try {
            thread.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).as("an operator is still at work").isFalse();
    }

    private void tell(String what) {
        System.out.printf("%s after %d acts: %s%n", LocalTime.now(ZoneId.systemDefault()), acts.get(), what);
    }

    private void awaitActs(int more) {
        int enough = acts.get() + more;
        Eventually.within(LIMIT, more + " acts more", () -> acts.get() >= enough || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }

    /** What each stop costs must not be paid by who crashes then; Docker itself, which has the same load, is the measure. */
    private void crashDuringABurstOfStops() {
        tell("burst of stops");
        ChaosContainer.startAll(engine, crowd);
        Thread stops = new Thread(() -> ChaosContainer.stopAll(engine, crowd));
        stops.start();
        Eventually.within(
                LIMIT,
                "the first are stopped",
                () -> engine.docker("ps", "--all", "--filter=status=exited", "--filter=name=" + engine.name("w-crowd")),
                exited -> exited.lines().count() > 1);
        Instant crashed = engine.kill9(racer.get());
        Instant dockersCrashed = engine.kill9(dockersRacer.get());
        Duration watchdogs = Duration.between(crashed, engine.awaitStartedAfter(racer.get(), crashed, LIMIT));
        Duration dockers =
                Duration.between(dockersCrashed, engine.awaitStartedAfter(dockersRacer.get(), dockersCrashed, LIMIT));
        join(stops);
        ChaosOutages.awaitProof(Instant.now());
        String race = "crash to start in a burst of stops: watchdog %d ms, Docker %d ms"
                .formatted(watchdogs.toMillis(), dockers.toMillis());
        assertThat(watchdogs).as(race).isLessThan(dockers.multipliedBy(2).plusSeconds(2));
        tell(race);
    }

    private void flood() {
        tell("flood");
        engine.docker("start", bystander.get().id());
        engine.docker(Stream.concat(
                        Stream.of("kill", "--signal=WINCH"),
                        Stream.generate(() -> bystander.get().id()).limit(50))
                .toArray(String[]::new));
    }

    private void standStill() {
        tell("standing still");
        Instant since = Instant.now();
        watchdog.signal("STOP");
        try {
            awaitActs(6);
        } finally {
            watchdog.signal("CONT");
        }
        outages.deaf(since, Instant.now());
    }

    private void shutEngineDown() {
        tell("shutting the engine down");
        Instant before = Instant.now();
        outages.begin();
        engine.shutDownEngine();
        comeBack(before);
    }

    /** Some die while there is no engine to see it. */
    private void crashEngine() {
        tell("crashing the engine");
        List<Long> dying = members.stream().limit(4).map(ChaosContainer::pid).toList();
        Instant before = Instant.now();
        outages.begin();
        engine.crashEngine();
        dying.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        comeBack(before);
    }

    private void comeBack(Instant before) {
        tell("starting the engine");
        engine.startEngine();
        outages.engineIsBack();
        Eventually.within(
                LIMIT,
                "watchdog is back",
                () -> sentinel.isBroken() || engine.startedAt(sentinel.get()).isAfter(before));
        if (sentinel.mend()) {
            stopSentinel();
        } else {
            sentinelStarts++;
        }
        outages.watchdogIsBack();
        tell("watchdog is back");
    }

    private void assertAllAreAsPromised() {
        tell("judging");
        everybody()
                .filter(one -> one.promise() == Promise.UP)
                .forEach(one -> Eventually.within(
                        LIMIT,
                        "it is up",
                        () -> {
                            one.mend();
                            return one.wrong();
                        },
                        String::isEmpty));
        if (provider.mend()) {
            dependent.createAnew();
        }
        for (Fixture one : fixtures) {
            one.mend();
        }
        // What is left down is left down for longer than the settle time and the back-off.
        stopSentinel();
        stopSentinel();

        assertThat(everybody().map(ChaosContainer::wrong).filter(wrong -> !wrong.isEmpty()))
                .isEmpty();
        Instant looped = engine.startedAt(looper.get());
        Eventually.within(
                LIMIT,
                "the one that keeps crashing is started",
                () -> looper.mend() || engine.startedAt(looper.get()).isAfter(looped));
        Eventually.within(
                LIMIT,
                "the one that lives in another's network has it",
                () -> !dependent.mend() && network(dependent).equals(network(provider)));
        Eventually.within(LIMIT, "the racer is up", () -> engine.isRunning(racer.get()));
    }

    private void stopSentinel() {
        engine.docker("stop", "--time=1", sentinel.get().id());
        Instant unused = engine.awaitStartedAfter(sentinel.get(), engine.finishedAt(sentinel.get()), LIMIT);
        sentinelStarts++;
    }

    private Path network(Fixture fixture) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(engine.pid(fixture.get())), "ns", "net"));
    }

    private void awaitFullPipe() {
        Eventually.within(LIMIT, "the pipe is full", watchdog::unread, bytes -> bytes > FULL);
    }

    /** Each start is told, or that lines were lost. */
    private void readOn() {
        watchdog.release();
        stopSentinel();
        String lost = "\\d+ lines were lost";
        Eventually.within(
                LIMIT,
                "each start of " + sentinel.get() + " is told, or how many lines were lost",
                () -> !watchdog.linesWith(lost).isEmpty()
                        || watchdog.linesWith(sentinel.get() + ".*: starting, because")
                                        .size()
                                >= sentinelStarts);
        tell(watchdog.linesWith(lost).toString());
    }

    private void assertIsAsBefore(Footprint before) {
        Footprint after = Eventually.within(
                LIMIT,
                "it holds no more than " + before,
                () -> Footprint.of(watchdog),
                now -> now.descriptors() <= before.descriptors()
                        && now.threads() <= before.threads() + 2
                        && now.live() <= before.live() * 1.25 + 512
                        && now.resident() <= before.resident() * 1.5);
        System.out.printf("before: %s%nafter:  %s%n", before, after);
    }

    /** The state file is whole, and has what operators have stopped. */
    private void assertRemembers(Path state) throws IOException {
        assertThat(new JsonMapper().readTree(state).path("watchdog").intValue(0))
                .isEqualTo(1);
        assertThat(state)
                .content()
                .contains(everybody()
                        .filter(ChaosContainer::isKeptDown)
                        .map(ChaosContainer::id)
                        .toList());
        for (ChaosContainer one :
                everybody().filter(one -> one.promise() == Promise.UP).toList()) {
            assertThat(state).content().doesNotContain(one.id());
        }
    }
}
