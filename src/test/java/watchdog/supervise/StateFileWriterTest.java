package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import watchdog.Eventually;
import watchdog.ForkedJvm;
import watchdog.host.AtomicFile;

/** When the state file is written, by whom, and what becomes of it when the disk or the process does not do its part. */
class StateFileWriterTest {

    private static final String WEB = "1f".repeat(32);
    private static final String API = "2e".repeat(32);
    private static final Instant THREE = Instant.parse("2026-11-22T03:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private Path file;

    private final Disk disk = new Disk();
    private final List<StateFile> opened = new ArrayList<>();

    /** A disk that can be slow, hang or be full. */
    private static final class Disk implements AtomicFile.Force {

        final AtomicInteger writes = new AtomicInteger();
        volatile CountDownLatch answers = new CountDownLatch(0);
        volatile String problem = "";

        @Override
        public void force(FileChannel written) throws IOException {
            writes.incrementAndGet();
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (!problem.isEmpty()) {
                throw new IOException(problem);
            }
        }

        void hang() {
            answers = new CountDownLatch(1);
        }

        void answer() {
            answers.countDown();
        }
    }

    @BeforeEach
    void name() {
        file = folder.resolve("state.json");
    }

    @AfterEach
    void end() {
        disk.problem = "";
        disk.answer();
        opened.forEach(memory -> memory.close(LIMIT));
    }

    private StateFile open(Path path, Duration retryAfter) {
        StateFile memory = StateFile.open(path, disk, retryAfter);
        opened.add(memory);
        return memory;
    }

    private static String id(int number) {
        return String.format("%064x", number);
    }

    @Test
    void aHundredStopsWaitForNoDiskAndCostTwoWrites() {
        disk.hang();
        StateFile memory = open(file, LONG);
        memory.remember(WEB, THREE);
        Eventually.within(LIMIT, "the first write", () -> disk.writes.get() == 1);

        for (int i = 0; i < 100; i++) {
            memory.remember(id(i), THREE);
        }
        memory.forget(WEB);
        assertThat(memory.recalls(id(99), THREE)).isTrue();
        assertThat(StateFile.peek(file).ids()).isEmpty();
        disk.answer();

        Eventually.within(
                LIMIT, "the second write", () -> StateFile.peek(file).ids().equals(memory.ids()));
        assertThat(memory.close(LIMIT)).isTrue();
        assertThat(memory.ids()).hasSize(100);
        assertThat(disk.writes).hasValue(2);
    }

    @Test
    void whatIsPendingIsWrittenAtTheEnd() {
        disk.hang();
        StateFile memory = open(file, LONG);
        memory.remember(WEB, THREE);
        Eventually.within(LIMIT, "the first write", () -> disk.writes.get() == 1);
        memory.remember(API, THREE);

        assertThat(memory.close(SHORT)).isFalse();
        disk.answer();
        assertThat(memory.close(LIMIT)).isTrue();

        assertThat(StateFile.peek(file).ids()).containsOnly(WEB, API);
    }

    @Test
    void theEndDoesNotWaitForADiskThatHangs() {
        disk.hang();
        StateFile memory = open(file, LONG);
        memory.remember(WEB, THREE);

        long began = System.nanoTime();
        assertThat(memory.close(SHORT)).isFalse();
        assertThat(memory.close(Duration.ZERO)).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, LIMIT);
    }

    @Test
    void theEndOfOneThatHasNothingToWriteWritesNothing() {
        StateFile memory = open(file, SHORT);

        assertThat(memory.close(LIMIT)).isTrue();

        assertThat(disk.writes).hasValue(0);
    }

    @Test
    void whatIsRememberedAfterTheEndDoesNotCountAsWritten() {
        StateFile memory = open(file, LONG);
        assertThat(memory.close(LIMIT)).isTrue();

        memory.remember(WEB, THREE);

        assertThat(memory.close(LIMIT)).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgainAfterAWhile() {
        disk.problem = "No space left on device";
        StateFile memory = open(file, SHORT);
        memory.remember(WEB, THREE);
        Eventually.within(LIMIT, "three tries", () -> disk.writes.get() >= 3);
        assertThat(file).doesNotExist();

        disk.problem = "";

        Eventually.within(LIMIT, "written", () -> StateFile.peek(file).recalls(WEB, THREE));
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgainWithTheNextChange() {
        disk.problem = "No space left on device";
        StateFile memory = open(file, LONG);
        memory.remember(WEB, THREE);
        Eventually.within(LIMIT, "the first write", () -> disk.writes.get() == 1);
        disk.problem = "";

        memory.remember(API, THREE);

        Eventually.within(LIMIT, "written", () -> StateFile.peek(file).ids().size() == 2);
        assertThat(StateFile.peek(file).ids()).containsOnly(WEB, API);
    }

    @Test
    void whatCouldNotBeWrittenIsTriedOnceMoreAtTheEnd() {
        disk.problem = "No space left on device";
        StateFile memory = open(file, LONG);
        memory.remember(WEB, THREE);
        Eventually.within(LIMIT, "the first write", () -> disk.writes.get() == 1);
        disk.problem = "";

        assertThat(memory.close(LIMIT)).isTrue();

        assertThat(StateFile.peek(file).recalls(WEB, THREE)).isTrue();
    }

    /** Fails for one reason, for the same once more, for another, and succeeds. */
    static final class Fails {

        private Fails() {}

        public static void main(String[] args) {
            AtomicInteger writes = new AtomicInteger();
            AtomicFile.Force disk = written -> {
                int write = writes.incrementAndGet();
                if (write <= 3) {
                    throw new IOException(write <= 2 ? "full" : "broken");
                }
            };
            StateFile memory = StateFile.open(Path.of(args[0]), disk, SHORT);
            memory.remember(WEB, THREE);
            Eventually.within(
                    LIMIT, "written", () -> StateFile.peek(Path.of(args[0])).recalls(WEB, THREE));
            memory.close(LIMIT);
        }
    }

    @Test
    void whyItCannotBeWrittenIsToldOnceAndSoIsItsEnd() {
        List<String> told =
                ForkedJvm.run(folder, Fails.class, List.of(), file.toString()).err();

        assertThat(told).hasSize(3);
        assertThat(told.get(0)).contains(file + ": cannot be written (java.io.IOException: full); stops are forgotten");
        assertThat(told.get(1)).contains(file + ": cannot be written (java.io.IOException: broken)");
        assertThat(told.get(2)).contains(file + ": can be written now");
    }

    /** A second watchdog, which remembers a stop of its own. */
    static final class Second {

        private Second() {}

        public static void main(String[] args) {
            StateFile memory = StateFile.open(Path.of(args[0]));
            System.out.println(memory.recalls(WEB, THREE));
            memory.remember(API, THREE);
            System.out.println(memory.close(LIMIT));
        }
    }

    @Test
    void aSecondProcessSaysThatItIsInUseAndGoesOnWithout() throws IOException {
        StateFile first = open(file, LONG);
        first.remember(WEB, THREE);
        Eventually.within(LIMIT, "written", () -> StateFile.peek(file).recalls(WEB, THREE));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        for (Path path : List.of(file, link)) {
            ForkedJvm.Written second = ForkedJvm.run(folder, Second.class, List.of(), path.toString());

            assertThat(second.err())
                    .singleElement()
                    .asString()
                    .contains(path + ": cannot be written (another watchdog uses it)");
            assertThat(second.out()).containsExactly("false", "false");
            assertThat(StateFile.peek(file).ids()).containsExactly(WEB);
        }
    }

    @Test
    void aSecondOneOfTheSameProcessGoesOnWithout() {
        StateFile first = open(file, LONG);
        first.remember(WEB, THREE);
        Eventually.within(LIMIT, "written", () -> StateFile.peek(file).recalls(WEB, THREE));

        StateFile second = open(file, LONG);
        second.remember(API, THREE);

        assertThat(second.recalls(WEB, THREE)).isFalse();
        assertThat(second.close(LIMIT)).isFalse();
        assertThat(StateFile.peek(file).ids()).containsExactly(WEB);
    }

    @Test
    void theSecondOneTakesOverFromTheFirstAndLosesNothing() {
        StateFile first = open(file, LONG);
        first.remember(WEB, THREE);
        StateFile second = open(file, SHORT);
        second.remember(API, THREE);

        assertThat(first.close(LIMIT)).isTrue();

        Eventually.within(LIMIT, "both", () -> StateFile.peek(file).ids().size() == 2);
        assertThat(StateFile.peek(file).ids()).containsOnly(WEB, API);
    }

    @Test
    void whatAFileSaidThatCameLateIsNotLost() throws IOException {
        Path late = folder.resolve("late");
        StateFile memory = open(late.resolve("state.json"), LONG);
        Path ready = Files.createDirectory(folder.resolve("ready"));
        Files.writeString(
                ready.resolve("state.json"), "{\"watchdog\": 1, \"stopped\": {\"" + WEB + "\": \"" + THREE + "\"}}");
        Files.move(ready, late);

        memory.remember(API, THREE);

        assertThat(memory.close(LIMIT)).isTrue();
        assertThat(StateFile.peek(late.resolve("state.json")).ids()).containsOnly(WEB, API);
    }

    /** Writes one stop, and hangs in the midst of writing a second one. */
    static final class HangsInAWrite {

        private HangsInAWrite() {}

        public static void main(String[] args) throws InterruptedException {
            Path file = Path.of(args[0]);
            CountDownLatch never = new CountDownLatch(1);
            AtomicInteger writes = new AtomicInteger();
            AtomicFile.Force disk = written -> {
                if (writes.incrementAndGet() == 2) {
                    written.truncate(20);
                    Files.createFile(Path.of(args[1]));
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            };
            StateFile memory = StateFile.open(file, disk, LONG);
            memory.remember(WEB, THREE);
            Eventually.within(LIMIT, "written", () -> StateFile.peek(file).recalls(WEB, THREE));
            memory.remember(API, THREE);
            never.await();
        }
    }

    @Test
    void aProcessThatIsKilledInTheMidstOfAWriteLeavesAWholeFileAndNoLock() throws Exception {
        Path writing = folder.resolve("writing");
        Process process = ForkedJvm.of(HangsInAWrite.class, List.of(), file.toString(), writing.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            Eventually.within(Duration.ofSeconds(25), "in the midst of a write", () -> Files.exists(writing));
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        assertThat(folder.resolve("state.json.new")).exists();

        StateFile next = open(file, LONG);
        assertThat(next.ids()).containsExactly(WEB);
        next.remember(id(7), THREE);

        assertThat(next.close(LIMIT)).isTrue();
        assertThat(StateFile.peek(file).ids()).containsOnly(WEB, id(7));
        assertThat(folder.resolve("state.json.new")).doesNotExist();
        assertThat(folder.resolve("state.json.damaged")).doesNotExist();
    }
}
