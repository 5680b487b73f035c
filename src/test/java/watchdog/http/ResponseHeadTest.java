package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseHeadTest {

    static List<Arguments> heads() {
        return List.of(
                argumentSet(
                        "as Docker answers",
                        """
                        HTTP/1.0 200 OK\r
                        Api-Version: 1.51\r
                        Content-Type: application/json\r
                        Server: Docker/28.5.2 (linux)\r
                        Content-Length: 3\r
                        \r
                        """,
                        new ResponseHead(
                                200,
                                Map.of(
                                        "api-version", "1.51",
                                        "content-type", "application/json",
                                        "server", "Docker/28.5.2 (linux)",
                                        "content-length", "3"))),
                argumentSet(
                        "as HAProxy refuses",
                        """
                        HTTP/1.1 403 Forbidden\r
                        content-length: 93\r
                        cache-control: no-cache\r
                        content-type: text/html\r
                        connection: close\r
                        \r
                        """,
                        new ResponseHead(
                                403,
                                Map.of(
                                        "content-length", "93",
                                        "cache-control", "no-cache",
                                        "content-type", "text/html",
                                        "connection", "close"))),
                argumentSet(
                        "line feeds without carriage returns",
                        "HTTP/1.0 200 OK\nA: b\n\n",
                        new ResponseHead(200, Map.of("a", "b"))),
                argumentSet("no headers", "HTTP/1.0 204 No Content\r\n\r\n", new ResponseHead(204, Map.of())),
                argumentSet("no reason phrase", "HTTP/1.0 304 \r\n\r\n", new ResponseHead(304, Map.of())),
                argumentSet("nor a space before it", "HTTP/1.0 304\r\n\r\n", new ResponseHead(304, Map.of())),
                argumentSet("a later minor version", "HTTP/1.9 200 OK\r\n\r\n", new ResponseHead(200, Map.of())),
                argumentSet("the least status", "HTTP/1.0 100 \r\n\r\n", new ResponseHead(100, Map.of())),
                argumentSet("the greatest status", "HTTP/1.0 599 \r\n\r\n", new ResponseHead(599, Map.of())),
                argumentSet(
                        "blanks around a value",
                        "HTTP/1.0 200 OK\r\nA: \t b c \t \r\n\r\n",
                        new ResponseHead(200, Map.of("a", "b c"))),
                argumentSet(
                        "what Java takes for blanks around a value",
                        "HTTP/1.0 200 OK\r\nA: \u000b\fb\u001f \r\n\r\n",
                        new ResponseHead(200, Map.of("a", "\u000b\fb\u001f"))),
                argumentSet(
                        "no blank before a value",
                        "HTTP/1.0 200 OK\r\nA:b\r\n\r\n",
                        new ResponseHead(200, Map.of("a", "b"))),
                argumentSet("an empty value", "HTTP/1.0 200 OK\r\nA:\r\n\r\n", new ResponseHead(200, Map.of("a", ""))),
                argumentSet(
                        "colons in a value",
                        "HTTP/1.0 200 OK\r\nA: b:c: d\r\n\r\n",
                        new ResponseHead(200, Map.of("a", "b:c: d"))),
                argumentSet(
                        "every character a name may have",
                        "HTTP/1.0 200 OK\r\n!#$%&'*+-.^_`|~09azAZ: b\r\n\r\n",
                        new ResponseHead(200, Map.of("!#$%&'*+-.^_`|~09azaz", "b"))),
                argumentSet(
                        "a header given twice",
                        "HTTP/1.0 200 OK\r\nVia: a\r\nOther: x\r\nvia: b\r\n\r\n",
                        new ResponseHead(200, Map.of("via", "a, b", "other", "x"))),
                argumentSet(
                        "bytes beyond ASCII",
                        "HTTP/1.0 200 d\u00e9j\u00e0 vu\r\nA: \u00e9\r\n\r\n",
                        new ResponseHead(200, Map.of("a", "\u00e9"))),
                argumentSet(
                        "a byte that Java takes for the end of a line, as in \u00c5 (C3 85)",
                        "HTTP/1.0 200 \u00c3\u0085\r\nA: \u00c3\u0085\r\n\r\n",
                        new ResponseHead(200, Map.of("a", "\u00c3\u0085"))));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void readsAHead(String wire, ResponseHead expected) throws IOException {
        assertThat(ResponseHead.read(Wire.carrying(wire))).isEqualTo(expected);
    }

    static List<Arguments> malformed() {
        return List.of(
                argumentSet("nothing", "", "the answer ended within its status line"),
                argumentSet("an empty line", "\r\n", "not an HTTP status line: ''"),
                argumentSet(
                        "another protocol",
                        "SSH-2.0-OpenSSH_9.2\r\n",
                        "not an HTTP status line: 'SSH-2.0-OpenSSH_9.2'"),
                argumentSet(
                        "a TLS alert",
                        "\u0015\u0003\u0001\u0000\u0002\u0002\u0016\n",
                        "not an HTTP status line: '???????'"),
                argumentSet("lower case", "http/1.0 200 OK\r\n", "not an HTTP status line: 'http/1.0 200 OK'"),
                argumentSet("HTTP/0.9", "HTTP/0.9 200 OK\r\n", "not an HTTP status line: 'HTTP/0.9 200 OK'"),
                argumentSet("HTTP/2", "HTTP/2 200\r\n", "not an HTTP status line: 'HTTP/2 200'"),
                argumentSet("no status", "HTTP/1.0\r\n", "not an HTTP status line: 'HTTP/1.0'"),
                argumentSet("a word for status", "HTTP/1.0 OK\r\n", "not an HTTP status line: 'HTTP/1.0 OK'"),
                argumentSet("a short status", "HTTP/1.0 20 OK\r\n", "not an HTTP status line: 'HTTP/1.0 20 OK'"),
                argumentSet("a long status", "HTTP/1.0 2000 OK\r\n", "not an HTTP status line: 'HTTP/1.0 2000 OK'"),
                argumentSet("status 099", "HTTP/1.0 099 \r\n", "not an HTTP status line: 'HTTP/1.0 099 '"),
                argumentSet("status 600", "HTTP/1.0 600 \r\n", "not an HTTP status line: 'HTTP/1.0 600 '"),
                argumentSet("two spaces", "HTTP/1.0  200 OK\r\n", "not an HTTP status line: 'HTTP/1.0  200 OK'"),
                argumentSet(
                        "a long line, of which an excerpt is shown",
                        "x".repeat(61) + "\r\n",
                        "not an HTTP status line: '" + "x".repeat(60) + "...'"),
                argumentSet("no colon", "HTTP/1.0 200 OK\r\nword\r\n\r\n", "not an HTTP header: 'word'"),
                argumentSet("no name", "HTTP/1.0 200 OK\r\n: b\r\n\r\n", "not an HTTP header: ': b'"),
                argumentSet(
                        "a blank before the colon", "HTTP/1.0 200 OK\r\nA : b\r\n\r\n", "not an HTTP header: 'A : b'"),
                argumentSet("a folded header", "HTTP/1.0 200 OK\r\nA: b\r\n c\r\n\r\n", "not an HTTP header: ' c'"),
                argumentSet(
                        "a folded first header", "HTTP/1.0 200 OK\r\n\tA: b\r\n\r\n", "not an HTTP header: '?A: b'"),
                argumentSet(
                        "a carriage return within a line",
                        "HTTP/1.0 200 OK\r\nA: b\rC: d\r\n\r\n",
                        "not an HTTP header: 'A: b?C: d'"),
                argumentSet(
                        "a long header, of which an excerpt is shown",
                        "HTTP/1.0 200 OK\r\n" + "x".repeat(61) + "\r\n\r\n",
                        "not an HTTP header: '" + "x".repeat(60) + "...'"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void saysWhatIsWrongWithAHead(String wire, String message) {
        assertMalformed(wire, message);
    }

    @Test
    void saysWhereAHeadWasCutOff() {
        String statusLine = "HTTP/1.0 200 OK\r\n";
        String head = statusLine + "A: b\r\nC: d\r\n\r\n";
        for (int length = 0; length < head.length(); length++) {
            String where = length < statusLine.length() ? "status line" : "header";
            assertMalformed(head.substring(0, length), "the answer ended within its " + where);
        }
    }

    @Test
    void leavesTheBodyUnread() throws IOException {
        InputStream in = Wire.carrying("HTTP/1.0 200 OK\r\nA: b\r\n\r\n\r\nbody");
        ResponseHead.read(in);
        assertThat(Wire.rest(in)).isEqualTo("\r\nbody");
    }

    @Test
    void findsAHeaderByItsNameInLowerCase() throws IOException {
        ResponseHead head = ResponseHead.read(Wire.carrying("HTTP/1.0 200 OK\r\nApi-VERSION: 1.51\r\n\r\n"));
        assertThat(head.header("api-version")).isEqualTo("1.51");
        assertThat(head.header("server")).isNull();
    }

    @Test
    void readsTheLongestStatusLine() throws IOException {
        assertThat(ResponseHead.read(Wire.carrying(longest("HTTP/1.0 200 ") + "\n\n")))
                .isEqualTo(new ResponseHead(200, Map.of()));
    }

    @Test
    void refusesALongerStatusLine() {
        assertMalformed(longest("HTTP/1.0 200 ") + "x\n\n", "the status line is longer than 8192 bytes");
    }

    @Test
    void refusesALongerHeader() {
        assertMalformed("HTTP/1.0 200 OK\n" + longest("A: ") + "x\n\n", "the header is longer than 8192 bytes");
    }

    private static String longest(String start) {
        return start + "x".repeat(ResponseHead.LONGEST_LINE - start.length());
    }

    @Test
    void readsAsManyHeadersAsThereMayBe() throws IOException {
        ResponseHead head = ResponseHead.read(Wire.carrying("HTTP/1.0 200 OK\r\n" + headers(100) + "\r\n"));
        assertThat(head.headers()).hasSize(100);
    }

    @Test
    void refusesMoreHeaders() {
        assertMalformed("HTTP/1.0 200 OK\r\n" + headers(101) + "\r\n", "more than 100 headers");
    }

    private static String headers(int count) {
        return IntStream.range(0, count).mapToObj(n -> "X-" + n + ": y\r\n").collect(Collectors.joining());
    }

    /** Otherwise one header, repeated for ever, would fill the memory. */
    @Test
    void countsAHeaderThatIsRepeated() {
        assertMalformed("HTTP/1.0 200 OK\r\n" + "A: b\r\n".repeat(101) + "\r\n", "more than 100 headers");
    }

    private static void assertMalformed(String wire, String message) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .as("%s", wire)
                .isThrownBy(() -> ResponseHead.read(Wire.carrying(wire)))
                .withMessage(message);
    }
}
