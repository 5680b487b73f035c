package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import watchdog.engine.DockerEngine;
import watchdog.fake.FakeEngine;
import watchdog.fake.Request;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;
import watchdog.policy.Backoff;
import watchdog.policy.CrashLoop;
import watchdog.policy.NamePattern;
import watchdog.policy.RestartMode;
import watchdog.policy.Rules;
import watchdog.policy.Trigger;
import watchdog.policy.WatchList;

/** A test of the loop with everything below it, against an engine that misbehaves on demand. */
abstract class WatchLoopBench {

    static final Duration LIMIT = Duration.ofSeconds(15);
    static final Duration INTERVAL = Duration.ofMillis(50);
    static final Duration SILENCE = Duration.ofMillis(500);
    static final String LISTING = "/containers/json";

    /** As by default, but in no mood to wait. */
    static final Rules RULES = new Rules(
            RestartMode.ALWAYS,
            Set.of(Trigger.EXITED),
            Duration.ofMillis(100),
            new Backoff(Duration.ofMillis(100), Duration.ofMillis(200)),
            Duration.ofMinutes(1),
            new CrashLoop(5, Duration.ofMinutes(10)),
            0,
            false,
            "");

    @TempDir
    Path folder;

    FakeEngine engine;
    final Told told = new Told();
    WatchLoop loop;
    Thread thread;

    @BeforeEach
    void startEngine() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        if (loop != null) {
            loop.stop(LIMIT);
            loop.awaitStarts(LIMIT);
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).as("the loop has ended").isFalse();
            // A listing under way is read to its end by a thread that keeps no process from ending.
            within(LIMIT, "all connections closed", () -> engine.openConnections() == 0);
        }
        engine.close();
    }

    final void watch(String list) {
        watch(list, RULES, INTERVAL, 8);
    }

    final void watch(String list, Rules rules, Duration interval, int parallel) {
        List<NamePattern> patterns =
                Arrays.stream(list.split(",")).map(NamePattern::parse).toList();
        DockerEngine docker =
                new DockerEngine(new HttpClient(Endpoint.parse(engine.host())), Timeouts.of(SILENCE), label -> true);
        loop = new WatchLoop(
                docker,
                new WatchList(patterns, List.of(), List.of()),
                rules,
                StopMemory.NONE,
                told,
                parallel,
                Heartbeat.NONE);
        thread = new Thread(() -> run(interval), "loop");
        thread.start();
    }

    final void run(Duration interval) {
        try {
            loop.run(interval, SILENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    final void awaitTold(String part) {
        within(LIMIT, "told: " + part, told::facts, facts -> facts.stream().anyMatch(fact -> fact.contains(part)));
    }

    /** Two listings that were asked for from now on, so that one of them has seen all that is so now. */
    final void awaitTwoPasses() {
        int before = engine.requests("GET", LISTING).size();
        within(LIMIT, "two passes", () -> engine.requests("GET", LISTING).size() >= before + 2);
    }

    /** There is no pass within the time limit of a test, so what is answered at all is answered through events. */
    final void watchByEventsAlone(Rules rules) {
        watch("web", rules, Duration.ofHours(1), 8);
        engine.awaitEventStreams(1, LIMIT);
        awaitLeft("web: it is running");
        awaitNoListing();
    }

    final void awaitLeft(String fact) {
        within(LIMIT, "left " + fact, told::left, left -> left.contains(fact));
    }

    /** The subscription has been followed by a listing, and both that one and the first are answered. */
    final void awaitNoListing() {
        engine.awaitRequests(
                2, request -> request.is("GET", LISTING) && request.ending() == Request.Ending.FINISHED, LIMIT);
    }

    static Rules with(RestartMode mode, Set<Trigger> restartOn, Duration settle) {
        return new Rules(
                mode,
                restartOn,
                settle,
                RULES.backoff(),
                RULES.resetAfter(),
                RULES.crashLoop(),
                RULES.giveUpAfter(),
                RULES.dependents(),
                RULES.self());
    }
}
