package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import watchdog.Eventually;

/** What a program is given, and what becomes of it. */
class ProgramTargetTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Message MESSAGE =
            new Message("{\"text\":\"$(touch x); ü\"}", Map.of("WATCHDOG_CONTAINER", "web $HOME; `id`"));

    @TempDir
    Path folder;

    private Path program(String... lines) throws IOException {
        Path program = folder.resolve("a program");
        Files.writeString(program, "#!/bin/sh\ncd '" + folder + "'\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private static Answer run(Path program) throws InterruptedException {
        return new ProgramTarget(1, program, LIMIT).deliver(MESSAGE);
    }

    @Test
    void itHasTheFactInItsEnvironmentAndTheJsonAsItsInput() throws IOException, InterruptedException {
        Path program = program("cat >input", "printf %s \"$WATCHDOG_CONTAINER\" >container", "printf $# >count");

        assertThat(run(program)).isEqualTo(Answer.taken("ended with status 0"));

        assertThat(folder.resolve("input")).hasContent(MESSAGE.json());
        assertThat(folder.resolve("container")).hasContent("web $HOME; `id`");
        assertThat(folder.resolve("count")).hasContent("0");
    }

    @Test
    void itHasNothingThatTheServiceManagerHasGivenToWatchdog() throws IOException, InterruptedException {
        assertThat(run(program("test -z \"$NOTIFY_SOCKET$WATCHDOG_PID$WATCHDOG_USEC\""))
                        .kind())
                .isEqualTo(Answer.Kind.TAKEN);
    }

    @ParameterizedTest
    @CsvSource({"0, TAKEN", "1, NEVER", "75, NOT_NOW", "127, NEVER"})
    void itsStatusSaysWhetherItIsToBeRunAgain(int status, Answer.Kind kind) throws IOException, InterruptedException {
        assertThat(run(program("exit " + status))).isEqualTo(new Answer(kind, "ended with status " + status));
    }

    @Test
    void whatCannotBeRunMayBeThereLater() throws InterruptedException {
        Answer answer = run(folder.resolve("none"));

        assertThat(answer.kind()).isEqualTo(Answer.Kind.NOT_NOW);
        assertThat(answer.words()).startsWith("cannot be run: ").contains("No such file");
    }

    @Test
    void itNeedNotReadAndMayWriteALot() throws InterruptedException, IOException {
        Message large = new Message("x".repeat(1_000_000), Map.of());
        Path program = program("exec 0<&-", "head -c 1000000 /dev/zero | tr '\\0' 'x'", "seq 200000");

        assertThat(new ProgramTarget(1, program, LIMIT).deliver(large)).isEqualTo(Answer.taken("ended with status 0"));
    }

    @Test
    void whatTakesTooLongIsKilledWithItsChildren() throws IOException, InterruptedException {
        Path program = program("sleep 1000 & echo $! >child", "echo $$ >parent", "wait");

        assertThat(new ProgramTarget(1, program, Duration.ofMillis(500)).deliver(MESSAGE))
                .isEqualTo(Answer.never("did not end within 0.5 s, and was killed"));

        for (String process : new String[] {"parent", "child"}) {
            long pid = Long.parseLong(Files.readString(folder.resolve(process)).strip());
            Eventually.within(LIMIT, process, () -> !isAlive(pid));
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
