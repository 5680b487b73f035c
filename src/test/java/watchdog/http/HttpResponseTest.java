package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpResponseTest {

    private static final Timeouts PATIENT = Timeouts.of(Duration.ofSeconds(10));

    static List<Arguments> answers() {
        return List.of(
                argumentSet("a length", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more", "hello"),
                argumentSet("a length of zero", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\nmore", ""),
                argumentSet("no length", "HTTP/1.0 200 OK\r\n\r\nhello", "hello"),
                argumentSet("nothing", "HTTP/1.0 200 OK\r\n\r\n", ""),
                argumentSet(
                        "chunks",
                        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                        "hello"),
                argumentSet(
                        "chunks, in any case",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                        "hello"),
                argumentSet(
                        "chunks rather than a length",
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                        "hello"),
                argumentSet("204, which has none", "HTTP/1.0 204 No Content\r\nContent-Length: 5\r\n\r\nhello", ""),
                argumentSet("304, which has none", "HTTP/1.0 304 Not Modified\r\n\r\nhello", ""),
                argumentSet("404", "HTTP/1.0 404 Not Found\r\nContent-Length: 5\r\n\r\nhello", "hello"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void findsWhereTheBodyEnds(String wire, String body) throws IOException {
        try (HttpResponse response = read(wire)) {
            assertThat(Wire.rest(response.body(1000))).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: five                | not a Content-Length: 'five'",
                "Content-Length: -1                  | not a Content-Length: '-1'",
                "Content-Length: +5                  | not a Content-Length: '+5'",
                "Content-Length: 0x5                 | not a Content-Length: '0x5'",
                "Content-Length: 5, 6                | not a Content-Length: '5, 6'",
                "Content-Length:                     | not a Content-Length: ''",
                "Content-Length: 1000000000000000000 | not a Content-Length: '1000000000000000000'",
                "Transfer-Encoding: gzip             | unknown transfer coding 'gzip'",
                "Transfer-Encoding: gzip, chunked    | unknown transfer coding 'gzip, chunked'",
            })
    void saysWhyItCannotFindTheEnd(String header, String message) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> read("HTTP/1.0 200 OK\r\n" + header + "\r\n\r\nhello"))
                .withMessage(message);
    }

    /** A message goes into the log, in one line. */
    @ParameterizedTest
    @CsvSource({"Content-Length", "Transfer-Encoding"})
    void showsAnExcerptOfAWrongHeaderInPrintableCharacters(String name) {
        String wire = "HTTP/1.0 200 OK\r\n" + name + ": \u001b[31m" + "x".repeat(8000) + "\r\n\r\n";
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> read(wire))
                .satisfies(e -> assertThat(e.getMessage()).matches("[ -~]{1,120}"));
    }

    @Test
    void boundsTheBody() throws IOException {
        try (HttpResponse response = read("HTTP/1.0 200 OK\r\n\r\nhello")) {
            assertThatExceptionOfType(MalformedResponseException.class)
                    .isThrownBy(() -> Wire.rest(response.body(4)))
                    .withMessage("the body is longer than 4 bytes");
        }
    }

    @Test
    void hasStatusAndHeaders() throws IOException {
        try (HttpResponse response = read("HTTP/1.0 409 Conflict\r\nApi-Version: 1.51\r\n\r\n")) {
            assertThat(response.status()).isEqualTo(409);
            assertThat(response.header("api-version")).isEqualTo("1.51");
            assertThat(response.header("server")).isNull();
        }
    }

    @Test
    void closesItsConnection() throws IOException {
        Socket socket = new SocketWith("HTTP/1.0 200 OK\r\n\r\n");
        HttpResponse.read(socket, PATIENT).close();
        assertThat(socket.isClosed()).isTrue();
    }

    private static HttpResponse read(String wire) throws IOException {
        return HttpResponse.read(new SocketWith(wire), PATIENT);
    }

    /** A socket that is connected to nobody, and on which this text comes in. */
    private static final class SocketWith extends Socket {

        private final InputStream in;

        SocketWith(String wire) {
            in = Wire.carrying(wire);
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }
    }
}
