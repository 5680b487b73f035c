package watchdog.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.fake.FakeContainer;
import watchdog.fake.Fault;

/** An engine, or a proxy before it, says no: its own words come out, in one line. */
class RefusalTest extends DockerEngineBench {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | failed to create shim task: exec: \"nope\": executable file not found in $PATH",
                "404 | network backend not found",
                "409 | cannot start a paused container, try unpause instead",
                "500 | driver failed: Bind for 0.0.0.0:80 failed: port is already allocated",
            })
    void passesOnWhyAStartWasRefused(int status, String message) {
        FakeContainer web = fake.add("web", c -> c.exited(1).startRefusedWith(status, message));
        EngineRefusedException refusal = refusalOf(() -> engine.start(web.id()));
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.words()).isEqualTo(message);
        assertThat(refusal.isNotFound()).isEqualTo(status == 404);
        assertThat(refusal)
                .hasMessage("%s: POST /containers/%s/start: %d %s"
                        .formatted(fake.host(), web.id().substring(0, 12), status, message));
    }

    @Test
    void saysThatAContainerIsGone() {
        String id = "0123456789ab".repeat(5) + "cdef";
        EngineRefusedException refusal = refusalOf(() -> engine.start(id));
        assertThat(refusal.isNotFound()).isTrue();
        assertThat(refusal)
                .hasMessage(fake.host() + ": POST /containers/0123456789ab/start: 404 No such container: " + id);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 300, 301, 303, 305, 400, 401, 403, 405, 499, 500, 502, 503, 504, 599})
    void takesAnythingButSuccessForARefusal(int status) {
        fake.fault("*", Fault.status(status, "in other words"));
        for (ThrowingCallable call : everythingThatCanBeAsked()) {
            EngineRefusedException refusal = refusalOf(call);
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.words()).isEqualTo("in other words");
        }
    }

    @Test
    void readsAProxysPageAsWordsInOneLine() {
        fake.fault("*", Fault.proxyRefusal());
        assertThat(refusalOf(engine::version))
                .hasMessage(fake.host() + ": GET /version: 403 Forbidden Request forbidden by administrative rules.");
    }

    static List<Arguments> refusalBodies() {
        return List.of(
                argumentSet("Docker's", "{\"message\":\"no space left on device\"}\n", "no space left on device"),
                argumentSet(
                        "Podman's",
                        "{\"cause\":\"no such container\",\"message\":\"no container with name x\",\"response\":404}",
                        "no container with name x"),
                argumentSet("none", "", ""),
                argumentSet("an empty message", "{\"message\":\"\"}", ""),
                argumentSet("JSON without a message", "{\"error\":\"broken\"}", "{\"error\":\"broken\"}"),
                argumentSet("a message that is no text", "{\"message\":{\"a\":1}}", "{\"message\":{\"a\":1}}"),
                argumentSet("an array", "[1, 2]", "[1, 2]"),
                argumentSet("plain text", "page not found\n", "page not found"),
                argumentSet("JSON cut short", "{\"message\":\"bro", "{\"message\":\"bro"),
                argumentSet("a page that begins with the status", "<h1>500 Internal\n</h1>", "Internal"),
                argumentSet("a page that begins with another number", "<h1>5000 errors</h1>", "5000 errors"),
                argumentSet(
                        "HTML with attributes and comments",
                        "<!DOCTYPE html>\n<p\n class=\"a\">Bad <b>gateway</b><!-- nginx -->\r\n</p>",
                        "Bad gateway"),
                argumentSet("lines", "{\"message\":\"one\\ntwo\\r\\n\\tthree  four\\n\"}", "one two three four"),
                argumentSet("lines in plain text", "one\ntwo\r\n\tthree\n", "one two three"),
                argumentSet("letters of other scripts", "{\"message\":\"没有 ßpace\"}", "没有 ßpace"));
    }

    @ParameterizedTest
    @MethodSource("refusalBodies")
    void putsTheWordsOfARefusalInOneLine(String body, String words) {
        fake.fault("*", Fault.raw("HTTP/1.0 500 Internal Server Error\r\n\r\n" + body));
        EngineRefusedException refusal = refusalOf(engine::version);
        assertThat(refusal.words()).isEqualTo(words);
        assertThat(refusal).hasMessage(fake.host() + ": GET /version: 500" + (words.isEmpty() ? "" : " " + words));
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1000})
    void passesOnALongMessage(int length) {
        fake.fault("*", Fault.status(500, "x".repeat(length)));
        assertThat(refusalOf(engine::version).words()).isEqualTo("x".repeat(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 10_000, 10_000_000})
    void boundsALongerOne(int length) {
        fake.fault("*", Fault.status(500, "x".repeat(length)));
        assertThat(refusalOf(engine::version).words()).hasSize(1003).endsWith("xxx...");
    }

    @Test
    void doesNotCutACharacterInTwo() {
        fake.fault("*", Fault.status(500, "x".repeat(999) + "\ud83d\udc33".repeat(2)));
        String words = refusalOf(engine::version).words();
        assertThat(UTF_8.newEncoder().canEncode(words)).as(words).isTrue();
    }

    @Test
    void doesNotReadARefusalWithoutEnd() {
        fake.fault("*", exchange -> {
            exchange.wire().write("HTTP/1.0 500 Internal Server Error\r\n\r\n".getBytes(US_ASCII));
            while (!exchange.clientGone()) {
                exchange.wire().write('x');
            }
        });
        assertThat(refusalOf(engine::version).words()).hasSize(1003);
    }

    @Test
    void readsAPageOfAngleBracketsInNoTime() {
        fake.fault("*", Fault.raw("HTTP/1.0 500 Internal Server Error\r\n\r\n" + "<".repeat(20_000)));
        long begin = System.nanoTime();
        assertThat(refusalOf(engine::version).words()).hasSize(1003);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }

    /** The status has come; what is missing is only the reason. */
    @Test
    void knowsTheRefusalWhoseWordsDoNotCome() {
        fake.fault("*", Fault.raw("HTTP/1.0 502 Bad Gateway\r\nContent-Length: 10\r\n\r\nbad"));
        assertThat(refusalOf(engine::version)).hasMessageStartingWith(fake.host() + ": GET /version: 502");
    }

    private List<ThrowingCallable> everythingThatCanBeAsked() {
        String id = "0123456789abcdef".repeat(4);
        return List.of(
                engine::version,
                engine::imageSizes,
                () -> engine.list(container -> {}),
                () -> engine.inspect(id),
                () -> engine.start(id),
                () -> engine.restart(id, Duration.ofSeconds(1)));
    }

    private static EngineRefusedException refusalOf(ThrowingCallable call) {
        EngineRefusedException refusal = catchThrowableOfType(EngineRefusedException.class, call);
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
