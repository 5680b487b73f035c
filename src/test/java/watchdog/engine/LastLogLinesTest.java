package watchdog.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import watchdog.fake.FakeContainer;
import watchdog.fake.Fault;
import watchdog.fake.Request;

/** The last lines of a container's log: what is asked for, and the two forms in which engines answer. */
class LastLogLinesTest extends DockerEngineBench {

    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private static byte[] frame(int stream, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .put((byte) stream)
                .position(4)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static List<String> lines(int count, byte[]... parts) throws IOException {
        return ContainerLog.lines(new ByteArrayInputStream(joined(parts)), count);
    }

    private FakeContainer answering(byte[]... parts) {
        FakeContainer web = fake.add("web");
        byte[] head = "HTTP/1.0 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n".getBytes(UTF_8);
        fake.fault("/containers/" + web.id() + "/logs", Fault.raw(joined(head, joined(parts))));
        return web;
    }

    @Test
    void asksForTheLastLinesOfBothStreams() throws EngineException {
        FakeContainer web = answering(frame(STDOUT, "ready\n"), frame(STDERR, "no space left\n"));

        assertThat(engine.lastLogLines(web.id(), 10)).containsExactly("ready", "no space left");

        assertThat(fake.requests())
                .singleElement()
                .returns("GET", Request::method)
                .returns("/containers/" + web.id() + "/logs", Request::path)
                .returns("stdout=1&stderr=1&tail=10", Request::query);
    }

    @Test
    void readsTheBytesOfATerminalAsTheyAre() throws EngineException {
        FakeContainer web = answering("ready\r\nno space left\r\n".getBytes(UTF_8));

        assertThat(engine.lastLogLines(web.id(), 10)).containsExactly("ready", "no space left");
    }

    @Test
    void aRefusalIsOne() {
        FakeContainer web = fake.add("web");
        fake.fault("/containers/*/logs", Fault.status(501, "configured logging driver does not support reading"));

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(() -> engine.lastLogLines(web.id(), 10))
                .returns("configured logging driver does not support reading", EngineRefusedException::words);
    }

    @Test
    void nothingIsAskedForByWhatIsNoId() {
        assertThatIllegalArgumentException().isThrownBy(() -> engine.lastLogLines("../version?", 10));
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void noMoreThanWasAskedForIsKept() throws IOException {
        assertThat(lines(2, "a\nb\nc\n".getBytes(UTF_8))).containsExactly("b", "c");
        assertThat(lines(2)).isEmpty();
    }

    @Test
    void aLongLineComesInSeveralFrames() throws IOException {
        assertThat(lines(5, frame(STDOUT, "begin "), frame(STDOUT, "ü end\nnext")))
                .containsExactly("begin ü end", "next");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 12})
    void whatBreaksOffIsReadUntilThere(int length) throws IOException {
        byte[] cut = new byte[length];
        System.arraycopy(frame(STDERR, "no space"), 0, cut, 0, length);

        assertThat(lines(5, frame(STDOUT, "ready\n"), cut)).startsWith("ready").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aLengthThatCannotBeIsNone() throws IOException {
        byte[] frame = frame(STDOUT, "ready\n");
        frame[4] = -1;

        assertThat(lines(5, frame)).containsExactly("ready");
    }

    @Test
    void anEndlessAnswerIsReadUpToAMegabyte() throws EngineException {
        FakeContainer web = fake.add("web");
        fake.fault("/containers/*/logs", Fault.endlessBlanks());

        assertThat(engine.lastLogLines(web.id(), 1)).singleElement().asString().hasSize(1 << 20);
    }
}
