package watchdog.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the name of the host is found. */
class HostNameTest {

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void isTheFirstThatIsTold() throws IOException {
        Path hidden = folder.resolve("hidden");
        Path empty = file("empty", "\n");
        Path name = file("name", "shop-1\n");

        assertThat(HostName.of(List.of(hidden, empty, name, file("other", "other"))))
                .isEqualTo("shop-1");
        assertThat(HostName.of(List.of(hidden, empty))).isEqualTo("localhost");
    }

    @Test
    void thisOneHasAName() {
        assertThat(HostName.own()).isNotBlank().doesNotContain("\n");
    }
}
