package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
        return target(program, LIMIT).deliver(MESSAGE);
    }

    private static ProgramTarget target(Path program, Duration limit) {
        return new ProgramTarget(1, program, limit, System.getenv(), line -> {});
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
        Map<String, String> environment = Map.of(
                "PATH", "/usr/bin:/bin",
                "NOTIFY_SOCKET", "/run/systemd/notify",
                "WATCHDOG_PID", "7",
                "WATCHDOG_USEC", "30000000",
                "LANG", "C.UTF-8");
        Path program = program("printf %s \"$NOTIFY_SOCKET$WATCHDOG_PID$WATCHDOG_USEC$LANG\" >given");

        assertThat(new ProgramTarget(1, program, LIMIT, environment, null).deliver(MESSAGE))
                .isEqualTo(Answer.taken("ended with status 0"));

        assertThat(folder.resolve("given")).hasContent("C.UTF-8");
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

        assertThat(target(program, LIMIT).deliver(large)).isEqualTo(Answer.taken("ended with status 0"));
    }

    @Test
    void whatItWritesIsReadWhereSomebodyWantsIt() throws InterruptedException, IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        Path program = program("echo one", "echo two >&2", "printf three");

        Answer answer = new ProgramTarget(1, program, LIMIT, System.getenv(), lines::add).deliver(MESSAGE);

        assertThat(answer.kind()).isEqualTo(Answer.Kind.TAKEN);
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void ofChildrenThatKeepItsOutputOpenOnlyOneIsReadAndNobodyWaits() throws InterruptedException, IOException {
        Path program = program("sleep 1000 & echo $! >>children");
        ProgramTarget target = target(program, LIMIT);
        try {
            Instant begun = Instant.now();
            for (int i = 0; i < 3; i++) {
                assertThat(target.deliver(MESSAGE)).isEqualTo(Answer.taken("ended with status 0"));
            }

            assertThat(Duration.between(begun, Instant.now())).isLessThan(LIMIT);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("output of " + target.name()))
                    .hasSizeLessThanOrEqualTo(1);
        } finally {
            for (String child : Files.readAllLines(folder.resolve("children"))) {
                ProcessHandle.of(Long.parseLong(child)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void whatTakesTooLongIsKilledWithItsChildren() throws IOException, InterruptedException {
        Path program = program("sleep 1000 & echo $! >child", "echo $$ >parent", "wait");

        assertThat(target(program, Duration.ofMillis(500)).deliver(MESSAGE))
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
