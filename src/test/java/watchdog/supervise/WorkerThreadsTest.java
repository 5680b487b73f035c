package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerThreadsTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Queue<Signal> signals = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private WorkerThreads workers;

    @AfterEach
    void release() {
        released.countDown();
        workers.close();
    }

    private void begin(int places, int mostHung) {
        workers = new WorkerThreads("test", places, mostHung, signals::add);
    }

    private void run(Runnable work) {
        workers.run(new Workers.Task("", "something", false, LIMIT, work));
    }

    private void runImpatiently(String what, Runnable work) {
        workers.run(new Workers.Task("id", what, false, SHORT, work));
    }

    private void awaitRelease() {
        try {
            released.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anErrorOnTheTimerReachesTheHandlerOfUncaughtOnes() {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Error error = new AssertionError("as if there were no memory");
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try {
            workers = new WorkerThreads("test", 1, 1, signal -> {
                throw error;
            });
            runImpatiently("something", this::awaitRelease);

            within(LIMIT, "the error", () -> uncaught.contains(error));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void soManyAndNoMoreAreDoneAtATimeAndTheOthersInOrder(int places) {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger mostAtWork = new AtomicInteger();
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        int count = 5 * places;
        Semaphore mayEnd = new Semaphore(0);
        begin(places, 0);
        try {
            for (int n = 0; n < count; n++) {
                int number = n;
                run(() -> {
                    mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    order.add(number);
                    mayEnd.acquireUninterruptibly();
                    atWork.decrementAndGet();
                });
            }
            within(LIMIT, places + " at work", () -> atWork.get() == places);
            for (int done = 1; done <= count - places; done++) {
                int begun = places + done;
                mayEnd.release();
                within(LIMIT, "the next one", () -> order.size() == begun);
            }
            mayEnd.release(places);
            within(LIMIT, "all done", () -> atWork.get() == 0);
        } finally {
            mayEnd.release(count);
        }
        assertThat(mostAtWork).hasValue(places);
        assertThat(order).hasSize(count);
        if (places == 1) {
            assertThat(List.copyOf(order)).isSorted();
        }
    }

    @Test
    void whatFollowsFromWorkUnderWayGoesBeforeNewWork() {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        begin(1, 0);
        run(this::awaitRelease);
        run(() -> order.add("new"));
        workers.run(new Workers.Task("", "follow-up", true, LIMIT, () -> order.add("follow-up")));

        released.countDown();

        within(LIMIT, "all done", () -> order.size() == 2);
        assertThat(order).containsExactly("follow-up", "new");
    }

    @Test
    void whatTakesTooLongGivesUpItsPlaceAndIsNamed() {
        AtomicInteger done = new AtomicInteger();
        begin(2, 4);
        runImpatiently("web: start", this::awaitRelease);
        runImpatiently("api: start", this::awaitRelease);

        run(done::incrementAndGet);

        within(LIMIT, "the third is done", () -> done.get() == 1);
        within(LIMIT, "both are named", () -> signals.size() == 2);
        assertThat(signals)
                .containsExactlyInAnyOrder(
                        new Signal.Hung("id", "web: start", SHORT, true),
                        new Signal.Hung("id", "api: start", SHORT, true));
    }

    /** Its place was taken by another one, so that its end makes no second place. */
    @Test
    void whatHasGivenUpItsPlaceHasNoneToGiveAtItsEnd() {
        CountDownLatch firstEnds = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        begin(1, 4);
        runImpatiently("first", () -> {
            try {
                firstEnds.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int n = 0; n < 2; n++) {
            run(() -> {
                begun.incrementAndGet();
                awaitRelease();
            });
        }
        within(LIMIT, "the second is at work", () -> begun.get() == 1);

        firstEnds.countDown();
        run(() -> {});
        runImpatiently("last", () -> {});

        within(LIMIT, "the first has ended", () -> workers.hung() == 0);
        assertThat(begun).hasValue(1);
        released.countDown();
        within(LIMIT, "the third was at work", () -> begun.get() == 2);
    }

    @Test
    void soManyMayHangAndNoMore() {
        AtomicInteger done = new AtomicInteger();
        begin(1, 2);
        for (int n = 0; n < 3; n++) {
            runImpatiently("hangs " + n, this::awaitRelease);
        }
        run(done::incrementAndGet);

        within(LIMIT, "all are named", () -> signals.size() == 3);

        assertThat(signals)
                .containsExactly(
                        new Signal.Hung("id", "hangs 0", SHORT, true),
                        new Signal.Hung("id", "hangs 1", SHORT, true),
                        new Signal.Hung("id", "hangs 2", SHORT, false));
        assertThat(done).hasValue(0);
        released.countDown();
        within(LIMIT, "the last one is done", () -> done.get() == 1);
    }

    @Test
    void whatIsDoneInTimeIsNotNamed() {
        Semaphore done = new Semaphore(0);
        begin(1, 4);
        for (int n = 0; n < 10; n++) {
            runImpatiently("quick", done::release);
        }
        within(LIMIT, "all are done", () -> done.availablePermits() == 10);

        runImpatiently("slow", this::awaitRelease);
        within(LIMIT, "the slow one is named", () -> !signals.isEmpty());

        assertThat(signals).containsExactly(new Signal.Hung("id", "slow", SHORT, true));
    }

    @Test
    void aTaskThatThrowsCostsNoPlace() {
        AtomicInteger done = new AtomicInteger();
        begin(1, 0);
        run(new Guarded(
                () -> {
                    throw new IllegalStateException("a test's");
                },
                fault -> done.incrementAndGet()));
        run(done::incrementAndGet);

        within(LIMIT, "both are done", () -> done.get() == 2);
    }

    @Test
    void closingLetsWhatHasBegunComeToItsEnd() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        begin(1, 0);
        run(() -> {
            begun.countDown();
            awaitRelease();
            done.incrementAndGet();
        });
        run(() -> done.addAndGet(100));
        within(LIMIT, "begun", () -> begun.getCount() == 0);
        assertThat(workers.close(Duration.ZERO)).isFalse();

        released.countDown();

        assertThat(workers.close(LIMIT)).isTrue();

        assertThat(done).hasValue(1);
    }

    @Test
    void closingDoesNotWaitForWhatHangs() {
        CountDownLatch begun = new CountDownLatch(1);
        begin(1, 0);
        run(() -> {
            begun.countDown();
            awaitRelease();
        });
        within(LIMIT, "begun", () -> begun.getCount() == 0);
        long begin = System.nanoTime();

        assertThat(workers.close(SHORT)).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT.dividedBy(2));
    }

    @Test
    void threadsAreDaemonsNamedAfterTheirWorkers() {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        begin(1, 0);
        run(() -> threads.add(Thread.currentThread()));
        within(LIMIT, "done", () -> !threads.isEmpty());
        assertThat(List.copyOf(threads)).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("test-1");
        });
    }
}
