package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LogQueueTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    /** Of a thousand characters, the line end included. */
    private static final String PADDING = "x".repeat(1000 - "12345 \n".length());

    private static final int ROOM = LogQueue.MOST_CHARACTERS / 1000;

    /** Takes nothing until somebody reads, as a full pipe. */
    private static final class Pipe extends OutputStream {

        private final CountDownLatch read = new CountDownLatch(1);
        private final CountDownLatch full = new CountDownLatch(1);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            full.countDown();
            try {
                read.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            synchronized (written) {
                written.write(bytes, from, length);
            }
        }

        /** The lines without the padding. */
        List<String> lines() {
            synchronized (written) {
                return written.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replace(" " + PADDING, ""))
                        .toList();
            }
        }
    }

    private final Pipe pipe = new Pipe();
    private final LogQueue queue = LogQueue.begin(new PrintStream(pipe, false, StandardCharsets.UTF_8), LogFormat.TEXT);

    private static LogEntry entry(int number, boolean urgent) {
        return new LogEntry(String.format("%05d %s\n", number, PADDING), urgent);
    }

    private void log(int number, boolean urgent) {
        queue.accept(entry(number, urgent));
    }

    /** Logs number 0, which is then being written, and so has left the queue empty. */
    private void fillThePipe() throws InterruptedException {
        log(0, false);
        pipe.full.await();
    }

    private List<String> read() {
        pipe.read.countDown();
        assertThat(queue.awaitWritten(SOON)).isTrue();
        return pipe.lines();
    }

    private static String gap(String lines) {
        return "WARN " + lines + " lines were lost here, because nobody read the output";
    }

    @Test
    void whatHasRoomIsWrittenInItsOrder() throws InterruptedException {
        fillThePipe();
        for (int i = 1; i <= ROOM; i++) {
            log(i, i % 3 == 0);
        }
        assertThat(queue.awaitWritten(AT_ONCE)).isFalse();

        assertThat(read()).hasSize(ROOM + 1).isSorted();
    }

    @Test
    void whatHasNoRoomIsCountedWhereItIsMissing() throws InterruptedException {
        fillThePipe();
        for (int i = 1; i <= ROOM + 7; i++) {
            log(i, false);
        }
        List<String> lines = read();
        log(90_000, false);
        List<String> later = read();

        assertThat(lines).hasSize(ROOM + 2).last().asString().endsWith(gap("7"));
        assertThat(lines.get(ROOM)).isEqualTo(String.format("%05d", ROOM));
        assertThat(lines.get(ROOM + 1)).matches("[0-9-]{10} [0-9:.]{12}[-+][0-9:]{5} WARN .*");
        assertThat(later).hasSize(ROOM + 3).last().isEqualTo("90000");
    }

    @Test
    void aWarningTakesThePlaceOfTheNewestOfTheOthers() throws InterruptedException {
        fillThePipe();
        for (int i = 1; i <= ROOM; i++) {
            log(i, i == 2);
        }
        log(10_001, true);
        log(10_002, false);
        log(10_003, true);

        List<String> lines = read();

        assertThat(lines).hasSize(ROOM + 2);
        assertThat(lines.subList(0, 3)).containsExactly("00000", "00001", "00002");
        assertThat(lines.subList(ROOM - 2, ROOM + 1))
                .containsExactly(String.format("%05d", ROOM - 2), "10001", "10003");
        assertThat(lines).last().asString().endsWith(gap("3"));
    }

    @Test
    void warningsAreBoundedToo() throws InterruptedException {
        fillThePipe();
        for (int i = 1; i <= 2 * ROOM; i++) {
            log(i, true);
        }

        assertThat(read()).hasSize(ROOM + 2).last().asString().endsWith(gap(String.valueOf(ROOM)));
    }

    @Test
    void nobodyIsWaitedForWhoHasGoneAway() {
        AtomicInteger tries = new AtomicInteger();
        LogQueue toNobody = LogQueue.begin(
                new PrintStream(new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        tries.incrementAndGet();
                        throw new IOException("Broken pipe");
                    }
                }),
                LogFormat.TEXT);

        toNobody.accept(entry(1, false));
        toNobody.accept(entry(2, true));

        assertThat(toNobody.awaitWritten(SOON)).isTrue();
        assertThat(tries).hasPositiveValue();
    }

    @Test
    void whenAllIsWrittenNothingIsWaitedFor() {
        assertThat(queue.awaitWritten(Duration.ZERO)).isTrue();
    }
}
