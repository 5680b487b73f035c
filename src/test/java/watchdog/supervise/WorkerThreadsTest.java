package watchdog.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static watchdog.Eventually.within;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerThreadsTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);

    private WorkerThreads workers(int most, Duration lastWork) {
        return new WorkerThreads("test", most, lastWork, fault -> faults.add(String.valueOf(fault.getMessage())));
    }

    private void awaitRelease() {
        await(released);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void soManyAndNoMoreWorkAtATimeAndTheOthersInOrder(int most) {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger mostAtWork = new AtomicInteger();
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        int count = 5 * most;
        Semaphore mayEnd = new Semaphore(0);
        try (WorkerThreads workers = workers(most, LIMIT)) {
            for (int n = 0; n < count; n++) {
                int number = n;
                workers.run(() -> {
                    mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    order.add(number);
                    mayEnd.acquireUninterruptibly();
                    atWork.decrementAndGet();
                });
            }
            within(LIMIT, most + " at work", () -> atWork.get() == most);
            for (int done = 1; done <= count - most; done++) {
                int begun = most + done;
                mayEnd.release();
                within(LIMIT, "the next one", () -> order.size() == begun);
            }
            mayEnd.release(most);
            within(LIMIT, "all done", () -> atWork.get() == 0);
        } finally {
            mayEnd.release(count);
        }
        assertThat(mostAtWork).hasValue(most);
        assertThat(order).hasSize(count);
        if (most == 1) {
            assertThat(List.copyOf(order)).isSorted();
        }
    }

    /** A task that has told that it is done may not be counted as done yet, so there may be a few. */
    @Test
    void aWorkerThatHasNothingToDoIsTakenBeforeAnotherIsMade() throws InterruptedException {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        try (WorkerThreads workers = workers(8, Duration.ZERO)) {
            for (int n = 0; n < 20; n++) {
                CountDownLatch done = new CountDownLatch(1);
                workers.run(() -> {
                    used.add(Thread.currentThread());
                    done.countDown();
                });
                assertThat(done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
            }
        }
        assertThat(used).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void workThatComesWhenAnotherIsDueStillFindsAWorker() {
        CountDownLatch done = new CountDownLatch(1);
        try (WorkerThreads workers = workers(2, Duration.ZERO)) {
            workers.run(this::awaitRelease);
            workers.runAfter(Duration.ofMillis(1), done::countDown);
            within(LIMIT, "the second at work", () -> done.getCount() == 0);
            released.countDown();
        }
    }

    @Test
    void whatIsToBeDoneLaterKeepsAWorkerThatHasNothingToDoMeanwhile() {
        Duration idle = Duration.ofMillis(50);
        CountDownLatch done = new CountDownLatch(1);
        try (WorkerThreads workers = new WorkerThreads("test", 2, Duration.ZERO, fault -> {}, idle)) {
            workers.run(this::awaitRelease);
            workers.run(() -> {});
            workers.runAfter(idle.multipliedBy(6), done::countDown);
            within(LIMIT.dividedBy(2), "the second at work", () -> done.getCount() == 0);
            released.countDown();
        }
    }

    @Test
    void workersThatHaveNothingToDoLeave() {
        Duration idle = Duration.ofMillis(50);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        try (WorkerThreads workers = new WorkerThreads("test", 4, Duration.ZERO, fault -> {}, idle)) {
            for (int n = 0; n < 4; n++) {
                workers.run(() -> {
                    used.add(Thread.currentThread());
                    awaitRelease();
                });
            }
            within(LIMIT, "four at work", () -> used.size() == 4);
            released.countDown();
            within(
                    LIMIT,
                    "one left",
                    () -> used.stream().filter(Thread::isAlive).count() == 1);
        }
    }

    /** To let one go wakes all the others, so it is not done for a single task less. */
    @Test
    void anIdleWorkerStaysWhileThereIsHardlyLessToDo() throws InterruptedException {
        Duration idle = Duration.ofMillis(50);
        Queue<Thread> used = new ConcurrentLinkedQueue<>();
        try (WorkerThreads workers = new WorkerThreads("test", 2, Duration.ZERO, fault -> {}, idle)) {
            workers.run(this::awaitRelease);
            workers.run(() -> used.add(Thread.currentThread()));
            within(LIMIT, "the second worker", () -> used.size() == 1);
            Thread.sleep(idle.multipliedBy(6).toMillis());
            assertThat(used.element().isAlive()).isTrue();
            released.countDown();
        }
    }

    @Test
    void workersThatHaveNothingToDoLeaveThoughOneGoesOn() {
        Duration idle = Duration.ofMillis(50);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        CountDownLatch most = new CountDownLatch(1);
        try (WorkerThreads workers = new WorkerThreads("test", 4, Duration.ZERO, fault -> {}, idle)) {
            workers.run(() -> {
                used.add(Thread.currentThread());
                awaitRelease();
            });
            for (int n = 0; n < 3; n++) {
                workers.run(() -> {
                    used.add(Thread.currentThread());
                    await(most);
                });
            }
            within(LIMIT, "four at work", () -> used.size() == 4);
            most.countDown();
            within(
                    LIMIT.dividedBy(2),
                    "one left",
                    () -> used.stream().filter(Thread::isAlive).count() == 1);
            released.countDown();
        }
    }

    @Test
    void whatIsToBeDoneLaterOccupiesNoWorkerMeanwhile() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        try (WorkerThreads workers = workers(1, Duration.ZERO)) {
            workers.runAfter(Duration.ofHours(1), () -> faults.add("too early"));
            workers.run(done::countDown);
            assertThat(done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsToBeDoneLaterIsNotDoneBefore() throws InterruptedException {
        Duration delay = Duration.ofMillis(200);
        CountDownLatch done = new CountDownLatch(1);
        long begin = System.nanoTime();
        try (WorkerThreads workers = workers(1, Duration.ZERO)) {
            workers.runAfter(delay, done::countDown);
            assertThat(done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(delay);
    }

    @Test
    void aFaultIsHandedOverAndTheOthersGoOn() {
        AtomicInteger rounds = new AtomicInteger();
        try (WorkerThreads workers = workers(1, Duration.ZERO)) {
            workers.run(() -> {
                throw new IllegalStateException("once");
            });
            workers.runAfter(Duration.ZERO, () -> {
                throw new IllegalStateException("later");
            });
            workers.runEvery(Duration.ofMillis(1), () -> {
                if (rounds.incrementAndGet() == 2) {
                    throw new AssertionError("in a round");
                }
            });
            within(LIMIT, "rounds after the fault", () -> rounds.get() > 4);
        }
        assertThat(faults).containsExactlyInAnyOrder("once", "later", "in a round");
    }

    @Test
    void closingLetsWorkThatHasBegunComeToItsEnd() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        try (WorkerThreads workers = workers(2, LIMIT)) {
            workers.run(() -> {
                begun.countDown();
                awaitRelease();
                done.incrementAndGet();
            });
            within(LIMIT, "begun", () -> begun.getCount() == 0);
            workers.run(released::countDown);
        }
        assertThat(done).hasValue(1);
    }

    @Test
    void closingDoesNotWaitForEverAndInterruptsWhatIsLeft() {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        WorkerThreads workers = workers(1, Duration.ofMillis(50));
        workers.run(() -> {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        within(LIMIT, "begun", () -> begun.getCount() == 0);

        workers.close();

        within(LIMIT, "interrupted", () -> interrupted.getCount() == 0);
    }

    @Test
    void closingDropsWhatIsToBeDoneLater() {
        WorkerThreads workers = workers(1, LIMIT);
        workers.runAfter(Duration.ofHours(1), () -> faults.add("done all the same"));
        workers.runEvery(Duration.ofHours(1), () -> {});
        long begin = System.nanoTime();

        workers.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT.dividedBy(2));
        assertThat(faults).isEmpty();
    }

    @Test
    void threadsAreDaemonsNamedAfterTheirPool() {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        try (WorkerThreads workers = workers(1, LIMIT)) {
            workers.run(() -> threads.add(Thread.currentThread()));
        }
        assertThat(List.copyOf(threads)).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("test-1");
        });
    }
}
