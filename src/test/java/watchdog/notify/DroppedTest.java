package watchdog.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import watchdog.report.FactKind;
import watchdog.report.NotificationCounter;

/** What the log tells of messages that are dropped. */
class DroppedTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    private final Semaphore asked = new Semaphore(0);
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Courier courier = Courier.begin(
            new Target() {
                @Override
                public String name() {
                    return "the target";
                }

                @Override
                public Answer deliver(Message message) throws InterruptedException {
                    asked.release();
                    return answers.take();
                }
            },
            new Composer("box", "watchdog 1", 0, (id, count) -> List.of(), Object::toString),
            NotificationCounter.NONE,
            warnings::add);

    private void tell(int count) {
        Notice notice = new Notice(Notice.Status.NOTE, FactKind.UP, Optional.empty(), "", "up", Map.of(), 0);
        for (int i = 0; i < count; i++) {
            courier.take(List.of(notice), Instant.EPOCH);
        }
    }

    private void end() {
        courier.close();
        courier.awaitEnd(Duration.ofMillis(1));
    }

    private void awaitAsked() throws InterruptedException {
        assertThat(asked.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theFirstIsToldAtOnceAndTheOthersLater() throws InterruptedException {
        tell(1);
        awaitAsked();
        tell(Courier.ROOM + 5);
        assertThat(warnings).containsExactly("the target: 1 message is dropped: 100 others wait");

        end();

        // Four more for want of room, a hundred that wait, and the one that is under way.
        assertThat(warnings)
                .last()
                .isEqualTo("the target: 105 messages are dropped: not taken before the end of watchdog");
    }

    @Test
    void whatIsNotTakenIsToldWithTheAnswer() throws InterruptedException {
        answers.add(Answer.never("answered 404"));
        tell(1);

        assertThat(warnings.poll(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo("the target: 1 message is dropped: answered 404");
        end();
        assertThat(warnings).isEmpty();
    }
}
