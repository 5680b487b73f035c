package watchdog.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import watchdog.report.NotificationCounter;

/**
 * Brings messages to one target, in their order, on a thread of its own. What waits is bounded: past that the oldest is dropped.
 * What the target does not take now is tried again ({@link Retry}), until it is an hour old. What is dropped is counted, and
 * told with the next message, and by the log: at once, then now and then, and at the end.
 */
final class Courier {

    static final int ROOM = 100;

    private static final Logger LOG = LoggerFactory.getLogger("watchdog");

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

    /** For a program, to be killed. */
    private static final Duration TO_BREAK_OFF = Duration.ofMillis(100);

    private final Target target;
    private final Composer composer;
    private final NotificationCounter counter;
    private final Consumer<String> warnings;
    private final Thread thread;

    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private boolean isDelivering;
    private boolean closing;

    /** Since the last message that was taken. */
    private int dropped;

    /** Since the last warning. */
    private int untold;

    private @Nullable Instant warnedAt;

    /** Why the last try has failed, or empty; of the thread. */
    private String problem = "";

    /** What is told together. */
    private record Parcel(List<Notice> notices, Instant at, long nanos) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    private Courier(Target target, Composer composer, NotificationCounter counter, Consumer<String> warnings) {
        this.target = target;
        this.composer = composer;
        this.counter = counter;
        this.warnings = warnings;
        this.thread = new Thread(this::run, target.name());
        thread.setDaemon(true);
    }

    /** Makes one, and begins its thread. */
    static Courier begin(Target target, Composer composer, NotificationCounter counter) {
        return begin(target, composer, counter, LOG::warn);
    }

    static Courier begin(Target target, Composer composer, NotificationCounter counter, Consumer<String> warnings) {
        Courier courier = new Courier(target, composer, counter, warnings);
        courier.thread.start();
        return courier;
    }

    /** Takes what is to be told; it never waits. */
    synchronized void take(List<Notice> notices, Instant at) {
        if (waiting.size() == ROOM) {
            waiting.remove();
            drop(ROOM + " others wait");
        }
        waiting.add(new Parcel(notices, at, System.nanoTime()));
        notifyAll();
    }

    private synchronized void drop(String why) {
        dropped++;
        untold++;
        counter.count(target.name(), NotificationCounter.Result.DROPPED);
        Instant now = now();
        if (warnedAt == null || !now.isBefore(warnedAt.plus(BETWEEN_WARNINGS))) {
            warnedAt = now;
            warn(why);
        }
    }

    private synchronized void warn(String why) {
        if (untold > 0) {
            warnings.accept(target.name() + ": " + untold + (untold == 1 ? " message is" : " messages are")
                    + " dropped: " + why);
            untold = 0;
        }
    }

    /** By a clock that nobody can set. */
    private static Instant now() {
        return Instant.EPOCH.plusNanos(System.nanoTime());
    }

    /** Has it try all that waits once more, and end; nothing is taken after that. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    /**
     * Waits for its end, and ends what is under way if that does not come.
     *
     * @param patience how long to wait
     */
    void awaitEnd(Duration patience) {
        try {
            // Zero would be for ever.
            TimeUnit.MILLISECONDS.timedJoin(thread, Math.max(1, patience.toMillis()));
            thread.interrupt();
            thread.join(TO_BREAK_OFF.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropRest();
    }

    private synchronized void dropRest() {
        untold += waiting.size() + (isDelivering ? 1 : 0);
        waiting.clear();
        isDelivering = false;
        warn("not taken before the end of watchdog");
    }

    private void run() {
        try {
            for (Parcel next = next(); next != null; next = next()) {
                deliverGuarded(next);
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: ended while it was told something", target.name());
        }
    }

    /** What fails for one message is not to end the thread. */
    private void deliverGuarded(Parcel parcel) throws InterruptedException {
        try {
            deliver(parcel);
        } catch (RuntimeException e) {
            // Without its message, which may have a secret.
            String where = e.getStackTrace().length == 0 ? "nowhere" : String.valueOf(e.getStackTrace()[0]);
            LOG.error(
                    "{}: to tell it has failed, which is a bug; the message is dropped: {} at {}",
                    target.name(),
                    e.getClass().getName(),
                    where);
            drop("a fault, see above");
        }
    }

    private synchronized @Nullable Parcel next() throws InterruptedException {
        while (waiting.isEmpty() && !closing) {
            wait();
        }
        Parcel next = waiting.poll();
        isDelivering = next != null;
        return next;
    }

    private void deliver(Parcel parcel) throws InterruptedException {
        int lost = takeDropped();
        Message message = composer.message(parcel.notices(), lost, parcel.at());
        for (int tries = 1; ; tries++) {
            boolean isLast = isClosing();
            Answer answer = target.deliver(message);
            told(answer);
            if (answer.kind() == Answer.Kind.TAKEN) {
                counter.count(target.name(), NotificationCounter.Result.SENT);
                return;
            }
            Optional<Duration> wait = answer.kind() == Answer.Kind.NEVER || isLast
                    ? Optional.empty()
                    : Retry.OF_MESSAGES.after(
                            tries, parcel.age(), ThreadLocalRandom.current().nextDouble());
            if (wait.isEmpty()) {
                addDropped(lost);
                drop(whyDropped(answer, isLast));
                return;
            }
            counter.count(target.name(), NotificationCounter.Result.RETRIED);
            pause(wait.get());
        }
    }

    private static String whyDropped(Answer answer, boolean isLast) {
        if (answer.kind() == Answer.Kind.NEVER) {
            return answer.words();
        }
        return answer.words() + (isLast ? ", and watchdog ends" : ", for an hour");
    }

    /** Says so if it is otherwise than before. */
    private void told(Answer answer) {
        if (answer.kind() == Answer.Kind.TAKEN) {
            LOG.debug("{}: {}", target.name(), answer.words());
            if (!problem.isEmpty()) {
                LOG.info("{}: takes messages again", target.name());
                warn("not taken before that");
            }
            problem = "";
        } else if (problem.equals(answer.words())) {
            LOG.debug("{}: {} again", target.name(), answer.words());
        } else {
            problem = answer.words();
            LOG.warn(
                    "{}: {}{}",
                    target.name(),
                    problem,
                    answer.kind() == Answer.Kind.NEVER ? "" : " (trying again quietly)");
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized int takeDropped() {
        int count = dropped;
        dropped = 0;
        return count;
    }

    private synchronized void addDropped(int count) {
        dropped += count;
    }

    private synchronized void pause(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0 && !closing; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
