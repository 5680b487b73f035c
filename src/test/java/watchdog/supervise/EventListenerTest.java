package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.engine.DockerEngine;
import watchdog.fake.FakeContainer;
import watchdog.fake.FakeEngine;
import watchdog.fake.Fault;
import watchdog.fake.Request;
import watchdog.http.Endpoint;
import watchdog.http.HttpClient;
import watchdog.http.Timeouts;

/** The listener on a thread of its own, against an engine that misbehaves on demand. */
class EventListenerTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

    private volatile boolean room = true;

    private FakeEngine engine;
    private EventListener listener;
    private Thread thread;

    @BeforeEach
    void start() {
        engine = FakeEngine.onUnixSocket(folder.resolve("d.sock"));
        DockerEngine docker =
                new DockerEngine(new HttpClient(Endpoint.parse(engine.host())), Timeouts.of(LIMIT), label -> true);
        listener = new EventListener(docker, new Signals());
        thread = new Thread(listener::listen, "listener");
    }

    @AfterEach
    void stop() throws Exception {
        listener.close();
        thread.join(LIMIT.toMillis());
        assertThat(thread.isAlive()).as("still listening").isFalse();
        engine.close();
    }

    private final class Signals implements EventListener.Sink {
        @Override
        public boolean accept(Signal signal) {
            if (signal instanceof Signal.Happened && !room) {
                return false;
            }
            return signals.add(inShort(signal));
        }

        @Override
        public boolean hasRoom() {
            return room;
        }
    }

    private static String inShort(Signal signal) {
        if (signal instanceof Signal.Happened happened) {
            return happened.event().name() + " " + happened.event().action();
        } else if (signal instanceof Signal.EventsEnded ended) {
            return "ended: " + ended.problem();
        }
        return signal instanceof Signal.EventsBegun ? "begun" : "what is none of a listener's: " + signal;
    }

    private String next() throws InterruptedException {
        String signal = signals.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(signal).as("a signal in time").isNotNull();
        return signal;
    }

    @Test
    void signalsWhatHappens() throws Exception {
        FakeContainer web = engine.add("web");
        thread.start();
        assertThat(next()).isEqualTo("begun");

        web.crash(1);
        web.operatorStarts();

        assertThat(List.of(next(), next())).containsExactly("web die", "web start");
    }

    @Test
    void subscribesAnewWhenTheStreamEnds() throws Exception {
        FakeContainer web = engine.add("web");
        thread.start();
        assertThat(next()).isEqualTo("begun");
        engine.awaitEventStreams(1, LIMIT);

        engine.endEventStreams();

        assertThat(List.of(next(), next())).containsExactly("ended: the engine ended them", "begun");
        web.crash(1);
        assertThat(next()).isEqualTo("web die");
    }

    @Test
    void endsEventsForWhichThereIsNoRoomAndBeginsThemAnewWhenThereIs() throws Exception {
        FakeContainer web = engine.add("web");
        thread.start();
        assertThat(next()).isEqualTo("begun");
        engine.awaitEventStreams(1, LIMIT);

        room = false;
        web.crash(1);
        assertThat(next()).isEqualTo("ended: they came faster than they could be taken in");
        engine.awaitEventStreams(0, LIMIT);
        listener.tryNow();
        assertThat(signals).isEmpty();

        room = true;
        assertThat(next()).isEqualTo("begun");
    }

    @Test
    void goesOnAfterALineThatIsNoEvent() throws Exception {
        FakeContainer web = engine.add("web");
        thread.start();
        assertThat(next()).isEqualTo("begun");
        engine.awaitEventStreams(1, LIMIT);

        engine.emitLine("Internal error");
        web.crash(1);

        assertThat(next()).isEqualTo("web die");
    }

    private void listenTo(Duration timeout, Duration silence) {
        HttpClient http = new HttpClient(Endpoint.parse(engine.host()));
        DockerEngine docker = new DockerEngine(http, Timeouts.of(timeout), label -> true, silence);
        listener = new EventListener(docker, new Signals());
        thread = new Thread(listener::listen, "listener");
        thread.start();
    }

    @Test
    void subscribesAnewWithoutAWordWhenNothingWasToldForLong() throws Exception {
        listenTo(LIMIT, Duration.ofMillis(300));

        for (int n = 1; n <= 3; n++) {
            assertThat(next()).isEqualTo("begun");
        }
    }

    @Test
    void saysThatAnEngineDoesNotAnswerWhenItSubscribesAnew() throws Exception {
        listenTo(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(next()).isEqualTo("begun");

        engine.fault("/events", Fault.hang());

        assertThat(next()).isEqualTo("ended: " + engine.host() + ": GET /events: no answer for 500 ms");
    }

    @Test
    void saysWhyItIsRefusedAndTriesAgainAtEverLongerIntervals() throws Exception {
        engine.fault("/events", Fault.status(403, "Forbidden"));
        thread.start();
        for (int n = 0; n < 3; n++) {
            assertThat(next()).isEqualTo("ended: " + engine.host() + ": GET /events: 403 Forbidden");
        }

        List<Request> tries = engine.awaitRequests(3, request -> request.is("GET", "/events"), LIMIT);
        Duration first = Duration.ofNanos(tries.get(1).nanoTime() - tries.get(0).nanoTime());
        Duration second =
                Duration.ofNanos(tries.get(2).nanoTime() - tries.get(1).nanoTime());
        assertThat(first).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(second).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void triesAtOnceWhenToldThatTheEngineAnswers() throws Exception {
        engine.fault("/events", Fault.status(403, "Forbidden"));
        thread.start();
        for (int n = 0; n < 4; n++) {
            assertThat(next()).startsWith("ended: ");
        }
        engine.heal();
        long begin = System.nanoTime();

        listener.tryNow();

        assertThat(next()).isEqualTo("begun");
        Duration wait = Duration.ofSeconds(4);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(wait.dividedBy(2));
    }

    @Test
    void toldThatTheEngineAnswersWhileItListensItGoesOnListening() throws Exception {
        FakeContainer web = engine.add("web");
        thread.start();
        assertThat(next()).isEqualTo("begun");

        listener.tryNow();
        web.crash(1);

        assertThat(next()).isEqualTo("web die");
        assertThat(engine.requests("GET", "/events")).hasSize(1);
    }

    @Test
    void closingEndsAReadAndSignalsNothing() throws Exception {
        thread.start();
        assertThat(next()).isEqualTo("begun");
        engine.awaitEventStreams(1, LIMIT);

        close();

        assertThat(signals).isEmpty();
    }

    @Test
    void closingEndsAWait() throws Exception {
        engine.fault("/events", Fault.status(403, "Forbidden"));
        thread.start();
        assertThat(next()).startsWith("ended: ");

        close();

        assertThat(signals).isEmpty();
    }

    @Test
    void closingWhileASubscriptionIsUnderWayEndsListening() throws Exception {
        engine.fault("/events", Fault.delayed(Duration.ofMillis(300)));
        thread.start();
        engine.awaitRequest(request -> request.is("GET", "/events"), LIMIT);

        close();
    }

    private void close() throws IOException, InterruptedException {
        listener.close();
        thread.join(LIMIT.toMillis());
        assertThat(thread.isAlive()).as("still listening").isFalse();
    }
}
