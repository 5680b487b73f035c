package watchdog.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import watchdog.Eventually;
import watchdog.fake.Fault;
import watchdog.http.Timeouts;

/** No answer, or one that says nothing: each is told with endpoint, request and cause, and closes its connection. */
class UnusableAnswerTest extends DockerEngineBench {

    private static final String ID = "0123456789abcdef".repeat(4);

    private static final String ROW = "{\"Id\":\"" + ID + "\"}";
    private static final String FIRST = "{\"Id\":\"" + "1".repeat(64) + "\"}";
    private static final String LAST = "{\"Id\":\"" + "f".repeat(64) + "\"}";

    static List<Arguments> lists() {
        return List.of(
                argumentSet("nothing", "", "not a JSON array"),
                argumentSet("blanks", " \n", "not a JSON array"),
                argumentSet("an object", "{\"message\":\"x\"}", "not a JSON array"),
                argumentSet("null", "null", "not a JSON array"),
                argumentSet("a text", "\"[]\"", "not a JSON array"),
                argumentSet("a bracket", "[", "the JSON array has no end"),
                argumentSet("no end", "[" + ROW, "the JSON array has no end"),
                argumentSet("half an object", "[{\"Id\":\"012", "the JSON array has no end"),
                argumentSet("two commas", "[" + ROW + ",,", "the JSON array has no end"),
                argumentSet("words", "OK", "not a JSON array"),
                argumentSet("HTML", "<html>", "not a JSON array"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void saysWhatIsWrongWithAList(String body, String cause) {
        fake.fault("*", Fault.body(body));
        String listing = "GET /containers/json?all=true: " + cause;
        assertUnreachable(() -> engine.list(container -> {}), listing);
        assertUnreachable(() -> engine.listDown(Set.of("a"), container -> {}), listing);
        assertUnreachable(engine::imageSizes, "GET /images/json: " + cause);
    }

    static List<Arguments> rowsThatCannotBeRead() {
        String watched = ROW.substring(0, ROW.length() - 1);
        return List.of(
                argumentSet("no id", "{}"),
                argumentSet("null for an id", "{\"Id\":null}"),
                argumentSet("an empty id", "{\"Id\":\"\"}"),
                argumentSet("a name for an id", "{\"Id\":\"web\"}"),
                argumentSet("an object for an id", "{\"Id\":{}}"),
                argumentSet("null", "null"),
                argumentSet("a number", "17"),
                argumentSet("a text", "\"]\\\"}\""),
                argumentSet("an array", "[[],{}]"),
                argumentSet("words", "OK"),
                argumentSet("a raw line end", "{\"Id\":\"a\nb\"}"),
                argumentSet("a wrong escape", "{\"Id\":\"\\x\"}"),
                argumentSet("a wrong number", "{\"Id\":01}"),
                argumentSet("no value", "{\"Id\":}"),
                argumentSet("more depth than sense", "{\"a\":".repeat(1000) + "1" + "}".repeat(1000)),
                argumentSet(
                        "a label that is too long",
                        watched + ",\"Labels\":{\"a\":\"" + "x".repeat(1_100_000) + "\"}}"));
    }

    /** One container that cannot be read costs only itself: what comes before and after it is read. */
    @ParameterizedTest
    @MethodSource("rowsThatCannotBeRead")
    void leavesOutOfAListingWhatCannotBeRead(String row) throws EngineException {
        fake.fault("*", Fault.body("[" + row + "," + FIRST + " , " + row + " ,\n" + LAST + "," + row + "]"));
        List<String> ids = new ArrayList<>();

        assertThat(engine.list(container -> ids.add(container.id()))).isEqualTo(2);

        assertThat(ids).containsExactly("1".repeat(64), "f".repeat(64));
    }

    /** Labels may be as long as their container's whole description. */
    @Test
    void readsALabelWithALongNameAndALongValue() throws EngineException {
        String labels = ",\"Labels\":{\"" + "k".repeat(60_000) + "\":\"" + "v".repeat(900_000) + "\"}}";
        fake.fault("*", Fault.body("[" + ROW.substring(0, ROW.length() - 1) + labels + "]"));
        List<Integer> lengths = new ArrayList<>();

        engine.list(container -> container.setup().labels().forEach((name, value) -> {
            lengths.add(name.length());
            lengths.add(value.length());
        }));

        assertThat(lengths).containsExactly(60_000, 900_000);
    }

    static List<Arguments> objects() {
        return List.of(
                argumentSet("nothing", "", "not a JSON object"),
                argumentSet("an array", "[{}]", "not a JSON object"),
                argumentSet("null", "null", "not a JSON object"),
                argumentSet("a number", "1", "not a JSON object"),
                argumentSet("half an object", "{\"Id\":\"012", "not JSON: Unexpected end-of-input"),
                argumentSet("no end", "{\"State\":{}", "not JSON: Unexpected end-of-input"),
                argumentSet("words", "OK", "not JSON: Unrecognized token 'OK'"),
                argumentSet(
                        "more depth than sense",
                        "{\"a\":".repeat(1000) + "1" + "}".repeat(1000),
                        "not JSON: Document nesting depth"));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void saysWhatIsWrongWithAnObject(String body, String cause) {
        fake.fault("*", Fault.body(body));
        assertUnreachable(engine::version, "GET /version: " + cause);
        assertUnreachable(() -> engine.inspect(ID), "GET /containers/0123456789ab/json: " + cause);
    }

    static List<Arguments> brokenAnswers() {
        return List.of(
                argumentSet("no answer", Fault.closeWithoutAnswer(), "the answer ended within its status line"),
                argumentSet("half a status line", Fault.truncateAfter(10), "the answer ended within its status line"),
                argumentSet("half a body", Fault.truncateBodyAfter(1), "the answer ended after 1 of "),
                argumentSet("not HTTP", Fault.raw("OK\r\n"), "not an HTTP status line: 'OK'"),
                argumentSet("endless headers", Fault.endlessHeaders(), "more than 100 headers"),
                argumentSet(
                        "a wrong chunk",
                        Fault.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n[{}]\r\n"),
                        "not the size of a chunk: '[{}]'"));
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void saysWhatIsWrongWithAnAnswer(Fault fault, String cause) {
        fake.fault("*", fault);
        assertUnreachable(engine::version, "GET /version: " + cause);
        assertUnreachable(engine::imageSizes, "GET /images/json: " + cause);
        Eventually.within(Duration.ofSeconds(5), "all connections closed", () -> fake.openConnections() == 0);
    }

    @Test
    void givesUpOnAnAnswerWithoutEnd() {
        fake.fault("*", Fault.endlessBlanks());
        assertUnreachable(engine::version, "GET /version: the body is longer than 4194304 bytes");
        assertUnreachable(() -> engine.inspect(ID), "GET /containers/0123456789ab/json: the body is longer than");
    }

    @Test
    void givesUpOnAListWithoutEnd() {
        fake.fault("*", Fault.endlessBlanks());
        assertUnreachable(engine::imageSizes, "GET /images/json: the body is longer than 268435456 bytes");
    }

    @Test
    void givesUpOnAListingThatGoesOnTooLong() {
        fake.fault("*", Fault.endlessBody());
        Duration total = Duration.ofMillis(300);
        Timeouts hasty = new Timeouts(total, total, total);
        assertUnreachable(
                () -> engine(hasty).list(container -> {}),
                "GET /containers/json?all=true: the answer was not complete after 300 ms");
    }

    @Test
    void saysHowLongItHasWaited() {
        fake.fault("*", Fault.hang());
        assertUnreachable(
                () -> engine(Timeouts.of(Duration.ofMillis(100))).version(), "GET /version: no answer for 100 ms");
    }

    @Test
    void saysHowLongItHasWaitedWithinAList() {
        fake.fault("*", Fault.stallAfter(400));
        fake.addMany(10, "running");
        assertUnreachable(
                () -> engine(Timeouts.of(Duration.ofMillis(100))).list(container -> {}),
                "GET /containers/json?all=true: no answer for 100 ms");
    }

    @Test
    void namesTheMissingSocketAndTheLikelyRemedy() {
        fake.stop();
        assertUnreachable(engine::version, "GET /version: no such socket: is the engine running?");
    }

    @Test
    void namesTheDeadSocketAndTheLikelyRemedy() {
        fake.stopLeavingSocketFile();
        assertUnreachable(
                () -> engine.start(ID),
                "POST /containers/0123456789ab/start: connection refused: nobody listens there, is the engine running?");
    }

    @Test
    void handsOverWhatCameBeforeAListBrokeOff() {
        fake.fault("*", Fault.body("[" + ROW + "," + ROW + ",{\"Id\":\"0123"));
        List<String> ids = new ArrayList<>();
        assertUnreachable(
                () -> engine.list(container -> ids.add(container.id())),
                "GET /containers/json?all=true: the JSON array has no end");
        assertThat(ids).containsExactly(ID, ID);
    }

    @Test
    void closesTheConnectionWhenTheConsumerFails() {
        fake.addMany(100, "running");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> engine.list(container -> {
                    throw new ArithmeticException("a test's");
                }))
                .withMessage("a test's");
        Eventually.within(Duration.ofSeconds(5), "all connections closed", () -> fake.openConnections() == 0);
    }

    @Test
    void showsOnlyAnExcerptOfAnAnswer() {
        fake.fault("*", Fault.body("x".repeat(100_000)));
        assertUnreachable(engine::version, "GET /version: not JSON: Unrecognized token 'xxx");
    }

    static List<Arguments> garbage() {
        Random random = new Random(17);
        List<Arguments> answers = new ArrayList<>();
        for (String start : List.of(
                "",
                "HTTP/1.0 200 OK\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: ",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: ",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.0 200 OK\r\n\r\n[{\"Id\":",
                "HTTP/1.0 200 OK\r\n\r\n[{\"Id\":\"")) {
            for (int n = 0; n < 5; n++) {
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                answer.writeBytes(start.getBytes(US_ASCII));
                random.ints(2000, 0, 256).forEach(answer::write);
                answers.add(argumentSet(start.isEmpty() ? "alone" : start, Fault.raw(answer.toByteArray())));
            }
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void saysWhatIsWrongWithGarbage(Fault fault) {
        fake.fault("*", fault);
        assertUnreachable(engine::version, "GET /version: ");
        assertThat(imageSizes()).as("what an array of garbage holds").isEmpty();
    }

    private Map<String, Long> imageSizes() {
        try {
            return engine.imageSizes();
        } catch (EngineException e) {
            return Map.of();
        }
    }

    private void assertUnreachable(ThrowingCallable call, String start) {
        EngineUnreachableException failure = catchThrowableOfType(EngineUnreachableException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure).hasMessageStartingWith(fake.host() + ": " + start);
        assertThat(failure.getMessage()).hasSizeLessThan(1200);
        assertThat(failure.getCause()).isNotNull();
    }
}
