package watchdog.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.Eventually;

/** That the file is written when something has changed, and not all the time. */
class StatusFileTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private RunFolder run;
    private StatusFile file;

    @BeforeEach
    void make() {
        run = new RunFolder(folder.resolve("run"));
        file = new StatusFile(run);
    }

    @AfterEach
    void end() {
        file.close();
    }

    private String text() throws Exception {
        return StatusFile.read(run).text();
    }

    @Test
    void isWrittenAtOnceForItsOwnerAndItsGroup() throws Exception {
        file.begin(out -> out.write("how all stands".getBytes(UTF_8)));

        Eventually.within(LIMIT, "it is written", () -> text().equals("how all stands"));
        assertThat(StatusFile.read(run).isLocked()).isTrue();
        for (String name : new String[] {"status.json", "status.json.lock"}) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(run.path().resolve(name))))
                    .isEqualTo("rw-r-----");
        }
    }

    @Test
    void isWrittenOnceForManyChanges() {
        file.begin(out -> out.write(String.valueOf(asked.incrementAndGet()).getBytes(UTF_8)));
        Eventually.within(LIMIT, "it is written", () -> text().equals("1"));

        for (int i = 0; i < 1000; i++) {
            file.changed();
        }
        Eventually.within(LIMIT, "it is written again", () -> text().equals("2"));

        file.changed();
        Eventually.within(LIMIT, "it is written again", () -> text().equals("3"));
        assertThat(asked).hasValue(3);
    }

    @Test
    void isNoOnesWhenItsWatchdogHasEnded() throws Exception {
        file.begin(out -> out.write('1'));
        Eventually.within(LIMIT, "it is written", () -> text().equals("1"));

        file.close();

        assertThat(StatusFile.read(run).isLocked()).isFalse();
        assertThat(text()).isEqualTo("1");
    }

    @Test
    void isTriedAgainSoonWhenThatFails() {
        file.begin(out -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("a test's");
            }
            out.write("how all stands".getBytes(UTF_8));
        });

        Eventually.within(LIMIT, "it is written", () -> text().equals("how all stands"));
        assertThat(asked).hasValue(2);
    }

    @Test
    void isNotThereBeforeThat() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> StatusFile.read(run));
    }
}
