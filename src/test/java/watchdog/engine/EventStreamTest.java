package watchdog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.Eventually;
import watchdog.fake.FakeContainer;
import watchdog.fake.Fault;
import watchdog.fake.Request;
import watchdog.http.Timeouts;

/** The events of an engine, and all the ways in which their stream can fail; the fake sees to it that it is closed. */
class EventStreamTest extends DockerEngineBench {

    private static final String ID = "1f".repeat(32);
    private static final String DIE = "{\"Action\":\"die\",\"Actor\":{\"ID\":\"" + ID + "\"}}";
    private static final String START = DIE.replace("die", "start");

    private static final int LONGEST_LINE = 1 << 20;

    private EventStream opened() throws EngineException {
        EventStream stream = engine.events();
        fake.awaitEventStreams(1, DEADLINE);
        return stream;
    }

    private static List<String> next(EventStream stream, int count) throws EngineException {
        List<String> events = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            EngineEvent event = stream.next().orElseThrow();
            events.add(event.name() + " " + event.action());
        }
        return events;
    }

    // ---- what is told ----

    @Test
    void tellsWhatHappensFromItsOpeningOnInOrder() throws Exception {
        FakeContainer web = fake.add("web");
        try (EventStream stream = opened()) {
            web.crash(3);
            web.operatorStarts();
            web.operatorStops();
            web.rename("www");
            web.remove();

            assertThat(next(stream, 7))
                    .containsExactly(
                            "web die", "web start", "web kill", "web die", "web stop", "www rename", "www destroy");
        }
    }

    @Test
    void tellsExitCodeSignalAndLabels() throws Exception {
        FakeContainer web = fake.add("web", c -> c.label("team", "a"));
        try (EventStream stream = opened()) {
            web.operatorKills("KILL");

            assertThat(stream.next().orElseThrow())
                    .returns(web.id(), EngineEvent::id)
                    .returns(9, event -> event.signal().orElse(-1));
            assertThat(stream.next().orElseThrow())
                    .returns(137, event -> event.exitCode().orElse(-1))
                    .returns("a", event -> event.attributes().get("team"));
        }
    }

    @Test
    void tellsMemoryPausesAndHealthButNotTheNoiseOfHealthChecks() throws Exception {
        FakeContainer web = fake.add("web", c -> c.withHealth("starting"));
        try (EventStream stream = opened()) {
            web.emit("exec_create: test -e /ok");
            web.emit("exec_die", "exitCode", "1");
            web.becomes("unhealthy");
            web.emit("top");
            web.emit("pause");
            web.emit("unpause");
            web.oomOfChild();

            assertThat(next(stream, 4))
                    .containsExactly("web health_status: unhealthy", "web pause", "web unpause", "web oom");
        }
    }

    @Test
    void understandsEventsWithTheFieldsOfOldEngines() throws Exception {
        fake.oldEventFields();
        FakeContainer web = fake.add("web");
        try (EventStream stream = opened()) {
            web.crash(1);
            assertThat(next(stream, 1)).containsExactly("web die");
        }
    }

    @Test
    void understandsEventsInChunks() throws Exception {
        fake.fault(
                "/events",
                Fault.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(DIE.substring(0, 9))
                        + chunk(DIE.substring(9) + "\n" + START.substring(0, 12)) + chunk(START.substring(12) + "\n")
                        + "0\r\n\r\n"));
        try (EventStream stream = engine.events()) {
            assertThat(next(stream, 2)).containsExactly(" die", " start");
            assertThat(stream.next()).isEmpty();
        }
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    /** An event without a container's id is about nothing that could be started. */
    @ParameterizedTest
    @ValueSource(strings = {"", "web", "sha256:abc", "0123456789ab"})
    void passesOverEventsWithoutAnId(String id) throws Exception {
        fake.fault("/events", Fault.body(DIE.replace(ID, id) + "\n" + START + "\n"));
        try (EventStream stream = engine.events()) {
            assertThat(next(stream, 1)).containsExactly(" start");
        }
    }

    @Test
    void passesOverEmptyLinesAndCarriageReturns() throws Exception {
        fake.fault("/events", Fault.body("\n\r\n" + DIE + "\r\n\n\n" + START + "\n\n"));
        try (EventStream stream = engine.events()) {
            assertThat(next(stream, 2)).containsExactly(" die", " start");
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void readsALineThatIsAlmostTooLong() throws Exception {
        String start = DIE.substring(0, DIE.length() - 1) + ",\"x\":\"";
        String line = start + "x".repeat(LONGEST_LINE - start.length() - 2) + "\"}";
        fake.fault("/events", Fault.body(line + "\n"));
        try (EventStream stream = engine.events()) {
            assertThat(next(stream, 1)).containsExactly(" die");
        }
    }

    @Test
    void asksForContainersOnlyAndForNothingThatWouldMakeNoise() throws Exception {
        opened().close();
        Request request = fake.awaitRequest(r -> r.is("GET", "/events"), DEADLINE);
        assertThat(request.parameter("filters"))
                .contains("\"type\":[\"container\"]")
                .contains("\"die\"", "\"died\"", "\"destroy\"", "\"remove\"", "\"health_status\"")
                .doesNotContain("exec", "\"top\"");
        assertThat(request.parameter("since")).isEmpty();
    }

    // ---- how it ends ----

    @Test
    void endsWhenTheEngineEndsIt() throws Exception {
        FakeContainer web = fake.add("web");
        try (EventStream stream = opened()) {
            web.crash(1);
            fake.endEventStreams();
            assertThat(next(stream, 1)).containsExactly("web die");
            assertThat(stream.next()).isEmpty();
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void endsWhenTheEngineGoesAway() throws Exception {
        try (EventStream stream = opened()) {
            fake.stop();
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void takesHalfALineAtTheEndForNothing() throws Exception {
        fake.fault("/events", Fault.body("" + DIE + "\n{\"Action\":\"sta"));
        try (EventStream stream = engine.events()) {
            assertThat(next(stream, 1)).containsExactly(" die");
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void closingFromAnotherThreadEndsARead() throws Exception {
        EventStream stream = opened();
        FutureTask<String> reading = new FutureTask<>(() -> {
            try {
                return stream.next().isEmpty() ? "end" : "an event";
            } catch (EngineUnreachableException e) {
                return "end";
            }
        });
        Thread reader = new Thread(reading);
        reader.start();
        Eventually.within(DEADLINE, "the reader waits for an event", () -> isReading(reader));

        stream.close();

        assertThat(reading.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("end");
        fake.awaitEventStreams(0, DEADLINE);
    }

    private static boolean isReading(Thread thread) {
        return List.of(thread.getStackTrace()).stream()
                .anyMatch(frame -> frame.getClassName().endsWith(".TimedInputStream"));
    }

    @Test
    void closingTwiceIsNoFault() throws Exception {
        EventStream stream = opened();
        stream.close();
        stream.close();
    }

    // ---- what is no event ----

    static List<Arguments> noEvents() {
        return List.of(
                argumentSet("words", "Internal error"),
                argumentSet("half an object", "{\"Action\":\"die\""),
                argumentSet("an array", "[{\"Action\":\"die\"}]"),
                argumentSet("null", "null"),
                argumentSet("a number", "17"),
                argumentSet("blanks", "   "),
                argumentSet("HTML", "<html>"),
                argumentSet("a text that is too long", "{\"Action\":\"" + "x".repeat(LONGEST_LINE) + "\"}"),
                argumentSet("more depth than sense", "{\"a\":".repeat(1000) + "1" + "}".repeat(1000)));
    }

    @ParameterizedTest
    @MethodSource("noEvents")
    void passesOverALineThatCannotBeRead(String line) throws Exception {
        FakeContainer web = fake.add("web");
        try (EventStream stream = opened()) {
            web.crash(1);
            fake.emitLine(line);
            web.operatorStarts();
            assertThat(next(stream, 2)).containsExactly("web die", "web start");
        }
    }

    @Test
    void givesUpOnALineWithoutEnd() throws Exception {
        fake.fault("/events", Fault.endlessBlanks());
        try (EventStream stream = engine.events()) {
            assertUnreachable(stream, "more than 67108864 bytes without an end");
        }
    }

    @Test
    void saysThatAnAnswerIsShorterThanAnnounced() throws Exception {
        byte[] head = "HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        fake.fault("/events", Fault.raw(head));
        try (EventStream stream = engine.events()) {
            assertUnreachable(stream, "the answer ended after 0 of 100 bytes");
        }
    }

    private void assertUnreachable(EventStream stream, String cause) {
        EngineUnreachableException failure = catchThrowableOfType(EngineUnreachableException.class, stream::next);
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).startsWith(fake.host() + ": GET /events: " + cause);
    }

    // ---- what does not even begin ----

    @ParameterizedTest
    @CsvSource({
        "403, events are forbidden",
        "404, page not found",
        "500, unable to get events",
        "502, bad gateway",
    })
    void saysThatEventsAreRefusedInTheEnginesWords(int status, String words) {
        fake.fault("/events", Fault.status(status, words));
        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(() -> engine.events())
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(status);
                    assertThat(refusal.words()).isEqualTo(words);
                    assertThat(refusal).hasMessage(fake.host() + ": GET /events: " + status + " " + words);
                });
        awaitAllClosed();
    }

    @Test
    void saysThatAProxyRefusesThem() {
        fake.fault("/events", Fault.proxyRefusal());
        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(() -> engine.events())
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(403))
                .withMessageContaining("Request forbidden by administrative rules.");
        awaitAllClosed();
    }

    @Test
    void doesNotWaitLongForAnEngineThatDoesNotAnswer() {
        fake.fault("/events", Fault.hang());
        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> engine(Timeouts.of(Duration.ofMillis(100))).events())
                .withMessageEndingWith("no answer for 100 ms");
        awaitAllClosed();
    }

    @Test
    void saysThatNobodyIsThere() {
        fake.stop();
        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> engine.events())
                .withMessageEndingWith("no such socket: is the engine running?");
    }

    private void awaitAllClosed() {
        Eventually.within(DEADLINE, "all connections closed", () -> fake.openConnections() == 0);
    }

    // ---- silence ----

    /** Of anything else an engine that is silent for so long, or takes so long, is taken for dead. */
    @Test
    void maySayNothingForMuchLongerThanAnyOtherAnswer() throws Exception {
        Duration usual = Duration.ofMillis(300);
        FakeContainer web = fake.add("web");
        try (EventStream stream = engine(new Timeouts(DEADLINE, usual, usual)).events()) {
            fake.awaitEventStreams(1, DEADLINE);
            long begin = System.nanoTime();
            Duration quiet = usual.multipliedBy(2);
            Eventually.within(DEADLINE, "quiet for long", () -> System.nanoTime() - begin > quiet.toNanos());

            web.crash(1);

            assertThat(next(stream, 1)).containsExactly("web die");
        }
    }
}
