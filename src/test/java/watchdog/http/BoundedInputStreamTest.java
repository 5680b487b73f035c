package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedInputStreamTest {

    @ParameterizedTest
    @CsvSource({"'', 0", "'', 5", "hell, 5", "hello, 5", "hello, 9223372036854775807"})
    void readsWhatIsWithinItsBound(String text, long most) throws IOException {
        assertThat(Wire.rest(new BoundedInputStream(Wire.carrying(text), most))).isEqualTo(text);
        assertThat(Wire.restByBytes(new BoundedInputStream(Wire.carrying(text), most)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello!", "hello, world"})
    void complainsAboutWhatIsLonger(String text) {
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> Wire.rest(new BoundedInputStream(Wire.carrying(text), 5)))
                .withMessage("the body is longer than 5 bytes");
        assertThatExceptionOfType(MalformedResponseException.class)
                .isThrownBy(() -> Wire.restByBytes(new BoundedInputStream(Wire.carrying(text), 5)))
                .withMessage("the body is longer than 5 bytes");
    }
}
