package watchdog.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedLengthInputStreamTest {

    @ParameterizedTest
    @CsvSource({
        "hello,       5, hello",
        "hello world, 5, hello",
        "hello,       1, h",
        "hello,       0, ''",
        "'',          0, ''",
    })
    void endsAfterItsLength(String wire, long length, String body) throws IOException {
        assertThat(Wire.rest(new FixedLengthInputStream(Wire.carrying(wire), length)))
                .isEqualTo(body);
        assertThat(Wire.restByBytes(new FixedLengthInputStream(Wire.carrying(wire), length)))
                .isEqualTo(body);
        assertThat(Wire.rest(new FixedLengthInputStream(Wire.dripping(wire), length)))
                .isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "hello, 6,                  the answer ended after 5 of 6 bytes",
        "'',    1,                  the answer ended after 0 of 1 bytes",
        "h,     999999999999999999, the answer ended after 1 of 999999999999999999 bytes",
    })
    void complainsWhenTheAnswerEndsBefore(String wire, long length, String message) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> Wire.rest(new FixedLengthInputStream(Wire.carrying(wire), length)))
                .withMessage(message);
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> Wire.restByBytes(new FixedLengthInputStream(Wire.carrying(wire), length)))
                .withMessage(message);
    }

    @Test
    void asksForNoMoreThanIsLeft() throws IOException {
        InputStream body = new FixedLengthInputStream(Wire.carrying("hello world"), 5);
        assertThat(body.readNBytes(3)).asString(US_ASCII).isEqualTo("hel");
        assertThat(body.read(new byte[10])).isEqualTo(2);
        assertThat(body.read()).isEqualTo(-1);
    }

    @Test
    void leavesUnreadWhatFollows() throws IOException {
        InputStream in = Wire.carrying("hello world");
        assertThat(Wire.rest(new FixedLengthInputStream(in, 5))).isEqualTo("hello");
        assertThat(Wire.rest(in)).isEqualTo(" world");
    }

    @Test
    void staysAtItsEnd() throws IOException {
        InputStream body = new FixedLengthInputStream(Wire.carrying("hello world"), 5);
        assertThat(Wire.rest(body)).isEqualTo("hello");
        assertThat(body.read()).isEqualTo(-1);
        assertThat(body.read(new byte[10])).isEqualTo(-1);
    }
}
