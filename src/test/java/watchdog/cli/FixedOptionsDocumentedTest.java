package watchdog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documentation of the service names each option that needs a restart. */
class FixedOptionsDocumentedTest {

    @Test
    void eachIsInTheSentence() throws IOException {
        String text = Files.readString(Path.of("src/docs/service.md"));
        int end = text.indexOf("need a restart");
        assertThat(end).isPositive();
        String sentence = text.substring(text.lastIndexOf(". ", end), end);

        assertThat(Config.FIXED.keySet())
                .allSatisfy(option -> assertThat(sentence).contains("`" + option.split(" ", 2)[0]));
    }
}
