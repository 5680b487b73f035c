package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import watchdog.ForkedJvm;
import watchdog.policy.Fact;

@Timeout(30)
class ObserversTest {

    private static final Fact ONE = new Fact.EventsFound();
    private static final Fact OTHER = new Fact.EngineRestarted();

    private static final List<String> LOG_TO_OUT = List.of(
            "-Dorg.slf4j.simpleLogger.logFile=System.out",
            "-Dorg.slf4j.simpleLogger.showThreadName=false",
            "-Dorg.slf4j.simpleLogger.showLogName=false");

    /** Fails at every fact, without a stack trace. */
    private static class Failing implements Observer {

        @Override
        public void tell(Fact fact) {
            RuntimeException fault = new IllegalStateException("no way");
            fault.setStackTrace(new StackTraceElement[0]);
            throw fault;
        }
    }

    private static final class FailingToo extends Failing {}

    /** Takes nothing until it is let go. */
    private static final class Slow implements Observer {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);
        private final BlockingQueue<Fact> told = new LinkedBlockingQueue<>();

        @Override
        public void tell(Fact fact) {
            reached.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            told.add(fact);
        }

        Fact next() throws InterruptedException {
            return told.poll(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void allAreToldInTheirOrder() {
        List<String> told = new ArrayList<>();
        Observers observers = new Observers(List.of(fact -> told.add("a " + fact), fact -> told.add("b " + fact)));

        observers.tell(ONE);
        observers.tell(OTHER);

        assertThat(told).containsExactly("a " + ONE, "b " + ONE, "a " + OTHER, "b " + OTHER);
    }

    @Test
    void oneThatFailsHarmsNeitherTheOthersNorWhoeverTells() {
        List<Fact> before = new ArrayList<>();
        List<Fact> after = new ArrayList<>();
        Observers observers = new Observers(List.of(before::add, new Failing(), after::add));

        observers.tell(ONE);
        observers.tell(OTHER);

        assertThat(before).containsExactly(ONE, OTHER);
        assertThat(after).containsExactly(ONE, OTHER);
    }

    @Test
    void oneThatHasFailedIsToldOn() {
        List<Fact> told = new ArrayList<>();
        Observers observers = new Observers(List.of(fact -> {
            told.add(fact);
            throw new IllegalStateException("no way");
        }));

        observers.tell(ONE);
        observers.tell(OTHER);

        assertThat(told).containsExactly(ONE, OTHER);
    }

    /** In a process of its own, for what it logs. */
    static final class FailAgainAndAgain {

        private FailAgainAndAgain() {}

        public static void main(String[] args) {
            Observers observers = new Observers(List.of(new Failing(), new FailingToo()));
            observers.tell(ONE);
            observers.tell(ONE);
            observers.tell(OTHER);
        }
    }

    @Test
    void aFailureIsLoggedOncePerObserver(@TempDir Path folder) {
        List<String> lines =
                ForkedJvm.run(folder, FailAgainAndAgain.class, LOG_TO_OUT).out();

        assertThat(lines)
                .containsExactly(
                        "ERROR the observer watchdog.report.ObserversTest$Failing has failed, which is a bug;"
                                + " it is told of what follows, but its failures are not logged any more",
                        "java.lang.IllegalStateException: no way",
                        "ERROR the observer watchdog.report.ObserversTest$FailingToo has failed, which is a bug;"
                                + " it is told of what follows, but its failures are not logged any more",
                        "java.lang.IllegalStateException: no way");
    }

    @Test
    void nobodyWaitsForASlowOneWithAQueue() throws InterruptedException {
        Slow slow = new Slow();
        List<Fact> others = new ArrayList<>();
        Observers observers = new Observers(List.of(QueuedObserver.begin("slow", slow), others::add));

        observers.tell(ONE);
        slow.reached.await();
        observers.tell(OTHER);

        assertThat(others).containsExactly(ONE, OTHER);
        assertThat(slow.told).isEmpty();
        slow.letGo.countDown();
        assertThat(slow.next()).isSameAs(ONE);
        assertThat(slow.next()).isSameAs(OTHER);
    }

    @Test
    void oneWithAQueueThatFailsIsToldOn() throws InterruptedException {
        BlockingQueue<Fact> told = new LinkedBlockingQueue<>();
        QueuedObserver queued = QueuedObserver.begin("failing", fact -> {
            told.add(fact);
            throw new IllegalStateException("no way");
        });

        queued.tell(ONE);
        queued.tell(OTHER);

        assertThat(told.poll(10, TimeUnit.SECONDS)).isSameAs(ONE);
        assertThat(told.poll(10, TimeUnit.SECONDS)).isSameAs(OTHER);
    }

    /** In a process of its own, for what it logs. */
    static final class TooMuch {

        private TooMuch() {}

        public static void main(String[] args) throws InterruptedException {
            Heard heard = new Heard(System.out);
            System.setOut(heard);
            Slow slow = new Slow();
            QueuedObserver queued = QueuedObserver.begin("slow", slow);
            queued.tell(ONE);
            slow.reached.await();
            for (int i = 0; i < QueuedObserver.ROOM + 7; i++) {
                queued.tell(ONE);
            }
            slow.letGo.countDown();
            for (int i = 0; i < QueuedObserver.ROOM + 1; i++) {
                slow.next();
            }
            heard.aLine.await();
            queued.tell(OTHER);
            System.out.println("next: " + slow.next());
            System.out.println("more: " + slow.told.size());
        }
    }

    /** Says when a line is written. */
    private static final class Heard extends PrintStream {

        private final CountDownLatch aLine = new CountDownLatch(1);

        Heard(PrintStream out) {
            super(out, true);
        }

        @Override
        public void println(@Nullable String line) {
            super.println(line);
            aLine.countDown();
        }
    }

    @Test
    void whatHasNoRoomIsLostAndCounted(@TempDir Path folder) {
        List<String> lines = ForkedJvm.run(folder, TooMuch.class, LOG_TO_OUT).out();

        assertThat(lines)
                .containsExactly(
                        "WARN slow: 7 facts were lost, because it was too slow", "next: EngineRestarted[]", "more: 0");
    }
}
