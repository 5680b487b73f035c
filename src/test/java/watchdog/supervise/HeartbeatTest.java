package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.engine.DockerEngine;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.http.Endpoint;
import watchdog.policy.Fact;
import watchdog.policy.NamePattern;
import watchdog.policy.Rules;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** The loop tells that it turns as often as it is asked to, whatever the engine does, and only while it turns. */
class HeartbeatTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final Duration PERIOD = Duration.ofMillis(20);

    /** No listing, but for the first one, wakes the loop. */
    private static final Duration INTERVAL = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final AtomicInteger beats = new AtomicInteger();
    private FakeEngine engine;
    private WatchLoop loop;
    private Thread thread;

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        loop.stop(LIMIT);
        thread.join(LIMIT.toMillis());
        within(LIMIT, "all connections closed", () -> engine.openConnections() == 0);
        engine.close();
    }

    private void watch(Observer observer) {
        WatchList web = new WatchList(List.of(NamePattern.parse("web")), List.of(), List.of());
        DockerEngine docker = new DockerEngine(Endpoint.parse(engine.host()), SILENCE, web::needs);
        Heartbeat heartbeat = now -> {
            beats.incrementAndGet();
            return PERIOD;
        };
        loop = new WatchLoop(docker, web, Rules.DEFAULT, StopMemory.NONE, observer, 1, heartbeat);
        thread = new Thread(this::run, "loop");
        thread.start();
    }

    private void run() {
        try {
            loop.run(INTERVAL, SILENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void itIsToldThoughNothingHappens() {
        watch(fact -> {});

        within(LIMIT, "twenty beats", () -> beats.get() >= 20);
    }

    @Test
    void itIsToldThoughTheEngineHangs() {
        engine.fault("*", Fault.hang());
        watch(fact -> {});

        within(LIMIT, "twenty beats", () -> beats.get() >= 20);
    }

    @Test
    void itIsNotToldWhileTheLoopIsStuck() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        watch(fact -> {
            if (fact instanceof Fact.Listed) {
                stuck.countDown();
                await(free);
            }
        });
        assertThat(stuck.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        int before = beats.get();
        boolean isTold = free.await(20 * PERIOD.toMillis(), TimeUnit.MILLISECONDS) || beats.get() > before;
        free.countDown();

        assertThat(isTold).isFalse();
        within(LIMIT, "more beats", () -> beats.get() > before);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
