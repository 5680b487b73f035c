package watchdog.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.Level;

/**
 * Has a thread of its own write the log, so that nobody who logs waits for whoever reads it. What waits to be written is
 * bounded: past that, lines are lost and counted, warnings and errors last.
 */
public final class LogQueue {

    /** The bound in characters: two megabytes at most, some ten thousand lines. */
    static final int MOST_CHARACTERS = 1_000_000;

    /** An entry and its place among all. */
    private record Queued(long number, LogEntry entry) {

        int length() {
            return entry.text().length();
        }
    }

    private final Deque<Queued> urgent = new ArrayDeque<>();
    private final Deque<Queued> others = new ArrayDeque<>();
    private final PrintStream out;
    private final LogFormat format;
    private long number;
    private int characters;
    private long lost;
    private boolean writing;

    private LogQueue(PrintStream out, LogFormat format) {
        this.out = out;
        this.format = format;
    }

    /**
     * Makes one, and begins its thread.
     *
     * @param format of the line that tells of a gap
     */
    public static LogQueue begin(PrintStream out, LogFormat format) {
        LogQueue queue = new LogQueue(out, format);
        Thread writer = new Thread(queue::write, "log");
        writer.setDaemon(true);
        writer.start();
        return queue;
    }

    /**
     * Queues an entry, or drops it. A warning takes the place of the newest of the others. Once one of the others is lost, so
     * are all that follow until the queue is empty: there is one gap, and one line that tells of it.
     */
    public synchronized void accept(LogEntry entry) {
        Queued queued = new Queued(++number, entry);
        while (entry.urgent() && !fits(queued) && !others.isEmpty()) {
            characters -= others.removeLast().length();
            lost++;
        }
        if (!fits(queued) || (lost > 0 && !entry.urgent())) {
            lost++;
            return;
        }
        (entry.urgent() ? urgent : others).add(queued);
        characters += queued.length();
        notifyAll();
    }

    private boolean fits(Queued queued) {
        return characters + queued.length() <= MOST_CHARACTERS;
    }

    private void write() {
        try {
            while (true) {
                next().writeTo(out);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Waits for what is to be written next. */
    private synchronized LogEntry next() throws InterruptedException {
        writing = false;
        notifyAll();
        while (allIsTaken()) {
            wait();
        }
        writing = true;
        Deque<Queued> oldest = older(urgent, others);
        if (oldest.isEmpty()) {
            String gap = lost + " lines were lost here, because nobody read the output";
            lost = 0;
            return format.entry(new LogLine(Level.WARN, gap, List.of()));
        }
        Queued next = oldest.remove();
        characters -= next.length();
        return next.entry();
    }

    private static Deque<Queued> older(Deque<Queued> one, Deque<Queued> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.element().number() < other.element().number() ? one : other;
    }

    private boolean allIsTaken() {
        return urgent.isEmpty() && others.isEmpty() && lost == 0;
    }

    /**
     * Waits until all that was logged before is written, but not for longer than that.
     *
     * @return whether it is
     */
    public synchronized boolean awaitWritten(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (writing || !allIsTaken()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
