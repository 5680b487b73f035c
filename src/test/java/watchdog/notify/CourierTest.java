package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import watchdog.report.FactKind;
import watchdog.report.NotificationCounter.Result;

/** How messages come to a target that takes them, or not. */
class CourierTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Answer FAULT = Answer.never("a bug");

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
    private final BlockingQueue<Result> outcomes = new LinkedBlockingQueue<>();
    private final Semaphore mayAnswer = new Semaphore(1000);

    private final Courier courier = Courier.begin(
            new Target() {
                @Override
                public String name() {
                    return "the target";
                }

                @Override
                public Answer deliver(Message message) throws InterruptedException {
                    delivered.add(message.json());
                    mayAnswer.acquire();
                    Answer answer = answers.poll();
                    if (FAULT.equals(answer)) {
                        throw new IllegalStateException("with a secret");
                    }
                    return answer == null ? Answer.taken("ok") : answer;
                }
            },
            new Composer("box", "watchdog 1", 0, (id, count) -> List.of(), CourierTest::inShort),
            (target, outcome) -> outcomes.add(outcome));

    private static String inShort(Object body) {
        Map<?, ?> message = (Map<?, ?>) body;
        List<?> facts = (List<?>) message.get("facts");
        return ((Map<?, ?>) facts.get(0)).get("what") + " after " + message.get("dropped");
    }

    @AfterEach
    void end() {
        courier.close();
        mayAnswer.release(1000);
        courier.awaitEnd(LIMIT);
    }

    private void tell(String what) {
        Notice notice =
                new Notice(Notice.Status.NOTE, FactKind.TEST, Optional.empty(), "", what, Map.of("what", what), 0);
        courier.take(List.of(notice), Instant.EPOCH);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void messagesComeInTheirOrder() throws InterruptedException {
        tell("one");
        tell("two");

        assertThat(next(delivered)).isEqualTo("one after 0");
        assertThat(next(delivered)).isEqualTo("two after 0");
        assertThat(next(outcomes)).isEqualTo(Result.SENT);
        assertThat(next(outcomes)).isEqualTo(Result.SENT);
    }

    @Test
    void whatIsNotTakenNowIsTriedAgainBeforeAnyOther() throws InterruptedException {
        answers.add(Answer.notNow("answered 500"));
        tell("one");
        tell("two");

        assertThat(List.of(next(delivered), next(delivered), next(delivered)))
                .containsExactly("one after 0", "one after 0", "two after 0");
        assertThat(List.of(next(outcomes), next(outcomes), next(outcomes)))
                .containsExactly(Result.RETRIED, Result.SENT, Result.SENT);
    }

    @Test
    void whatIsNeverTakenIsDroppedAndCounted() throws InterruptedException {
        answers.add(Answer.never("answered 404"));
        answers.add(Answer.never("answered 404"));
        tell("one");
        tell("two");
        tell("three");

        assertThat(List.of(next(delivered), next(delivered), next(delivered)))
                .containsExactly("one after 0", "two after 1", "three after 2");
        assertThat(List.of(next(outcomes), next(outcomes), next(outcomes)))
                .containsExactly(Result.DROPPED, Result.DROPPED, Result.SENT);
    }

    @Test
    void aFaultCostsOneMessage() throws InterruptedException {
        answers.add(FAULT);
        tell("one");
        tell("two");

        assertThat(List.of(next(delivered), next(delivered))).containsExactly("one after 0", "two after 1");
    }

    @Test
    void ofWhatIsTooMuchTheOldestIsDroppedAndNobodyWaits() throws InterruptedException {
        mayAnswer.drainPermits();
        tell("first");
        assertThat(next(delivered)).isEqualTo("first after 0");
        for (int i = 0; i < Courier.ROOM + 5; i++) {
            tell("n" + i);
        }
        mayAnswer.release(1000);

        assertThat(next(delivered)).isEqualTo("n5 after 5");
        assertThat(next(delivered)).isEqualTo("n6 after 0");
    }

    @Test
    void atTheEndAllThatWaitsIsTriedOnceMore() throws InterruptedException {
        answers.add(Answer.notNow("answered 500"));
        tell("one");
        tell("two");
        assertThat(next(delivered)).isEqualTo("one after 0");
        assertThat(next(outcomes)).isEqualTo(Result.RETRIED);

        courier.close();
        courier.awaitEnd(LIMIT);

        assertThat(delivered).containsExactly("one after 0", "two after 0");
        assertThat(outcomes).containsExactly(Result.SENT, Result.SENT);
    }

    @Test
    void theEndDoesNotWaitForATargetThatHangs() throws InterruptedException {
        mayAnswer.drainPermits();
        tell("one");
        assertThat(next(delivered)).isEqualTo("one after 0");

        courier.close();
        Instant begun = Instant.now();
        courier.awaitEnd(Duration.ofMillis(50));

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
}
