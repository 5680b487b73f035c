package watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.cli.ExitStatus;
import watchdog.report.LogFormat;
import watchdog.report.Logging;

class UncaughtExceptionsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** Keeps what uses up the memory, as a leak does: it does not become free when its thread ends. */
    static final List<byte[]> LEAK = new ArrayList<>();

    static void leak() {
        for (int size = 1 << 20; true; size = Math.max(16, size / 2)) {
            try {
                while (true) {
                    LEAK.add(new byte[size]);
                }
            } catch (OutOfMemoryError e) {
                // Down to the last byte.
                if (size == 16) {
                    throw e;
                }
            }
        }
    }

    /** Runs out of memory as the first argument says, after as many lines of the log as the second one says. */
    static final class Leaking {

        private Leaking() {}

        public static void main(String[] args) throws InterruptedException {
            UncaughtExceptions.install();
            Logging.configure(Logging.Level.info, LogFormat.TEXT, false);
            Logger log = LoggerFactory.getLogger("watchdog");
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                log.info("line {}", i);
            }
            switch (args[0]) {
                case "main" -> leak();
                case "worker" -> {
                    Thread worker = new Thread(UncaughtExceptionsTest::leak);
                    worker.start();
                    worker.join();
                    // Half-alive: a daemon would go on.
                    Thread.currentThread().join();
                }
                default ->
                    new Thread(() -> {
                                throw new IllegalStateException("a\nb");
                            })
                            .start();
            }
        }
    }

    /** Whether {@link Main} installs the handler. */
    static final class OutOfMemoryInMain {

        private OutOfMemoryInMain() {}

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                throw new OutOfMemoryError("not really");
            }));
            Main.main(args);
        }
    }

    @TempDir
    private Path folder;

    private int status(ProcessBuilder java) throws IOException, InterruptedException {
        Process process = java.redirectError(folder.resolve("err").toFile()).start();
        try {
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                    .as("ended")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> written(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @ParameterizedTest
    @CsvSource({"main, 1", "worker, 1", "main, 30000", "worker, 30000"})
    void outOfMemoryEndsTheProcessThoughNobodyReads(String where, String lines)
            throws IOException, InterruptedException {
        assertThat(status(ForkedJvm.of(Leaking.class, List.of("-Xmx16m"), where, lines)))
                .isEqualTo(ExitStatus.OUT_OF_MEMORY.code());

        assertThat(written("err")).last().asString().startsWith("watchdog: out of memory, ending at once");
    }

    @Test
    void theLineIsNotWaitedForIfStandardErrorIsFullToo() throws IOException, InterruptedException {
        Process process = ForkedJvm.of(Leaking.class, List.of("-Xmx16m"), "worker", "30000")
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitStatus.OUT_OF_MEMORY.code());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void mainInstallsIt() throws IOException, InterruptedException {
        ProcessBuilder java =
                ForkedJvm.of(OutOfMemoryInMain.class, List.of(), "--version").redirectOutput(Redirect.DISCARD);

        assertThat(status(java)).isEqualTo(ExitStatus.OUT_OF_MEMORY.code());
    }

    @Test
    void anyOtherIsLogged() {
        ForkedJvm.Written written = ForkedJvm.run(folder, Leaking.class, List.of(), "fault", "0");

        assertThat(written.out().get(0)).matches(".* ERROR the thread 'Thread-[0-9]+' has failed, which is a bug");
        assertThat(written.out().get(1)).isEqualTo("java.lang.IllegalStateException: a b");
        assertThat(written.err()).isEmpty();
    }
}
