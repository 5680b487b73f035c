package watchdog.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkedInputStreamTest {

    static List<Arguments> bodies() {
        return List.of(
                argumentSet("one chunk", "5\r\nhello\r\n0\r\n\r\n", "hello"),
                argumentSet("several chunks", "5\r\nhello\r\n1\r\n,\r\n6\r\n world\r\n0\r\n\r\n", "hello, world"),
                argumentSet("no chunk", "0\r\n\r\n", ""),
                argumentSet("several zeros for the last one", "5\r\nhello\r\n000\r\n\r\n", "hello"),
                argumentSet("line feeds without carriage returns", "5\nhello\n0\n\n", "hello"),
                argumentSet("hexadecimal, lower case", "b\r\nhello world\r\n0\r\n\r\n", "hello world"),
                argumentSet("hexadecimal, upper case", "B\r\nhello world\r\n0\r\n\r\n", "hello world"),
                argumentSet("two digits", "10\r\n0123456789abcdef\r\n0\r\n\r\n", "0123456789abcdef"),
                argumentSet("leading zeros", "00000005\r\nhello\r\n0\r\n\r\n", "hello"),
                argumentSet("an extension", "5;name=value\r\nhello\r\n0;last\r\n\r\n", "hello"),
                argumentSet("an extension with blanks", "5 ; name=\"a;b\"\r\nhello\r\n0\r\n\r\n", "hello"),
                argumentSet("trailers", "5\r\nhello\r\n0\r\nDigest: x\r\nOther: y\r\n\r\n", "hello"),
                argumentSet("line ends within a chunk", "9\r\n0\r\n\r\n5\r\nh\r\n0\r\n\r\n", "0\r\n\r\n5\r\nh"),
                argumentSet("bytes beyond ASCII", "3\r\n\u0000\u0085\u00ff\r\n0\r\n\r\n", "\u0000\u0085\u00ff"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void decodesABody(String wire, String body) throws IOException {
        assertThat(Wire.rest(chunked(wire))).isEqualTo(body);
        assertThat(Wire.restByBytes(chunked(wire))).isEqualTo(body);
        assertThat(Wire.rest(new ChunkedInputStream(Wire.dripping(wire)))).isEqualTo(body);
    }

    static List<Arguments> malformed() {
        return List.of(
                argumentSet("no size", "\r\nhello\r\n0\r\n\r\n", "not the size of a chunk: ''"),
                argumentSet("an extension only", ";name=value\r\n", "not the size of a chunk: ''"),
                argumentSet("no number", "five\r\nhello\r\n", "not the size of a chunk: 'five'"),
                argumentSet("negative", "-5\r\nhello\r\n", "not the size of a chunk: '-5'"),
                argumentSet("a plus sign", "+5\r\nhello\r\n", "not the size of a chunk: '+5'"),
                argumentSet("a prefix", "0x5\r\nhello\r\n", "not the size of a chunk: '0x5'"),
                argumentSet("more than four bytes", "100000000\r\n", "not the size of a chunk: '100000000'"),
                argumentSet("longer than announced", "4\r\nhello\r\n0\r\n\r\n", "a chunk is longer than announced"),
                argumentSet("shorter than announced", "7\r\nhello\r\n0\r\n\r\n", "a chunk is longer than announced"),
                argumentSet("not chunked at all", "[{}]\r\n", "not the size of a chunk: '[{}]'"),
                argumentSet("an endless size", "1".repeat(8193), "the chunk size is longer than 8192 bytes"),
                argumentSet(
                        "an endless extension", "1;" + "x".repeat(8191), "the chunk size is longer than 8192 bytes"),
                argumentSet("an endless trailer", "0\r\n" + "x".repeat(8193), "the trailer is longer than 8192 bytes"),
                argumentSet("too many trailers", "0\r\n" + "A: b\r\n".repeat(101) + "\r\n", "more than 100 trailers"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void saysWhatIsWrongWithABody(String wire, String message) {
        assertMalformed(wire, message);
    }

    @Test
    void readsAsManyTrailersAsThereMayBe() throws IOException {
        assertThat(Wire.rest(chunked("0\r\n" + "A: b\r\n".repeat(100) + "\r\n")))
                .isEmpty();
    }

    /** {@code ffffffff} is no negative number: what is missing counts on from there. */
    @Test
    void takesTheGreatestSizeForWhatItIs() {
        assertMalformed("ffffffff\r\nhello", "the answer ended within a chunk, 4294967290 bytes early");
    }

    @Test
    void saysWhereABodyWasCutOff() {
        String body = "5\r\nhello\r\n1;x\r\n!\r\n0\r\nA: b\r\n\r\n";
        for (int length = 0; length < body.length(); length++) {
            assertMalformed(body.substring(0, length), "the answer ended within " + whatEndsAt(length));
        }
    }

    private static String whatEndsAt(int length) {
        if (length < 3) {
            return "its chunk size";
        }
        if (length < 8) {
            return "a chunk, " + (8 - length) + " bytes early";
        }
        if (length < 10) {
            return "its chunk";
        }
        if (length < 15) {
            return "its chunk size";
        }
        if (length < 16) {
            return "a chunk, 1 bytes early";
        }
        if (length < 18) {
            return "its chunk";
        }
        return length < 21 ? "its chunk size" : "its trailer";
    }

    @Test
    void staysAtItsEnd() throws IOException {
        InputStream body = chunked("5\r\nhello\r\n0\r\n\r\n5\r\nagain\r\n0\r\n\r\n");
        assertThat(Wire.rest(body)).isEqualTo("hello");
        assertThat(body.read()).isEqualTo(-1);
        assertThat(body.read(new byte[10])).isEqualTo(-1);
    }

    @Test
    void leavesUnreadWhatFollows() throws IOException {
        InputStream in = Wire.carrying("5\r\nhello\r\n0\r\nA: b\r\n\r\nrest");
        assertThat(Wire.rest(new ChunkedInputStream(in))).isEqualTo("hello");
        assertThat(Wire.rest(in)).isEqualTo("rest");
    }

    /** Else an event would wait for its successor. */
    @Test
    void handsOverAChunkBeforeTheNextHasCome() throws IOException {
        InputStream body = chunked("5\r\nhello");
        byte[] buffer = new byte[10];
        assertThat(body.read(buffer)).isEqualTo(5);
        assertThat(buffer).startsWith('h', 'e', 'l', 'l', 'o');
    }

    /** As {@link InputStream#read(byte[], int, int)} has it; {@code readNBytes} ends with such a read. */
    @Test
    void doesNotWaitForTheNextChunkWhereNothingIsAskedFor() throws IOException {
        InputStream body = chunked("5\r\nhello");
        assertThat(new String(body.readNBytes(5), ISO_8859_1)).isEqualTo("hello");
    }

    /** A message goes into the log, in one line. */
    @Test
    void showsAnExcerptOfAWrongSizeInPrintableCharacters() {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> Wire.rest(chunked("\u001b[31m" + "x".repeat(8000) + "\r\n")))
                .satisfies(e -> assertThat(e.getMessage()).matches("not the size of a chunk: '[ -~]{1,100}'"));
    }

    private static InputStream chunked(String wire) {
        return new ChunkedInputStream(Wire.carrying(wire));
    }

    private static void assertMalformed(String wire, String message) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .as("%s", wire)
                .isThrownBy(() -> Wire.rest(chunked(wire)))
                .withMessage(message);
        assertThatExceptionOfType(MalformedResponseException.class)
                .as("%s, byte by byte", wire)
                .isThrownBy(() -> Wire.restByBytes(chunked(wire)))
                .withMessage(message);
    }
}
